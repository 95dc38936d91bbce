"""Actions on many objects: shown before they are done, with what is skipped and why; undone after.

An action is a subclass of `BulkAction`; an admin names its actions in `bulk_actions`.
"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assembly_site.publishing import review
from assembly_site.publishing.batches import Batch, BatchRecorder, undo, undoings
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.publishing.models import Status
from assembly_site.publishing.versions import ensure_first_version, one_version, present

from ..access import is_locked, may_publish

MOST_AT_ONCE = 500


class BulkAction:
    """One thing that can be done to many objects."""

    name: str
    label: str
    form_class: type[forms.Form] = forms.Form

    def is_offered(self, user, model: type[models.Model]) -> bool:
        return True

    def form(self, request: HttpRequest, data=None) -> forms.Form:
        return self.form_class(data)

    def obstacle(self, instance, user, values: dict, at: datetime) -> str:
        """Why it cannot be done to this object, as a sentence; empty when it can."""
        return ""

    def effect(self, instance, values: dict, at: datetime) -> str:
        """What would be done to this object, in words."""
        return str(self.label)

    def apply(self, instance, user, values: dict, at: datetime) -> None:
        """Does it. Raises ValidationError when the object itself refuses."""
        raise NotImplementedError


class Publish(BulkAction):
    name, label = "publish", gettext_lazy("Publish")

    def is_offered(self, user, model):
        return may_publish(user, model)

    def obstacle(self, instance, user, values, at):
        if instance.status not in review.VERBS["publish"].sources:
            return _("It is published already.")
        tried = type(instance).objects.get(pk=instance.pk)
        tried.status, tried.publish_at = Status.PUBLISHED, tried.publish_at or at
        try:
            tried.full_clean()
        except ValidationError as error:
            # A sentence may lead to where it is mended.
            sentences = dict.fromkeys(error.messages)
            return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))
        return ""

    def apply(self, instance, user, values, at):
        review.publish(instance, user, at)


class ReturnForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Note to the authors"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Return(BulkAction):
    name, label = "return", gettext_lazy("Return")
    form_class = ReturnForm

    def is_offered(self, user, model):
        return may_publish(user, model)

    def obstacle(self, instance, user, values, at):
        if instance.status != Status.IN_REVIEW:
            return _("It was not submitted.")
        return ""

    def apply(self, instance, user, values, at):
        review.return_with_notes(instance, user, at, values["why"])


class BulkActionsAdmin:
    """Mixed into an admin; `bulk_actions` are instances of BulkAction."""

    bulk_actions: tuple[BulkAction, ...] = (Publish(), Return())

    def get_urls(self):
        stem = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.undo_view)
        return [path("undo/<int:batch_id>/", view, name=f"{stem}_undo"), *super().get_urls()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not (self.has_view_permission(request) and self.has_change_permission(request)):
            return actions
        for one in self.bulk_actions:
            if one.is_offered(request.user, self.model):
                name = f"bulk_{one.name}"
                actions[name] = (self._handler(one), name, one.label)
        return actions

    def _handler(self, action):
        def handle(_screen, request, queryset):
            return self._preview_or_do(request, action, queryset)

        return handle

    def _preview_or_do(self, request, action, queryset):
        chosen = list(queryset[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            messages.error(
                request,
                _("At most %(most)s at once: filter the list and choose fewer.")
                % {"most": MOST_AT_ONCE},
            )
            return None
        at = timezone.now()
        is_asked = "preview" in request.POST or "confirmed" in request.POST
        form = action.form(request, request.POST if is_asked else None)
        # Without anything to fill in, the first page is the preview already.
        is_ready = form.is_valid() if form.is_bound else not form.fields
        values = getattr(form, "cleaned_data", {})
        rows = [(one, self._obstacle(action, one, request.user, values, at)) for one in chosen]
        if is_ready and "confirmed" in request.POST:
            return self._do(request, action, rows, values, at)
        effects = {
            one.pk: action.effect(one, values, at)
            for one, obstacle in rows
            if is_ready and not obstacle
        }
        return self._preview(request, action, form, rows, effects, is_ready)

    def _obstacle(self, action, instance, user, values, at):
        if is_locked(user, instance):
            return _("It is public: only the secretariat changes it.")
        return action.obstacle(instance, user, values, at)

    def _preview(self, request, action, form, rows, effects, is_ready):
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "opts": self.opts,
            "action_name": f"bulk_{action.name}",
            "form": form,
            "is_ready": is_ready,
            "will": [(one, effects.get(one.pk, "")) for one, obstacle in rows if not obstacle],
            "skipped": [(one, obstacle) for one, obstacle in rows if obstacle],
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "chosen": [one.pk for one, _obstacle in rows],
            "changelist_url": self._bulk_url("changelist"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/bulk/preview.html", context)

    def _do(self, request, action, rows, values, at):
        recorder = BatchRecorder(self.model, str(action.label), request.user, at)
        skipped = [(one, obstacle) for one, obstacle in rows if obstacle]
        done = 0
        for instance, obstacle in rows:
            if obstacle:
                continue
            try:
                self._do_one(action, instance, request.user, values, at, recorder)
                done += 1
            except ValidationError as error:
                skipped.append((instance, " ".join(error.messages)))
        batch = recorder.save()
        if batch:
            messages.success(
                request,
                format_html(
                    '{} <a href="{}">{}</a>',
                    ngettext("%(count)s done: %(action)s.", "%(count)s done: %(action)s.", done)
                    % {"count": done, "action": action.label},
                    self._bulk_url("undo", batch.pk),
                    _("Undo (possible for a day)"),
                ),
            )
        for instance, obstacle in skipped:
            messages.warning(request, f"{instance}: {obstacle}")
        return redirect(self._bulk_url("changelist"))

    def _do_one(self, action, instance, user, values, at, recorder):
        ensure_first_version(instance)
        before = present(instance)
        with transaction.atomic(), one_version(user, str(action.label)):
            action.apply(instance, user, values, at)
            self.after_restoring(instance)
        recorder.done(instance, before)

    def undo_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        """What undoing a bulk action would do, and (by POST) the undoing."""
        batch = get_object_or_404(Batch, pk=batch_id, kind__model=self.opts.model_name,
                                  kind__app_label=self.opts.app_label)  # fmt: skip
        if batch.by_id != request.user.pk and not may_publish(request.user, self.model):
            raise PermissionDenied
        at = timezone.now()
        if request.method == "POST" and batch.may_be_undone(at):
            found = undo(batch, request.user, _("Undo: %(action)s") % {"action": batch.action})
            for one in found:
                if one.obstacle:
                    messages.warning(request, f"{one.item.name}: {one.obstacle}")
                else:
                    self.after_restoring(one.instance)
                    write_down(
                        JournalEntry.Deed.RESTORED, one.instance, request.user, at,
                        _("Undo: %(action)s") % {"action": batch.action},
                    )  # fmt: skip
            count = sum(1 for one in found if not one.obstacle)
            messages.success(
                request,
                ngettext("%(count)s brought back.", "%(count)s brought back.", count)
                % {"count": count},
            )
            return redirect(self._bulk_url("changelist"))
        may_undo = batch.may_be_undone(at)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Undo: %(action)s") % {"action": batch.action},
            "opts": self.opts,
            "batch": batch,
            "may_undo": may_undo,
            "undoings": undoings(batch) if may_undo else [],
            "changelist_url": self._bulk_url("changelist"),
        }
        return TemplateResponse(request, "admin/bulk/undo.html", context)

    def _bulk_url(self, view, *args):
        stem = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{stem}_{view}", args=args)

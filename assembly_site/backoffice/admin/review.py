"""Publishing on purpose: the buttons under a form, the review page, the log of every deed."""

from datetime import datetime
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assembly_site.publishing import review
from assembly_site.publishing.differences import differences, in_words, language_of
from assembly_site.publishing.field_notes import NotedPlace, place_in_words
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.publishing.models import Status
from assembly_site.publishing.versions import (
    children_of,
    ensure_first_version,
    one_version,
    present,
    snapshot_of,
    versions_of,
)

from ..access import may_publish
from .fields import with_note

Deed = JournalEntry.Deed
LATEST_DEEDS = 8


class NotedField(NamedTuple):
    """A field on the review page: how it stands, and the note typed so far."""

    place: NotedPlace
    label: str
    language: str
    text: str
    note: str


class DecisionForm(forms.Form):
    """What an approver decides: publish, now or at a time, or return with notes."""

    why = forms.CharField(
        label=gettext_lazy("Note to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    publish_at = forms.SplitDateTimeField(
        label=gettext_lazy("Public from"),
        required=False,
        help_text=gettext_lazy("Astana time (UTC+5). Empty: at once."),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"placeholder": "01.03.2025", "size": 10},
            time_attrs={"placeholder": "10:00", "size": 5},
        ),
    )


class ReviewAdmin:
    """Mixed into the admin of whatever has a status."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        own = path(
            "<path:object_id>/review/", self.admin_site.admin_view(self.review_view), name=name
        )
        return [own, *super().get_urls()]

    # Saving ----------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        stored = self.get_object(request, unquote(object_id)) if object_id else None
        if stored is not None:
            ensure_first_version(stored)
        # The state before the save, for the log: what the form changes is read from the database.
        request.status_before = stored.status if stored is not None else None
        with one_version(request.user, request.POST.get("why", "")[:200]):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        stored = self.get_object(request, unquote(object_id))
        if stored is not None and request.method == "POST":
            ensure_first_version(stored)
        return super().delete_view(request, object_id, extra_context)

    def log_addition(self, request, obj, message):
        self._write_down(request, obj, Deed.ADDED)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._write_down(request, obj, Deed.SAVED)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            ensure_first_version(obj)
            write_down(Deed.DELETED, obj, request.user, timezone.now())
        return super().log_deletions(request, queryset)

    def _write_down(self, request, obj, deed):
        at, why = timezone.now(), request.POST.get("why", "")[:200]
        before = getattr(request, "status_before", None) or Status.DRAFT
        if obj.status != before:
            # One save may write and decide; both are deeds.
            if deed == Deed.ADDED:
                write_down(deed, obj, request.user, at)
            entry = write_down(review.DEED_OF_STATUS[obj.status], obj, request.user, at, why)
            review.announce(entry, obj)
        else:
            write_down(deed, obj, request.user, at, why)

    # The form --------------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_publish = may_publish(request.user, self.model)
        returned = review.open_notes(obj) if obj is not None else None
        form.notes = returned.notes if returned else {}
        return form

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        decides = may_publish(request.user, self.model)
        status = obj.status if obj is not None else Status.DRAFT
        returned = review.open_notes(obj) if obj is not None else None
        elsewhere = _notes_elsewhere(self.model, returned.notes, context) if returned else []
        context |= {
            "status_in_words": obj.get_status_display() if obj is not None else "",
            "may_save": self.has_change_permission(request, obj)
            if obj is not None
            else self.has_add_permission(request),
            "may_submit": not decides and status in review.VERBS["submit"].sources,
            "may_publish_now": decides and status in review.VERBS["publish"].sources,
            "returned": returned,
            "notes_elsewhere": elsewhere,
            "notes_at_fields": returned is not None and len(elsewhere) < len(returned.notes),
            "deeds": self._deeds(obj) if obj is not None else [],
            "review_url": self._review_url(obj) if decides and obj is not None else "",
            "why": request.POST.get("why", ""),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _deeds(self, obj):
        return JournalEntry.objects.about(obj).newest_first()[:LATEST_DEEDS]

    def _review_url(self, obj):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_review", args=[obj.pk])

    # The review page -------------------------------------------------------------------------

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What was submitted, what changed in it, and the decision."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not may_publish(request.user, self.model):
            raise PermissionDenied
        form = DecisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._decide(request, obj, form.cleaned_data)
            except ValidationError as error:
                for text in self._sentences(error):
                    form.add_error(None, text)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review: %(name)s") % {"name": obj},
            "opts": self.opts,
            "original": obj,
            "form": form,
            "noted": self._noted_fields(request, obj),
            "noted_rows": self._noted_rows(request, obj),
            "submitted": JournalEntry.objects.about(obj)
            .filter(deed=Deed.SUBMITTED)
            .newest_first()
            .first(),
            "differences": self._since_it_was_public(obj),
            "deeds": self._deeds(obj),
            "verbs": [name for name, verb in review.VERBS.items() if obj.status in verb.sources],
            "change_url": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]
            ),
        }
        return TemplateResponse(request, "admin/review/object.html", context)

    def _decide(self, request, obj, decided):
        at, by, why = timezone.now(), request.user, decided["why"]
        verb = next((name for name in review.VERBS if f"_{name}" in request.POST), "")
        if verb == "publish":
            entry = review.publish(obj, by, at, _aware(decided["publish_at"]), why)
        elif verb == "return":
            notes = {
                key.removeprefix("note-"): text
                for key, text in request.POST.items()
                if key.startswith("note-") and NotedPlace.of(self.model, key.removeprefix("note-"))
            }
            entry = review.return_with_notes(obj, by, at, why, notes)
        elif verb in ("withdraw", "archive", "reopen"):
            entry = getattr(review, verb)(obj, by, at, why)
        else:
            raise ValidationError(_("Choose what to do: publish, return, or another step."))
        messages.success(request, f"{obj}: {entry.get_deed_display()}.")
        return redirect("admin:review")

    def _sentences(self, error):
        if not hasattr(error, "error_dict"):
            return error.messages
        labels = {field.name: str(field.verbose_name) for field in self.opts.get_fields()
                  if hasattr(field, "verbose_name")}  # fmt: skip
        return [
            format_html("{}: {}", labels[name], text) if name in labels else text
            for name, texts in error.message_dict.items()
            for text in texts
        ]

    def _noted_fields(self, request, obj):
        """Each field with its text and the note typed so far, so that a mistake loses none."""
        names = [
            name
            for name in flatten_fieldsets(self.get_fieldsets(request, obj))
            if name not in ("status", "note", "publish_at", "unpublish_at")
        ]
        return _noted(request, obj, [NotedPlace.of(self.model, name) for name in names])

    def _noted_rows(self, request, obj):
        """The same for each row that the form has: what it is called, and its fields."""
        inlines = {one.model: one for one in self.get_inline_instances(request, obj)}
        found = []
        for relation in children_of(self.model):
            kind = self.opts.get_field(relation).related_model
            if kind not in inlines:
                continue
            names = flatten_fieldsets(inlines[kind].get_fieldsets(request, obj))
            rows = getattr(obj, relation).select_related(*_ties(kind, names))
            for number, row in enumerate(rows, start=1):
                place = NotedPlace(kind, "", relation, str(row.pk), str(number))
                places = [NotedPlace.of(self.model, str(place._replace(column=n))) for n in names]
                found.append((place.row_in_words, _noted(request, row, places)))
        return found

    def _since_it_was_public(self, obj):
        """What differs from the last version that was published; from nothing, when none was."""
        for version in versions_of(obj):
            old = snapshot_of(version)
            if old.fields.get("status") == Status.PUBLISHED:
                return differences(self.model, old, present(obj))
        return []


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def _ties(kind, names):
    return [one.name for one in kind._meta.fields if one.is_relation and one.name in names]


def _noted(request, instance, places):
    """The fields in which something stands."""
    found = []
    for place in filter(None, places):
        column = place.model._meta.get_field(place.column)
        text = _text(instance, column)
        if text:
            note = request.POST.get(f"note-{place}", "")
            label = column.verbose_name
            found.append(NotedField(place, label, language_of(column), text, note))
    return found


def _text(instance, column):
    """Ties are named from the row itself, which asks for all of them at once."""
    if column.is_relation:
        return str(getattr(instance, column.name) or "")
    return in_words(column, column.value_from_object(instance))


def _notes_elsewhere(model, notes, context):
    """Hangs the notes on rows at their fields; gives those of what stands nowhere in the form.

    Each as what it is about and the note: of a deleted row, or of a field that is only read.
    """
    own = context["adminform"].form
    rows = {
        (inline.formset.model, str(form.instance.pk)): form
        for inline in context["inline_admin_formsets"]
        if inline.has_change_permission
        for form in inline.formset.initial_forms
    }
    left = []
    for name, note in notes.items():
        place = NotedPlace.of(model, name)
        of_row = bool(place and place.relation)
        form = rows.get((place.model, place.row)) if of_row else own
        if form is None or place is None or place.column not in form.fields:
            left.append((place_in_words(model, name), note))
        elif of_row:
            form[place.column].help_text = with_note(form[place.column].help_text, note)
    return left

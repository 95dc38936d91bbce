"""Draft links of one object: making and closing them, and what reviewers said through them."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assembly_site.front.remarks import place_name, text_fields
from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.publishing.clock import moment_of
from assembly_site.publishing.draft_links import DAYS, MOST_DAYS, Approval, DraftLink, Remark
from assembly_site.publishing.showing import is_public
from assembly_site.publishing.snapshots import digest, snapshot

from ..access import is_translator, languages_of

# The name of the boxes by which a form marks remarks as dealt with when it is saved.
DEALT_WITH = "remark-dealt-with"


class NewLinkForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        initial=LANGUAGE_CODES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
    )


class DraftLinksAdmin:
    """For a ModelAdmin of something publishable: a page of its draft links, remarks in its form."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.draft_links_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_draft_links"
        return [path("<path:object_id>/draft-links/", view, name=name), *super().get_urls()]

    def draft_links_view(self, request, object_id):
        instance = self.get_object(request, unquote(object_id))
        if instance is None:
            raise Http404
        if not self.has_view_permission(request, instance):
            raise PermissionDenied
        form = NewLinkForm(request.POST if "make" in request.POST else None)
        if request.method == "POST":
            answer = self._act(request, instance, form)
            if answer:
                return answer
        return self._draft_links_page(request, instance, form)

    def _act(self, request, instance, form):
        """Makes a link, closes one, or marks a remark; None where the form is not complete."""
        if not self.has_change_permission(request, instance):
            raise PermissionDenied
        at = moment_of(request)
        if "resolve" in request.POST:
            remarks = self._remarks_for(request, instance)
            _one_of(remarks, request.POST["resolve"]).resolve(request.user, at)
            said = gettext("The remark is marked as dealt with.")
        elif not self._may_share(request, instance):
            raise PermissionDenied
        elif "close" in request.POST:
            _one_of(DraftLink.objects.of(instance), request.POST["close"]).get().close(at)
            said = gettext("The link is closed: nobody can open it any more.")
        elif is_public(instance, at) or not form.is_valid():
            return None
        else:
            chosen = form.cleaned_data
            DraftLink.objects.make(instance, request.user, chosen["languages"], chosen["days"], at)
            said = gettext("The link is made. It stands first in the list: copy it from there.")
        messages.success(request, said)
        return HttpResponseRedirect(request.path)

    def _may_share(self, request, instance):
        """Whoever may change all of the object shows its draft to others; a translator may not."""
        return self.has_change_permission(request, instance) and not is_translator(request.user)

    def _remarks_for(self, request, instance):
        """The remarks that this person may mark: a translator's, in the own languages."""
        return Remark.objects.on(instance).in_languages(languages_of(request.user))

    def _draft_links_page(self, request, instance, form):
        at = moment_of(request)
        now = digest(snapshot(instance))
        links = list(DraftLink.objects.of(instance).defer("snapshot").select_related("created_by"))
        for link in links:
            link.works = link.is_open(at)
            link.is_up_to_date = link.state_digest == now
            link.language_names = _language_names(link.languages)
            link.address = f"{settings.SITE_URL}{link.path}" if link.path else ""
        remarks = Remark.objects.on(instance).select_related("resolved_by")
        may_mark = set()
        if self.has_change_permission(request, instance):
            may_mark = {*self._remarks_for(request, instance).open().values_list("pk", flat=True)}
        return render(
            request,
            "admin/draft_links.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Draft links and remarks"),
                "subtitle": str(instance),
                "opts": self.opts,
                "original": instance,
                "change_address": self._address(instance, "change"),
                "form": form,
                "may_share": self._may_share(request, instance),
                "is_public": is_public(instance, at),
                "links": links,
                "remarks": [_with_place(remark, self.model) for remark in remarks],
                "may_mark": may_mark,
                "approvals": _approvals(instance).select_related("link"),
                "now": now,
                "most_days": MOST_DAYS,
            },
        )

    def _address(self, instance, view):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[quote(instance.pk)])

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            remarks = [_with_place(remark, self.model) for remark in Remark.objects.on(obj).open()]
            ticked = request.POST.getlist(DEALT_WITH)
            may_mark = (
                languages_of(request.user) if self.has_change_permission(request, obj) else []
            )
            for remark in remarks:
                remark.is_ticked = str(remark.pk) in ticked
                remark.may_be_marked = remark.language in may_mark
            context["draft_links_address"] = self._address(obj, "draft_links")
            context["remarks_elsewhere"] = _without_those_at_fields(
                context["adminform"].form, remarks
            )
            context["remark_count"] = len(remarks)
            context["approvals"] = _approvals(obj)
            context["dealt_with"] = DEALT_WITH
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        ticked = [value for value in request.POST.getlist(DEALT_WITH) if _is_key(value)]
        if ticked:
            remarks = self._remarks_for(request, form.instance).filter(pk__in=ticked)
            remarks.resolve(request.user, moment_of(request))


def _without_those_at_fields(form, remarks):
    """Hangs each remark under its field; answers those whose field is not in the form."""
    left, by_column = [], {}
    for remark in remarks:
        column = f"{remark.field.partition(':')[0]}_{remark.language}"
        if column in form.fields:
            by_column.setdefault(column, []).append(remark)
        else:
            left.append(remark)
    for column, those in by_column.items():
        shown = render_to_string(
            "admin/remarks.html", {"remarks": those, "dealt_with": DEALT_WITH, "at_field": True}
        )
        field = form[column]
        field.help_text = mark_safe(f"{field.help_text}{shown}")  # the template has escaped it
    return left


def _with_place(remark, model):
    remark.place = place_name(remark, text_fields(model))
    return remark


def _approvals(instance):
    return Approval.objects.filter(link__in=DraftLink.objects.of(instance))


def _language_names(codes):
    return [name for code, name in settings.LANGUAGES if code in codes]


def _one_of(rows, key):
    """The row of this key among these rows. Raises Http404 where another object's is asked for."""
    found = rows.filter(pk=key) if _is_key(key) else rows.none()
    if not found.exists():
        raise Http404
    return found


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 19

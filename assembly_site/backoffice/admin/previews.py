"""A page of the site made from a form that is not saved, or from a draft as it is stored."""

from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets, quote, unquote
from django.core.exceptions import PermissionDenied
from django.forms import all_valid
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from translated_fields.fields import show_language_code

from assembly_site.publishing.clock import moment_of
from assembly_site.publishing.showing import is_public, nothing_kept, page_as_it_would_be

from ..previews import LANGUAGES, frame_address, keep, new_key


class PreviewAdmin:
    """For a ModelAdmin of something publishable: “Preview” beside “Save”."""

    # Django's own link leads to a page that a draft does not have; ours knows what is public.
    view_on_site = False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("add/preview/", view, name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", view, name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request, object_id=None):
        """POST: the page that saving this form would make. GET: the page of what is stored.

        A form that could not be saved gets its mistakes in words; nothing is ever kept.
        """
        instance = self._seen(request, object_id)
        language = request.GET.get("language")
        if language not in LANGUAGES:
            language = get_language()
        if request.method == "POST":
            return self._preview_of_form(request, instance, language)
        if instance is None:
            return self._mistakes(request, [])
        if is_public(instance, moment_of(request)):
            with override(language):
                return HttpResponseRedirect(instance.get_absolute_url())
        return self._preview_of(request, instance, language)

    def _seen(self, request, object_id):
        """The object, within the editor's scope; None for a new one."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        instance = self.get_object(request, unquote(object_id))
        if instance is None:
            raise Http404
        may = self.has_change_permission if request.method == "POST" else self.has_view_permission
        if not may(request, instance):
            raise PermissionDenied
        return instance

    def _preview_of_form(self, request, instance, language):
        # A preview keeps no files: what was uploaded is not even looked at.
        request.FILES.clear()
        # The names of texts tell their language, as they do in the form itself.
        with nothing_kept(), show_language_code(True):
            form, formsets = self._bound(request, instance)
            is_valid = form.is_valid()
            if not (all_valid(formsets) and is_valid):
                return self._mistakes(request, _mistakes(form, formsets))
            changed = self.save_form(request, form, change=instance is not None)
            self.save_model(request, changed, form, instance is not None)
            self.save_related(request, form, formsets, instance is not None)
            with show_language_code(False):
                return self._preview_of(request, changed, language)

    def _bound(self, request, instance):
        """The form and its inlines, as saving would bind them: with the editor's own fields."""
        change = instance is not None
        fields = flatten_fieldsets(self.get_fieldsets(request, instance))
        form_class = self.get_form(request, instance, change=change, fields=fields)
        form = form_class(request.POST, request.FILES, instance=instance)
        formsets, _inlines = self._create_formsets(request, form.instance, change=change)
        return form, formsets

    def _preview_of(self, request, instance, language):
        key = new_key()
        addresses = {code: frame_address(key, code) for code in LANGUAGES}
        pages = {
            code: page_as_it_would_be(
                request, self.model, instance.pk, code, in_frame=True, preview_addresses=addresses
            ).content.decode()
            for code in LANGUAGES
        }
        keep(request.user, key, str(instance), pages)
        return HttpResponseRedirect(addresses[language])

    def _mistakes(self, request, mistakes):
        return render(
            request,
            "admin/preview_mistakes.html",
            {
                **self.admin_site.each_context(request),
                "title": _("There is nothing to show yet"),
                "mistakes": mistakes,
                "opts": self.opts,
            },
        )

    def render_change_form(self, request, context, *args, add=False, obj=None, **kwargs):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if obj is None:
            context["preview_address"] = reverse(f"{name}_add_preview")
        else:
            stored = reverse(f"{name}_preview", args=[quote(obj.pk)])
            if self.has_change_permission(request, obj):
                context["preview_address"] = stored
            context["on_the_site"] = self._on_the_site(obj, stored, moment_of(request))
        return super().render_change_form(request, context, *args, add=add, obj=obj, **kwargs)

    def _on_the_site(self, instance, stored, at):
        """The page in each language: the public one, or what is stored as a preview."""
        public = is_public(instance, at)
        found = []
        for code, language_name in settings.LANGUAGES:
            with override(code):
                address = instance.get_absolute_url() if public else f"{stored}?language={code}"
            found.append((code, language_name, address))
        return found


def _mistakes(form, formsets):
    """All mistakes of a form and its inlines: the name of the field, and what is wrong."""
    found = [*_mistakes_of(form, "")]
    for formset in formsets:
        heading = capfirst(formset.model._meta.verbose_name_plural)
        found += [(heading, error) for error in formset.non_form_errors()]
        for number, one in enumerate(formset.forms, start=1):
            found += _mistakes_of(one, f"{heading} {number}")
    return found


def _mistakes_of(form, heading):
    for name, errors in form.errors.items():
        label = str(form[name].label) if name in form.fields else ""
        place = ", ".join(part for part in (heading, capfirst(label)) if part)
        yield from ((place, error) for error in errors)

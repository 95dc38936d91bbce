"""Past versions in the admin: compared by field and language, brought back on purpose."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assembly_site.publishing.differences import differences
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.publishing.versions import (
    deleted_versions,
    present,
    restore,
    snapshot_of,
    versions_of,
)

from ..access import own_regions

MOST_VERSIONS = 100
Deed = JournalEntry.Deed


class VersionsAdmin:
    """Mixed into the admin of whatever keeps versions."""

    def get_urls(self):
        stem = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{stem}_deleted"),
            path("<path:object_id>/versions/", view(self.versions_view), name=f"{stem}_versions"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["versions_url"] = self._url("versions", obj.pk) if obj is not None else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changelist_view(self, request, extra_context=None):
        deleted = self._url("deleted") if self.has_delete_permission(request) else ""
        return super().changelist_view(request, {"deleted_url": deleted, **(extra_context or {})})

    def versions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """All versions; two of them compared; one of them restored (by POST)."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        versions = list(versions_of(obj)[:MOST_VERSIONS])
        if request.method == "POST":
            return self._restore(request, obj, versions)
        newer = _chosen(versions, request.GET.get("to"))
        older = _chosen(versions, request.GET.get("from"))
        if older is None and newer is None and versions:
            older = versions[1] if len(versions) > 1 else versions[0]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions: %(name)s") % {"name": obj},
            "opts": self.opts,
            "original": obj,
            "versions": versions,
            "older": older,
            "newer": newer,
            "differences": differences(
                self.model, snapshot_of(older), snapshot_of(newer) if newer else present(obj)
            )
            if older
            else [],
            "may_restore": self.has_change_permission(request, obj),
            "change_url": self._url("change", obj.pk),
        }
        return TemplateResponse(request, "admin/versions/object.html", context)

    def _restore(self, request, obj, versions):
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        version = _chosen(versions, request.POST.get("version"))
        if version is None:
            raise Http404
        restored = restore(version, request.user, request.POST.get("why", "")[:200])
        self._after_restoring(request, restored, Deed.RESTORED, version)
        messages.success(
            request,
            _("The version of %(when)s is the present one again; what was before is kept too.")
            % {"when": _moment(version)},
        )
        return redirect(self._url("change", obj.pk))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted, the latest first, and the way to bring it back (by POST)."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        found = [version for version in deleted_versions(self.model)[:MOST_VERSIONS]
                 if self._is_own(request, version)]  # fmt: skip
        if request.method == "POST":
            version = _chosen(found, request.POST.get("version"))
            if version is None:
                raise Http404
            back = restore(version, request.user)
            self._after_restoring(request, back, Deed.BROUGHT_BACK, version)
            messages.success(request, _("“%(name)s” is back, as a draft.") % {"name": back})
            return redirect(self._url("change", back.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "opts": self.opts,
            "versions": found,
            "changelist_url": self._url("changelist"),
        }
        return TemplateResponse(request, "admin/versions/deleted.html", context)

    def _after_restoring(self, request, instance, deed, version):
        """What the save of a form would do besides; the programme stores spans beside an event."""
        self.after_restoring(instance)
        why = _("Version of %(when)s") % {"when": _moment(version)}
        write_down(deed, instance, request.user, timezone.now(), why)

    def after_restoring(self, instance) -> None:
        """For what must follow the rows of an object."""

    def _is_own(self, request, version):
        regions = own_regions(request.user)
        if not self.region_field or regions is None:
            return True
        region = snapshot_of(version).fields.get(self.region_field)
        return region is not None and regions.filter(pk=region).exists()

    def _url(self, view, *args):
        stem = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{stem}_{view}", args=args)


def _chosen(versions, key):
    return next((one for one in versions if str(one.pk) == key), None)


def _moment(version):
    local = timezone.localtime(version.revision.date_created)
    return f"{local:%d.%m.%Y %H:%M}"

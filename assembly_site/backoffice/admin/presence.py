"""A quiet line above the form: who else has it open, and who saved meanwhile."""

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assembly_site.publishing.versions import versions_of

from ..presence import Presence
from ..unsaved import BASE


class PresenceAdmin:
    """Mixed into the admin of whatever several people may have open at once."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        return [path("<path:object_id>/presence/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["presence_url"] = self._url("presence", obj.pk)
            context["presence"] = self._who_else(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def presence_view(self, request: HttpRequest, object_id: str) -> JsonResponse:
        """A beat of an open form; the answer says who else is here."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_or_change_permission(request, obj):
            raise Http404
        if "leave" in request.POST:
            Presence.objects.leave(request.user, obj)
            return JsonResponse({"sentence": ""})
        Presence.objects.beat(request.user, obj, timezone.now())
        sentences = (self._who_else(request, obj), self._who_saved(request, obj))
        return JsonResponse({"sentence": " ".join(filter(None, sentences))})

    def _who_else(self, request, obj):
        others = Presence.objects.beside(request.user, obj, timezone.now())
        return " ".join(
            _("%(name)s also has this open, since %(time)s.")
            % {"name": _name(one.user), "time": _clock(one.since)}
            for one in others
        )

    def _who_saved(self, request, obj):
        newest = versions_of(obj).first()
        opened_from = request.POST.get(BASE, "")
        by = newest.revision.user if newest else None
        if by in (None, request.user) or not opened_from or opened_from == str(newest.pk):
            return ""
        return _(
            "%(name)s saved at %(time)s. When you save, both changes are brought together."
        ) % {"name": _name(by), "time": _clock(newest.revision.date_created)}


def _name(person):
    return person.get_full_name() or person.get_username()


def _clock(moment):
    return f"{timezone.localtime(moment):%H:%M}"

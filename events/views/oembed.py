"""What other sites may show for the link of an event."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, get_language_from_path, override
from django.views.decorators.cache import cache_control

from assembly_site.publishing.clock import moment_of

from ..event_links import route_of
from ..models import Event
from ..renderers import oembed as renderer


@cache_control(public=True, max_age=renderer.CACHE_SECONDS)
def oembed(request: HttpRequest) -> HttpResponse:
    """JSON for a public event of this site, by its page or its short link; 404 for all else."""
    if request.GET.get("format", "json") != "json":
        # The oEmbed specification, 2.3.3: a format that is not there is 501.
        return HttpResponse("JSON only.\n", status=501, content_type="text/plain")
    at = moment_of(request)
    address = request.GET.get("url", "")
    event = _event_of(address, at)
    language = get_language_from_path(address.removeprefix(settings.SITE_URL))
    with override(language or get_language()):
        data = renderer.of_event(event, event.next_occurrence(at))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    # Any page may read it; it holds nothing that is not public.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _event_of(address, at):
    route = route_of(address) if address.startswith(f"{settings.SITE_URL}/") else None
    if route is None or route.view_name not in ("events:event", "short-link"):
        raise Http404
    event = Event.objects.for_page(at).public(at).filter(**route.kwargs).first()
    if event is None:
        raise Http404
    return event

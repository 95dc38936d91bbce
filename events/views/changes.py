"""What moved, was cancelled or added."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assembly_site.front.feeds import MEDIA_TYPE
from assembly_site.publishing.clock import moment_of

from ..models import Change
from ..renderers import atom

SHOWN = 100


def changes(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    return render(
        request, "events/changes.html", {"changes": Change.objects.announced(at, SHOWN), "at": at}
    )


def changes_feed(request: HttpRequest) -> HttpResponse:
    content = atom.render_changes(
        Change.objects.announced(moment_of(request), SHOWN),
        f"{settings.SITE_URL}{reverse('events:changes')}",
        f"{settings.SITE_URL}{request.path}",
    )
    return HttpResponse(content, content_type=MEDIA_TYPE)

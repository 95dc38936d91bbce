"""The timeline for readers, for programs and for feed readers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.front.feeds import MEDIA_TYPE
from assembly_site.front.open_data import JSON_MEDIA_TYPE, open_to_all, refused
from assembly_site.publishing.clock import moment_of

from ..overview import overview
from ..renderers import atom, collection, table
from ..timeline import Timeline


@without_empty_parameters
def timeline(request: HttpRequest) -> HttpResponse:
    asked = Timeline(request.GET, moment_of(request))
    return render(
        request,
        "history/timeline.html",
        {
            "timeline": asked,
            "overview": overview(asked),
            "collection_data": collection.of_timeline(asked),
            "page_url": _page_url(asked),
        },
    )


@without_empty_parameters
def timeline_json(request: HttpRequest) -> HttpResponse:
    asked = Timeline(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    content = table.as_json(asked.entries, asked.title, _page_url(asked))
    return open_to_all(HttpResponse(content, content_type=JSON_MEDIA_TYPE))


@without_empty_parameters
def timeline_atom(request: HttpRequest) -> HttpResponse:
    asked = Timeline(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    own_url = f"{settings.SITE_URL}{request.get_full_path()}"
    content = atom.render(asked.entries, asked.title, _page_url(asked), own_url)
    return HttpResponse(content, content_type=MEDIA_TYPE)


def _page_url(asked):
    return f"{settings.SITE_URL}{reverse('history:timeline')}{asked.query_string}"

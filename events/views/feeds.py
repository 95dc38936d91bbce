"""The same list for calendars, readers, spreadsheets and programs."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.front.feeds import MEDIA_TYPE
from assembly_site.front.open_data import JSON_MEDIA_TYPE, open_to_all, refused
from assembly_site.front.spreadsheet import CSV_MEDIA_TYPE
from assembly_site.publishing.clock import moment_of

from ..presets import PRESETS
from ..programme import Programme, occurrences_of
from ..renderers import atom, calendar_file, table
from ..selections import Date


@without_empty_parameters
def programme_calendar(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    return calendar_response(occurrences_of(asked.for_subscribers), _name(asked), "programme.ics")


@without_empty_parameters
def programme_atom(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    found = occurrences_of([*asked.running[:], *asked.dates[:]][: atom.MOST_ENTRIES])
    content = atom.render(found, _name(asked), _page_url(asked), _own_url(request))
    return HttpResponse(content, content_type=MEDIA_TYPE)


@without_empty_parameters
def programme_csv(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    response = HttpResponse(table.as_csv(_rows(asked)), content_type=CSV_MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="programme.csv"'
    return open_to_all(response)


@without_empty_parameters
def programme_json(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    if not asked.is_valid:
        return refused(asked.errors)
    content = table.as_json(_rows(asked), _name(asked), _page_url(asked))
    return open_to_all(HttpResponse(content, content_type=JSON_MEDIA_TYPE))


def _rows(asked):
    dates: list[Date] = [*asked.running, *asked.dates]
    codes = {one.pk: asked.index.codes_of(one) for one in dates}
    found = occurrences_of(dates)
    return table.rows((occurrence, codes[occurrence.pk]) for occurrence in found)


def calendar_response(occurrences: Iterable, name: str, file_name: str) -> HttpResponse:
    """A calendar file that a browser opens and a client subscribes to."""
    response = HttpResponse(
        calendar_file.render(occurrences, name), content_type=calendar_file.MEDIA_TYPE
    )
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


def _name(asked):
    """What a subscriber sees the list called; the word “Programme” alone would say too little."""
    if asked.is_filtered or PRESETS[asked.when].in_title:
        return asked.title
    return _("Programme of the Assembly’s 30th anniversary")


def _page_url(asked):
    return f"{settings.SITE_URL}{reverse('events:programme')}{asked.query_string}"


def _own_url(request):
    return f"{settings.SITE_URL}{request.get_full_path()}"

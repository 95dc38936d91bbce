"""The home page, and the one address that guesses a language."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from assembly_site.on_this_day import DayOfYear
from assembly_site.publishing.clock import moment_of
from events.calendars import year_strip
from events.programme import Programme, occurrences_of
from events.regions import region_rows
from history.models import AssemblySession, Stage

EVENTS_SHOWN = 4


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the visitor's language (Accept-Language, then Kazakh)."""
    accepted = request.headers.get("Accept-Language", "")
    language = _first_known(accepted) or settings.LANGUAGE_CODE
    with translation.override(language):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _first_known(accepted):
    known = dict(settings.LANGUAGES)
    for code, _quality in translation.trans_real.parse_accept_lang_header(accepted.lower()):
        if code.partition("-")[0] in known:
            return code.partition("-")[0]
    return None


def home(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    today = timezone.localdate(at)
    programme = Programme(QueryDict("when=all"), at)
    coming = Programme(QueryDict("when=upcoming"), at)
    ahead = occurrences_of([*coming.dates[:EVENTS_SHOWN]] or coming.running[:EVENTS_SHOWN])
    regions = region_rows(programme)
    return render(
        request,
        "home.html",
        {
            "at": at,
            "today": today,
            "ahead": ahead,
            "latest": [] if ahead else occurrences_of(programme.dates[:EVENTS_SHOWN]),
            "event_count": programme.event_count,
            "regions": regions,
            "regions_with_events": sum(1 for row in regions if row.total),
            "strip": year_strip(programme, _year_of_the_strip(programme)),
            "stages": Stage.objects.public(at).with_milestone_counts(at),
            "day": DayOfYear("", at),
            "session": AssemblySession.objects.public(at).for_lists().newest_first().first(),
        },
    )


def _year_of_the_strip(programme):
    """This year while something of it is ahead, else the year that had the most events."""
    if any(one.last_day >= programme.today for one in programme.selection):
        return programme.today.year
    years = Counter(one.first_day.year for one in programme.selection)
    return max(years, key=years.get, default=programme.today.year)

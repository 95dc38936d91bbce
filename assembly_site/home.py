"""The home page, and the one address that guesses a language."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from assembly_site.places.models import Region
from assembly_site.publishing.clock import moment_of
from assembly_site.publishing.models import public_at
from events.models import Event, Occurrence
from history.models import AssemblySession, Milestone, Stage

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
    cards = Occurrence.objects.public(at).for_cards()
    ahead = list(cards.ahead(at).in_order()[:EVENTS_SHOWN])
    regions = Region.objects.annotate(
        event_count=Count("events", filter=public_at(at, "events"), distinct=True)
    ).order_by("sort_order")
    regions = list(regions)
    return render(
        request,
        "home.html",
        {
            "at": at,
            "today": today,
            "ahead": ahead,
            "latest": [] if ahead else list(cards.newest_first()[:EVENTS_SHOWN]),
            "event_count": Event.objects.public(at).count(),
            "regions": regions,
            "regions_with_events": sum(1 for region in regions if region.event_count),
            "stages": Stage.objects.public(at).with_milestone_counts(at),
            "on_this_day": Milestone.objects.public(at).on_day(today.month, today.day).in_order(),
            "session": AssemblySession.objects.public(at).for_lists().newest_first().first(),
        },
    )

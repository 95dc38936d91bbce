"""The page of one event: what a visitor needs to go there, keep it and trust it."""

import re
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _page(client, event, code="en"):
    return client.get(f"/{code}/events/{event.slug}/").content.decode()


@IN_MAY
def test_the_next_date_leads_and_all_dates_stand(client):
    event = factories.EventFactory()
    for month in (3, 6, 9):
        factories.OccurrenceFactory(event=event, first_day=date(2025, month, 5))

    response = client.get(f"/en/events/{event.slug}/")
    text = response.content.decode().replace("\u00a0", " ")

    assert response.context["next_occurrence"].first_day == date(2025, 6, 5)
    assert "Next: <strong>5 June 2025</strong>" in text
    assert [f"5 {month} 2025" in text for month in ("March", "June", "September")] == [True] * 3


@IN_MAY
def test_it_says_how_to_get_there_by_words_and_by_coordinates(client):
    venue = factories.VenueFactory(
        directions_en="Bus 5 to the stop “Park”.",
        latitude=Decimal("51.12345"),
        longitude=Decimal("71.43210"),
        step_free=True,
    )
    event = factories.OccurrenceFactory(venue=venue, first_day=date(2025, 6, 5)).event

    text = _page(client, event)

    assert "Bus 5 to the stop" in text
    assert "https://www.openstreetmap.org/?mlat=51.12345&amp;mlon=71.43210" in text
    assert "https://2gis.kz/geo/71.43210%2C51.12345" in text
    assert "step-free access" in text


@IN_MAY
def test_it_can_be_kept_and_passed_on_by_plain_links(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), start_time=time(10), end_time=time(12)
    ).event

    text = _page(client, event)

    assert f'href="/en/events/{event.slug}/event.ics"' in text
    assert "dates=20250605T050000Z%2F20250605T070000Z" in text
    assert "https://t.me/share/url?url=" in text
    assert "https://wa.me/?text=" in text
    assert f'value="http://127.0.0.1:8000/e/{event.pk}/"' in text
    assert re.search(r'<svg [^>]*class="qr"', text)


@IN_MAY
def test_a_month_is_offered_to_no_calendar(client):
    event = factories.OccurrenceFactory(first_day=date(2025, 6, 5), precision="month").event

    text = _page(client, event)

    assert "event.ics" not in text
    assert "calendar.google.com" not in text
    assert "The day is still to be confirmed." in text


@IN_MAY
def test_after_the_end_the_report_leads_and_nothing_invites_any_more(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 3, 1),
        event__report_en="<p>Two hundred people came.</p>",
        event__body_en="<p>What it was to be.</p>",
        event__participants=200,
        event__admission="registration",
        event__registration_url="https://example.org/register",
    ).event

    text = _page(client, event)

    assert text.index("Two hundred people came.") < text.index("What it was to be.")
    assert "https://example.org/register" not in text
    assert "Add to calendar" not in text


@IN_MAY
def test_a_cancelled_event_takes_no_registration(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 6, 1),
        status="cancelled",
        reason_kk="Су",
        reason_ru="Паводок",
        event__admission="registration",
        event__registration_url="https://example.org/register",
    ).event

    text = _page(client, event)

    assert "https://example.org/register" not in text
    assert "banner--cancelled" in text


@IN_MAY
def test_others_near_in_place_and_time_are_offered_and_a_month_shows_no_day(client):
    region = factories.RegionFactory()
    event = factories.OccurrenceFactory(event__region=region, first_day=date(2025, 6, 5)).event
    near = factories.OccurrenceFactory(
        event__region=region, first_day=date(2025, 6, 1), precision="month"
    ).event
    factories.OccurrenceFactory(event__region=region, first_day=date(2025, 12, 5))
    factories.OccurrenceFactory(first_day=date(2025, 6, 5))
    factories.OccurrenceFactory(event__region=region, event__draft=True, first_day=date(2025, 6, 6))

    response = client.get(f"/en/events/{event.slug}/")

    assert response.context["near"] == [near]
    assert ", June 2025</span>" in response.content.decode()


@IN_MAY
def test_a_page_costs_no_more_queries_when_all_there_is_to_say_is_said(client):
    def queries(event):
        client.get(f"/kk/events/{event.slug}/")  # content types are read once in a process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/kk/events/{event.slug}/").status_code == 200
        return len(captured)

    bare = factories.OccurrenceFactory(first_day=date(2025, 6, 5)).event
    full = factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), venue=factories.VenueFactory(), event__part_of=bare
    ).event
    full.audiences.add(factories.AudienceFactory())
    full.languages.add(factories.SpokenLanguageFactory(code="kk"))
    full.languages.add(factories.SpokenLanguageFactory(code="ru"))
    full.access.add(factories.AccessProvisionFactory())
    for number in range(1, 9):
        factories.CitationFactory(target=full, number=number)
        one = factories.OccurrenceFactory(
            event=full, first_day=date(2025, 6, 5) + timedelta(days=number)
        )
        one.first_day = one.last_day = one.first_day + timedelta(days=30)
        one.save()
        factories.OccurrenceFactory(event__part_of=full, first_day=date(2025, 6, 5))

    assert queries(full) == queries(bare) <= 8

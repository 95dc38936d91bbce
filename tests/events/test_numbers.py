"""What a hundred events cost, ten thousand cost: in queries, not in time."""

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assembly_site.places.models import Region
from assembly_site.publishing.models import ContentVersion
from events.models import Event

from .. import factories

pytestmark = pytest.mark.django_db

TODAY = date(2025, 5, 20)
IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
# At most so many queries, also for the first request after a change.
LIMITS = {
    "/kk/": 14,
    "/kk/events/": 8,
    "/kk/events/?admission=free&mode=in-person&status=scheduled&language=l0&when=all": 8,
    "/kk/events/?q=%D0%B4%D0%BE%D1%81%D1%82%D1%8B%D2%9B": 8,
    "/kk/events/?q=%D0%B4%D0%BE%D1%81%D1%82%D1%8B%D2%9B&sort=title&page=2": 8,
    "/kk/events/?when=past": 8,
    "/kk/events/?when=all&sort=title": 8,
    "/kk/events/?page=3": 8,
    "/kk/events/?from=2025-03-01&to=2025-06-30": 8,
    "/kk/events/calendar/2025/06/": 5,
    "/kk/events/map/": 5,
    "/kk/events/map/?category=kind-3": 5,
    "/kk/events/regions/region-3/": 9,
    "/kk/events/categories/kind-3/": 9,
    "/kk/events/programme.ics?when=month": 4,
    "/kk/events/programme.atom": 4,
    "/kk/events/programme.csv?when=all": 4,
    "/kk/events/programme.json?when=month": 4,
    "/kk/events/changes/": 4,
    "/kk/events/changes.atom": 4,
    "/kk/events/event-3/": 8,
    "/kk/events/event-3/event.ics": 4,
    "/sitemap.xml": 10,
}


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)


def _first_and_later(client):
    """For each address: the queries of the first request after a change, and of the next one."""
    counts = {}
    for address in LIMITS:
        ContentVersion.objects.renew()
        counts[address] = _queries(client, address), _queries(client, address)
    return counts


@IN_MAY
def test_ten_thousand_events_cost_no_more_queries_than_a_hundred(client):
    ContentType.objects.get_for_models(Event, Region)  # read once in the life of a process
    factories.fill_programme(100, TODAY)
    few = _first_and_later(client)
    factories.fill_programme(9_900, TODAY)

    many = _first_and_later(client)

    assert many == few
    assert {a: first for a, (first, _later) in few.items() if first > LIMITS[a]} == {}
    assert {a: pair for a, pair in few.items() if pair[0] < pair[1]} == {}


@IN_MAY
def test_a_long_series_widens_nothing(client):
    """A mask of a layer is as long as the events that reach it: a series must not cost all."""
    factories.fill_programme(1_000, TODAY)
    series = factories.EventFactory()
    for day in range(1, 31):
        factories.OccurrenceFactory(event=series, first_day=date(2025, 9, day))

    index = client.get("/kk/events/").context["programme"].index

    assert index.event_ids[0] == series.pk
    layers = index.masks_of(index.dates)
    assert [layer.bit_length() for layer in layers[4:]] == [1] * 26
    assert sum(layer.bit_count() for layer in layers) == len(index.dates)


@IN_MAY
@pytest.mark.parametrize(
    "path", ["", "calendar/2025/06/", "map/", "regions/region-3/", "changes/", "event-3/"]
)
def test_a_page_asks_for_at_most_twelve_kilobytes_of_javascript(client, path):
    factories.fill_programme(30, TODAY)

    text = client.get(f"/kk/events/{path}").content.decode()
    scripts = re.findall(r'<script[^>]* src="/static/([^"]+)"', text)

    assert sum(Path(finders.find(name)).stat().st_size for name in scripts) <= 12_000

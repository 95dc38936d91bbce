"""What ten cost, ten thousand cost: in queries, not in time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, Occurrence

from .. import factories

pytestmark = pytest.mark.django_db


def _add_events(count):
    category, region = factories.CategoryFactory(), factories.RegionFactory()
    start = Event.objects.count()
    events = Event.objects.bulk_create(
        Event(
            slug=f"event-{number}",
            title_kk=f"Іс-шара {number}",
            summary_kk="Қысқаша",
            category=category,
            region=region,
            status="published",
            publish_at=factories.LONG_AGO,
        )
        for number in range(start, start + count)
    )
    occurrences = []
    for number, event in enumerate(events):
        one = Occurrence(
            event=event, first_day=timezone.localdate() + timedelta(days=number % 400 - 5)
        )
        one.clean()
        occurrences.append(one)
    Occurrence.objects.bulk_create(occurrences)


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def test_ten_thousand_events_cost_no_more_queries_than_ten(client):
    limits = {
        "/kk/": 12,
        "/kk/events/": 8,
        "/kk/events/?when=all": 8,
        "/kk/events/?when=past": 8,
        "/kk/events/event-3/": 8,
    }
    _add_events(10)
    _queries(client, "/kk/events/event-3/")  # content types are read once in a process
    few = {address: _queries(client, address) for address in limits}
    _add_events(9_990)

    many = {address: _queries(client, address) for address in limits}

    assert many == few
    assert {address: few[address] for address in few if few[address] > limits[address]} == {}

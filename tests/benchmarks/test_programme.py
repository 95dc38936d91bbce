"""How much longer the programme takes with many events than with few, timed in one run.

Nothing is cached but the index: each answer is made anew. A ratio is free of the machine; the
milliseconds beside it are not.
"""

import gc
import tracemalloc
from datetime import date
from time import perf_counter

import pytest
import time_machine

from assembly_site.publishing.models import ContentVersion
from events.programme_index import read_index

from .. import factories

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

TODAY = date(2025, 5, 20)
IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
ROUNDS = 15
ENOUGH = 10  # seconds spent on one address
LIST = (
    "/kk/events/",
    "/kk/events/?when=all",
    "/kk/events/?when=past",
    "/kk/events/?when=all&sort=title",
    "/kk/events/?when=all&page=9",
    "/kk/events/?category=kind-3&when=all",
    "/kk/events/?admission=free&mode=in-person&status=scheduled&language=l0&when=all",
    "/kk/events/?from=2025-06-01&to=2025-06-30",
    "/kk/events/?q=%D0%B4%D0%BE%D1%81%D1%82%D1%8B%D2%9B",
)
REST = (
    "/kk/",
    "/kk/events/calendar/2025/06/",
    "/kk/events/map/",
    "/kk/events/regions/region-3/",
    "/kk/events/changes/",
    "/kk/events/event-3/",
    "/kk/events/programme.atom",
    "/kk/events/programme.ics",
    "/kk/events/programme.csv",
    "/kk/events/programme.json",
    "/sitemap.xml",
)


def _seconds(client, address):
    start = perf_counter()
    assert client.get(address).status_code == 200, address
    return perf_counter() - start


def _first_and_next(client, address):
    """The first request after a change, and the quickest of those that follow it.

    The quickest: whatever else the machine does can only make a request slower.
    """
    _seconds(client, address)
    ContentVersion.objects.renew()
    first, later = _seconds(client, address), []
    while len(later) < ROUNDS and sum(later) < ENOUGH:
        later.append(_seconds(client, address))
    return first, min(later)


@IN_MAY
def test_ten_thousand_events_against_four_hundred(client):
    factories.fill_programme(400, TODAY)
    few = {address: _first_and_next(client, address) for address in (*LIST, *REST)}
    factories.fill_programme(9_600, TODAY)
    many = {address: _first_and_next(client, address) for address in (*LIST, *REST)}

    print("\n\n10,000 events against 400    ratio       ms at 400 → 10,000   first after a change")
    for address in (*LIST, *REST):
        (_, before), (first, after) = few[address], many[address]
        print(
            f"{after / before:6.2f}   {before * 1000:8.1f} → {after * 1000:8.1f}"
            f"   {first * 1000:8.1f}   {address}"
        )


@IN_MAY
@pytest.mark.parametrize("count", [10_000, 100_000])
def test_what_the_index_takes(count):
    factories.fill_programme(count, TODAY)
    start = perf_counter()
    read_index()
    seconds = perf_counter() - start
    gc.collect()

    tracemalloc.start()
    index = read_index()
    gc.collect()
    taken, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    print(
        f"\n\nThe index of {len(index.event_ids):,} events with {len(index.dates):,} dates: "
        f"{taken / 1e6:.0f} MB, read in {seconds:.2f} s"
    )

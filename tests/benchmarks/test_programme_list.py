"""How much slower the list is with many events than with few, both timed in one run."""

from statistics import median
from time import perf_counter

import pytest

from ..events.test_ten_thousand import _add_events

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

ROUNDS = 15


def _seconds(client, address):
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        assert client.get(address).status_code == 200
        times.append(perf_counter() - start)
    return median(times)


def test_the_list_of_ten_thousand_events_against_that_of_four_hundred(client):
    addresses = ["/kk/", "/kk/events/", "/kk/events/?when=all", "/kk/events/event-3/"]
    _add_events(400)
    few = {address: _seconds(client, address) for address in addresses}
    _add_events(9_600)
    many = {address: _seconds(client, address) for address in addresses}

    print()
    for address in addresses:
        print(f"{address}: {many[address] / few[address]:.2f} times of its time at 400 events")

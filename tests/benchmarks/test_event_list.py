"""The editors' list of events beside Django's plain one of the same columns, timed in one run.

The two are asked in turn, so that both meet the same moods of the machine. A ratio is free of the
machine; the milliseconds beside it are not.
"""

from datetime import date
from statistics import median
from time import perf_counter

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import path, reverse

from assembly_site.languages.texts import columns
from assembly_site.places.models import Region
from assembly_site.urls import urlpatterns as own_addresses
from events.models import Event

from .. import factories

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.django_db,
    pytest.mark.urls("tests.benchmarks.test_event_list"),
]

ROUNDS = 15
# How many times as long as the plain list ours may take; the tenth is the noise of the machine.
MOST = 1.1
ASKED = {
    "all": "",
    "the last page": "?p=100",
    "of one status": "?status__exact=published",
    "of one region": "?region__id__exact={region}",
    "of one year": "?first_day__year=2025",
    "by title": "?o=1",
}
SEARCHED = {
    "a word that stands in all": "?q=достық",
    "a word that stands in one": "?q=9997",
    "a word that stands in none": "?q=жоқсөз",
    "two words": "?q=мерекесі+9997",
}
# Django compares letters in the database; ours folds each title, in Python, to forgive letters,
# endings and keyboards. How many times as long that may take.
MOST_OF_A_SEARCH = {10_000: 8, 100_000: 20}


class PlainEventAdmin(admin.ModelAdmin):
    """What Django shows by itself, told only what saves it queries."""

    list_display = ("title_kk", "category", "region", "first_day", "status", "title_ru")
    list_filter = ("status", "category", "region", "first_day")
    list_select_related = ("category", "region")
    search_fields = (*columns("title"), "plan_number")


plain = admin.AdminSite("plain")
for model in admin.site._registry:
    plain.register(model, PlainEventAdmin if model is Event else admin.ModelAdmin)
urlpatterns = [path("plain/", plain.urls), *own_addresses]


def _milliseconds(client, address):
    start = perf_counter()
    assert client.get(address).status_code == 200, address
    return (perf_counter() - start) * 1000


def _ours_and_plain(client, query, rounds=ROUNDS):
    """The medians of both, in milliseconds."""
    name = "events_event_changelist"
    ours, djangos = (reverse(f"{site}:{name}") + query for site in ("admin", "plain"))
    for address in (ours, djangos):
        client.get(address)
    pairs = [(_milliseconds(client, ours), _milliseconds(client, djangos)) for _ in range(rounds)]
    return [median(times) for times in zip(*pairs, strict=True)]


def _compare(client, asked, rounds=ROUNDS):
    region = Region.objects.first()
    ratios = {}
    print(f"\n\n{connection.vendor}, {Event.objects.count():,} events")
    print(" ratio    ms plain → ours")
    for name, query in asked.items():
        ours, djangos = _ours_and_plain(client, query.format(region=region.pk), rounds)
        ratios[name] = ours / djangos
        print(f"{ratios[name]:6.2f}   {djangos:8.1f} → {ours:8.1f}   {name}")
    return ratios


@pytest.fixture
def chief(client, account):
    user = account("secretariat", is_superuser=True)
    client.force_login(user)
    return user


def test_the_list_of_ten_thousand_events(client, chief):
    factories.fill_programme(10_000, date(2025, 5, 20))

    ratios = _compare(client, ASKED)

    assert {name: ratio for name, ratio in ratios.items() if ratio > MOST} == {}


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_the_search_in_the_list(client, chief, count):
    factories.fill_programme(count, date(2025, 5, 20))

    ratios = _compare(client, SEARCHED, rounds=5)

    most = MOST_OF_A_SEARCH[count]
    assert {name: ratio for name, ratio in ratios.items() if ratio > most} == {}

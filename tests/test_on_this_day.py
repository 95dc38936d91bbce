"""History and programme of one day of the year."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from assembly_site.languages.dates import PartialDate

from . import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/en/history/on-this-day/"


@pytest.fixture
def first_of_march():
    stage = factories.StageFactory(number=1)
    session = factories.SessionFactory(number=3, date=PartialDate(1998, 3, 1))
    decree = factories.MilestoneFactory(
        stage=stage, date=PartialDate(1995, 3, 1), title_en="The decree"
    )
    factories.MilestoneFactory(stage=stage, date=PartialDate(1995, 3), title_en="Some day in March")
    factories.MilestoneFactory(stage=stage, date=PartialDate(1995, 3, 2), title_en="The day after")
    factories.DocumentFactory(milestone=decree, date=PartialDate(1995, 3, 1), title_en="Its text")
    factories.DocumentFactory(date=PartialDate(2016, 3, 1), title_en="Another decree")
    factories.OccurrenceFactory(
        event__title_en="Feast", first_day=date(2025, 3, 1), last_day=date(2025, 3, 2)
    )
    factories.OccurrenceFactory(
        event__title_en="Some time in March", first_day=date(2025, 3, 1),
        last_day=date(2025, 3, 31), precision="month",
    )  # fmt: skip
    return session


def _shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    day = response.context["day"]
    with translation.override("en"):
        history = [(entry.date.year, str(entry.instance)) for entry in day.history]
    return history, [occurrence.event.title_en for occurrence in day.events]


def test_a_day_shows_what_is_known_to_the_day_and_each_thing_once(client, first_of_march):
    history, events = _shown(client, f"{ADDRESS}?date=03-01")

    assert history == [(1995, "The decree"), (1998, "Session III"), (2016, "Another decree")]
    assert events == ["Feast"]


@time_machine.travel("2026-02-28T19:30:00Z")
def test_without_a_date_the_day_is_that_of_astana_and_so_is_the_home_page(client, first_of_march):
    here = _shown(client, ADDRESS)

    assert here == _shown(client, f"{ADDRESS}?date=03-01")
    assert here == _shown(client, "/en/")
    assert "31 years ago" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "asked", ["31.31", "02-30", "3-1", "03", "1995-03-01", "\x00", "x" * 10_000, "<b>", "٠٣-٠١"]
)
def test_an_impossible_day_is_named_and_today_is_shown(client, asked):
    response = client.get(ADDRESS, {"date": asked})

    text = response.content.decode()
    assert response.status_code == 200
    assert "There is no day" in text
    assert "<b>” in the year" not in text
    assert response.context["day"].is_today


def test_the_leap_day_has_a_page_between_its_neighbours(client):
    factories.OccurrenceFactory(first_day=date(2024, 2, 29), last_day=date(2024, 2, 29))
    day = client.get(f"{ADDRESS}?date=02-29").context["day"]

    assert (day.before.name, day.after.name, len(day.events)) == ("28\xa0ақпан", "1\xa0наурыз", 1)


@pytest.mark.parametrize(
    ("asked", "before", "after"), [("01-01", "12-31", "01-02"), ("12-31", "12-30", "01-01")]
)
def test_the_year_goes_round(client, asked, before, after):
    day = client.get(f"{ADDRESS}?date={asked}").context["day"]

    assert [f"{one.month:02}-{one.day:02}" for one in (day.before, day.after)] == [before, after]


def test_an_empty_day_offers_the_next_step_and_the_days_that_have_something(client, first_of_march):
    text = client.get(f"{ADDRESS}?date=03-15").content.decode()

    assert "No entry of the history and no event falls on 15\xa0March." in text
    assert "/en/history/on-this-day/?date=03-02" in text


def test_only_the_bare_address_is_for_search_engines(client):
    assert "noindex" not in client.get(ADDRESS).content.decode()
    assert (
        '<meta name="robots" content="noindex, follow">'
        in client.get(f"{ADDRESS}?date=03-01").content.decode()
    )


@pytest.mark.parametrize("count", [1, 20])
def test_the_queries_do_not_grow_with_the_entries(client, django_assert_max_num_queries, count):
    stage = factories.StageFactory(number=1)
    region = factories.RegionFactory()
    for year in range(count):
        factories.MilestoneFactory(stage=stage, date=PartialDate(1995 + year, 3, 1))
        factories.OccurrenceFactory(
            event__region=region,
            first_day=date(2000 + year, 3, 1),
            last_day=date(2000 + year, 3, 1),
        )

    with django_assert_max_num_queries(8):
        client.get(f"{ADDRESS}?date=03-01")

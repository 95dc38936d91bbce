"""The numbers of months and weeks are those that counting by hand gives."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from events.calendars import months_of, year_strip
from events.models import Occurrence
from events.programme import Programme

from .. import factories

pytestmark = pytest.mark.django_db

QUESTIONS = ["when=all", "when=all&region=abai&category=sport", "when=past", "when=all&q=nothing"]


@pytest.fixture
def rows(at):
    factories.many_kinds_of_events(date(2025, 5, 20))
    factories.OccurrenceFactory(first_day=date(2024, 12, 30), last_day=date(2025, 1, 2))
    factories.OccurrenceFactory(first_day=date(2025, 12, 31), last_day=date(2026, 1, 1))
    factories.OccurrenceFactory(first_day=date(2025, 1, 1))
    return {one.pk: one for one in Occurrence.objects.all()}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_month_counts_each_event_that_has_any_part_in_it(rows, at, question):
    programme = Programme(QueryDict(question), at)
    events = defaultdict(set)
    for one in (rows[found.pk] for found in programme.selection):
        for days in range((one.last_day - one.first_day).days + 1):
            day = one.first_day + timedelta(days=days)
            events[day.year, day.month].add(one.event_id)

    counted = [(month.year, month.month, month.count) for month in months_of(programme)]

    assert counted == [(*month, len(events[month])) for month in sorted(events)]


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2000])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_week_counts_what_begins_in_it_in_that_year(rows, at, question, year):
    programme = Programme(QueryDict(question), at)
    found = [rows[one.pk].first_day for one in programme.selection if one.has_day]
    begun = Counter(day - timedelta(days=day.weekday()) for day in found if day.year == year)

    strip = year_strip(programme, year)

    assert {week.monday: week.count for week in strip.weeks if week.count} == dict(begun)
    assert strip.weeks[0].monday <= date(year, 1, 1)
    assert (
        strip.weeks[-1].monday <= date(year, 12, 31) < strip.weeks[-1].monday + timedelta(weeks=1)
    )

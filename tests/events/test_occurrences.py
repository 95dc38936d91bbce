from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.models import Occurrence

from .. import factories

pytestmark = pytest.mark.django_db


def test_clock_times_are_astana_time():
    one = factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), start_time=time(15), end_time=time(17)
    )

    assert (one.starts_at, one.ends_at) == (
        datetime(2025, 6, 5, 10, tzinfo=UTC),
        datetime(2025, 6, 5, 12, tzinfo=UTC),
    )


def test_before_march_2024_almaty_was_an_hour_further():
    nights = [
        factories.OccurrenceFactory(first_day=day, start_time=time(12)).starts_at.astimezone(UTC)
        for day in (date(2024, 2, 29), date(2024, 3, 1))
    ]

    assert [moment.hour for moment in nights] == [6, 7]


def test_an_unknown_day_keeps_its_month_and_shows_no_day():
    one = factories.OccurrenceFactory(first_day=date(2025, 3, 17), precision="month")

    assert (one.first_day, one.last_day) == (date(2025, 3, 1), date(2025, 3, 31))
    assert one.when == "2025 жылғы наурыз"


def test_a_quarter_spans_three_months():
    one = factories.OccurrenceFactory(first_day=date(2025, 5, 9), precision="quarter")

    assert (one.first_day, one.last_day) == (date(2025, 4, 1), date(2025, 6, 30))
    assert one.when == "2025 жылғы II тоқсан"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"first_day": date(2025, 6, 5), "last_day": date(2025, 6, 4)}, "last_day"),
        ({"start_time": time(15), "end_time": time(14)}, "end_time"),
        ({"end_time": time(14)}, "start_time"),
        ({"status": "cancelled"}, "reason_kk"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields, place):
    event = factories.EventFactory()
    one = Occurrence(event=event, **{"first_day": date(2025, 6, 5), **fields})

    with pytest.raises(ValidationError) as caught:
        one.full_clean()

    assert place in caught.value.message_dict


def test_the_database_refuses_an_end_before_the_start():
    one = factories.OccurrenceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.filter(pk=one.pk).update(last_day=date(2025, 6, 1))


def test_sequence_grows_with_what_a_calendar_must_learn_and_uid_never_changes():
    one = factories.OccurrenceFactory()
    uid = one.uid

    one.reason_kk = "Жаңа себеп"
    one.save()
    after_words = one.sequence
    one.first_day = one.last_day = date(2025, 6, 9)
    one.save()

    assert (after_words, one.sequence, one.uid) == (0, 1, uid)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2025, 6, 1), date(2025, 6, 4), False),
        (date(2025, 6, 1), date(2025, 6, 5), True),
        (date(2025, 6, 6), date(2025, 6, 6), True),
        (date(2025, 6, 7), date(2025, 6, 30), True),
        (date(2025, 6, 8), date(2025, 6, 30), False),
    ],
)
def test_overlap_counts_both_ends(first, last, found):
    factories.OccurrenceFactory(first_day=date(2025, 6, 5), last_day=date(2025, 6, 7))

    assert Occurrence.objects.overlapping(first, last).exists() is found


def test_the_span_of_an_event_follows_its_occurrences():
    event = factories.EventFactory()
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 9))
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 1), last_day=date(2025, 6, 2))

    event.refresh_from_db()

    assert (event.first_day, event.last_day) == (date(2025, 6, 1), date(2025, 6, 9))


def test_one_plan_number_a_year():
    factories.EventFactory(plan_year=2025, plan_number="12")
    factories.EventFactory(plan_year=2026, plan_number="12")

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.EventFactory(plan_year=2025, plan_number="12")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2025, 6, 5), date(9999, 12, 31), "last_day"),
        (date(9999, 12, 31), None, "first_day"),
        (date(1025, 6, 5), date(2025, 6, 5), "first_day"),
    ],
)
def test_a_slip_in_the_year_is_named_at_its_field(first, last, field):
    one = Occurrence(event=factories.EventFactory(), first_day=first, last_day=last)

    with pytest.raises(ValidationError) as caught:
        one.full_clean()

    assert list(caught.value.message_dict) == [field]

"""What one person cannot both attend: pure rules in tables, then with real dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from events.itinerary import (
    Point,
    Stop,
    clashes_of,
    distance_km,
    overlap,
    stop_of,
    too_far_apart,
    travel_time,
)
from events.models import Event, Occurrence

from .. import factories

ORAL = Point(51.233, 51.367)
OSKEMEN = Point(49.95, 82.617)
ASTANA = Point(51.128, 71.43)
KARAGANDA = Point(49.802, 73.102)
SUBURB = Point(51.2, 71.6)


def _stop(start, end=None, point=None):
    """From "10:00" and "12:00" of one day; without any, some time of that day."""
    day = datetime(2025, 6, 5, tzinfo=UTC)
    if start is None:
        return Stop(day, day + timedelta(days=1), False, point)
    moments = [
        datetime.combine(day, time.fromisoformat(clock), tzinfo=UTC)
        for clock in (start, end or start)
    ]
    return Stop(*moments, True, point)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("10:00", "12:00"), ("11:00", "13:00"), True),
        (("10:00", "12:00"), ("10:00", "12:00"), True),
        (("10:00", "18:00"), ("12:00", "13:00"), True),
        (("10:00", "12:00"), ("12:00", "13:00"), False),
        (("10:00", "12:00"), ("15:00", "16:00"), False),
        (("10:00", None), ("10:00", None), True),
        (("10:00", "12:00"), ("11:00", None), True),
        (("10:00", None), ("11:00", "12:00"), False),
        (("10:00", None), ("11:00", None), False),
        ((None, None), ("11:00", "12:00"), False),
        ((None, None), (None, None), False),
    ],
)
def test_dates_overlap_when_known_clock_times_do(one, other, expected):
    one, other = _stop(*one), _stop(*other)

    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("10:00", "11:00", ORAL), ("13:00", "14:00", OSKEMEN), True),
        (("10:00", None, ORAL), ("13:00", None, OSKEMEN), True),
        # 190 km: under three hours of road and an hour more.
        (("10:00", "11:00", ASTANA), ("14:00", "15:00", KARAGANDA), True),
        (("10:00", "11:00", ASTANA), ("15:00", "16:00", KARAGANDA), False),
        (("15:00", "16:00", KARAGANDA), ("10:00", "11:00", ASTANA), False),
        (("10:00", "11:00", ASTANA), ("11:00", "12:00", SUBURB), False),
        (("10:00", "11:00", ASTANA), ("11:00", "12:00", ASTANA), False),
        # Without a clock time the whole day is there for the way.
        ((None, None, ASTANA), (None, None, KARAGANDA), False),
        ((None, None, ORAL), (None, None, OSKEMEN), True),
        ((None, None, KARAGANDA), ("10:00", "11:00", ASTANA), False),
        ((None, None, OSKEMEN), ("10:00", "11:00", ORAL), True),
        (("10:00", "11:00", None), ("11:00", "12:00", OSKEMEN), False),
    ],
)
def test_places_are_too_far_apart_when_the_way_takes_longer_than_there_is(one, other, expected):
    one, other = _stop(*one), _stop(*other)

    assert too_far_apart(one, other) is expected
    assert too_far_apart(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [(ORAL, OSKEMEN, 2190), (ASTANA, KARAGANDA, 190), (ASTANA, ASTANA, 0)],
)
def test_distances_follow_the_great_circle(one, other, km):
    assert round(distance_km(one, other), -1) == km
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))


@pytest.mark.parametrize(
    ("km", "hours"), [(0, 0), (30, 0), (70, 2), (140, 3), (2190, 2190 / 70 + 1)]
)
def test_a_way_takes_an_hour_and_seventy_kilometres_an_hour(km, hours):
    assert travel_time(km) == timedelta(hours=hours)


DAY = date(2025, 6, 5)


def _date(point, **fields):
    region = factories.RegionFactory(
        latitude=point.latitude,
        longitude=point.longitude,
        **{name: fields.pop(name) for name in ("centre_en",) if name in fields},
    )
    return factories.OccurrenceFactory(
        event__region=region, **{"first_day": DAY, "start_time": time(10), **fields}
    )


@pytest.mark.django_db
def test_oral_and_oskemen_on_one_day_are_said_in_words_of_each_language(at):
    oral = _date(ORAL, centre_en="Oral")
    oskemen = _date(OSKEMEN, centre_en="Oskemen", start_time=time(13))

    [clash] = clashes_of([oral, oskemen], at)

    with translation.override("en"):
        assert clash.sentence == (
            "Oral 10:00 and Oskemen 13:00 the same day, 5\u00a0June 2025: "
            "2190 km apart, about 32 hours by road."
        )
    with translation.override("ru"):
        assert "Между ними 2190 км, около 32 часов езды" in clash.sentence
    with translation.override("kk"):
        assert "Арасы 2190 км, көлікпен шамамен 32 сағат" in clash.sentence


@pytest.mark.django_db
def test_two_dates_at_the_same_hours_are_said_with_their_hours(at):
    first = _date(ASTANA, end_time=time(12))
    second = _date(ASTANA, start_time=time(11))

    [clash] = clashes_of([first, second], at)

    with translation.override("en"):
        assert clash.sentence == ("At the same time on 5\u00a0June 2025: 10:00–12:00 and 11:00.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"status": Occurrence.Status.CANCELLED},
        {"status": Occurrence.Status.POSTPONED},
        {"first_day": date(2025, 6, 6)},
        {"first_day": DAY, "last_day": date(2025, 6, 7)},
        {"precision": Occurrence.Precision.MONTH, "start_time": None},
        {"event__attendance_mode": Event.AttendanceMode.ONLINE, "start_time": time(13)},
    ],
    ids=["cancelled", "postponed", "another day", "many days", "a month only", "online"],
)
def test_what_takes_no_one_away_from_elsewhere_is_no_clash(at, fields):
    oral = _date(ORAL, centre_en="Oral")
    other = _date(OSKEMEN, **fields)

    assert clashes_of([oral, other], at) == []


@pytest.mark.django_db
def test_what_is_over_is_no_clash(at):
    first, second = _date(ASTANA), _date(ASTANA)

    assert len(clashes_of([first, second], at)) == 1
    assert clashes_of([first, second], at + timedelta(days=60)) == []


@pytest.mark.django_db
def test_the_place_is_the_venue_else_the_centre_of_the_region():
    occurrence = _date(ASTANA)
    there = stop_of(occurrence).point
    occurrence.venue = factories.VenueFactory(latitude="49.802", longitude="73.102")

    assert (there, stop_of(occurrence).point) == (ASTANA, KARAGANDA)


@pytest.mark.django_db
def test_an_event_all_over_the_country_is_nowhere_in_particular():
    occurrence = factories.OccurrenceFactory(event__region=None)

    assert stop_of(occurrence).point is None

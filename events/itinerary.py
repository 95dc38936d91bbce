"""Whether one person can be at all the dates of a programme: the same hours, places too far apart.

The rules know clock times and coordinates, no roads and no flights: what they find is a hint for
the visitor, in words that let the visitor judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, groupby
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assembly_site.languages.dates import write_date

from .models import Event, Occurrence

EARTH_RADIUS_KM = 6371
# Nearer than this is one town: nobody needs to be warned of the way.
SAME_TOWN_KM = 30
ROAD_KM_PER_HOUR = 70
TO_LEAVE_AND_ARRIVE = timedelta(hours=1)

DOES_NOT_HOLD = (Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED)


class Point(NamedTuple):
    """Degrees north and east."""

    latitude: float
    longitude: float


class Stop(NamedTuple):
    """A date of one day, as far as these rules need to know it.

    Without a known clock time it is some time between the start and the end of its day. A known
    start without a known end has `ends_at` equal to `starts_at`. Online, or nobody knows where:
    no `point`.
    """

    starts_at: datetime
    ends_at: datetime
    is_timed: bool = True
    point: Point | None = None


@dataclass
class Overlap:
    """Two dates at the same hours."""

    first: Occurrence
    second: Occurrence

    @property
    def sentence(self) -> str:
        return _("At the same time on %(day)s: %(first)s and %(second)s.") % {
            "day": write_date(self.first.first_day),
            "first": self.first.clock_times,
            "second": self.second.clock_times,
        }


@dataclass
class FarApart:
    """Two dates of one day between which there is no time for the way."""

    first: Occurrence
    second: Occurrence
    km: float

    @property
    def sentence(self) -> str:
        hours = round(travel_time(self.km) / timedelta(hours=1))
        return ngettext(
            "%(first)s and %(second)s the same day, %(day)s: %(km)s km apart, "
            "about %(hours)s hour by road.",
            "%(first)s and %(second)s the same day, %(day)s: %(km)s km apart, "
            "about %(hours)s hours by road.",
            hours,
        ) % {
            "first": _place_and_time(self.first),
            "second": _place_and_time(self.second),
            "day": write_date(self.first.first_day),
            "km": _rounded(self.km),
            "hours": hours,
        }


def clashes_of(occurrences: Iterable[Occurrence], at: datetime) -> list[Overlap | FarApart]:
    """What a visitor of all these dates must be told, in the order of the days.

    The dates come in order, with their event, its region, and their venue. What is over, does not
    hold, lasts several days or is known to no day counts for nothing.
    """
    counted = [one for one in occurrences if _counts(one, at)]
    found = []
    for _day, group in groupby(counted, key=lambda one: one.first_day):
        stops = [(one, stop_of(one)) for one in group]
        for (first, here), (second, there) in combinations(stops, 2):
            if overlap(here, there):
                found.append(Overlap(first, second))
            elif too_far_apart(here, there):
                found.append(FarApart(first, second, distance_km(here.point, there.point)))
    return found


def overlap(one: Stop, other: Stop) -> bool:
    """Whether two dates have an hour in common; only known clock times can tell."""
    if not (one.is_timed and other.is_timed):
        return False
    earlier, later = sorted([one, other], key=lambda stop: stop.starts_at)
    return later.starts_at == earlier.starts_at or later.starts_at < earlier.ends_at


def too_far_apart(one: Stop, other: Stop) -> bool:
    """Whether the way between two places cannot be made in time, in either order."""
    if one.point is None or other.point is None:
        return False
    way = travel_time(distance_km(one.point, other.point))
    return not (_leaves_time(one, other, way) or _leaves_time(other, one, way))


def _leaves_time(first, second, way):
    free_from = first.ends_at if first.is_timed else first.starts_at
    due_at = second.starts_at if second.is_timed else second.ends_at
    return due_at - free_from >= way


def travel_time(km: float) -> timedelta:
    """How long a way takes by road; nothing inside one town."""
    if km <= SAME_TOWN_KM:
        return timedelta(0)
    return timedelta(hours=km / ROAD_KM_PER_HOUR) + TO_LEAVE_AND_ARRIVE


def distance_km(one: Point, other: Point) -> float:
    """Along the great circle, in kilometres."""
    north, south = radians(one.latitude), radians(other.latitude)
    half_height = (south - north) / 2
    half_width = radians(other.longitude - one.longitude) / 2
    chord = sin(half_height) ** 2 + cos(north) * cos(south) * sin(half_width) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def stop_of(occurrence: Occurrence) -> Stop:
    """An occurrence of one known day as these rules see it."""
    is_timed = occurrence.start_time is not None
    has_open_end = is_timed and occurrence.end_time is None
    return Stop(
        occurrence.starts_at,
        occurrence.starts_at if has_open_end else occurrence.ends_at,
        is_timed,
        _point_of(occurrence),
    )


def _counts(occurrence, at):
    return (
        occurrence.has_day
        and not occurrence.many_days
        and not occurrence.is_over(at)
        and occurrence.status not in DOES_NOT_HOLD
    )


def _point_of(occurrence):
    """The venue, else the centre of the region; None for what is not in one place."""
    if occurrence.attendance_mode == Event.AttendanceMode.ONLINE:
        return None
    for place in (occurrence.venue, occurrence.event.region):
        if place and place.latitude is not None and place.longitude is not None:
            return Point(float(place.latitude), float(place.longitude))
    return None


def _place_and_time(occurrence):
    place = _place_name(occurrence)
    return f"{place} {occurrence.start_time:%H:%M}" if occurrence.start_time else place


def _place_name(occurrence):
    """The town where that is sure, else the region, else the venue."""
    region = occurrence.event.region
    if region is None:
        return occurrence.venue.name
    if region.latitude is None:
        return region.name
    centre = Point(float(region.latitude), float(region.longitude))
    is_in_town = distance_km(centre, _point_of(occurrence)) <= SAME_TOWN_KM
    return region.centre if is_in_town and region.centre else region.name


def _rounded(km):
    """To ten kilometres: the rule knows no more."""
    return int(round(km, -1))

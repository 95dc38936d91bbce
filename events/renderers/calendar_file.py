"""Occurrences as iCalendar (RFC 5545), right in every client.

Timed values stand in UTC, so no client needs a table of time zones; days stand as days, with the
exclusive end that RFC 5545 section 3.6.1 asks for. What is known only to the month is left out:
a calendar cannot hold it without inventing a day.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import get_language
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from assembly_site.languages.texts import printable, wording

from ..models import Event, Occurrence

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)

STATUSES = {
    Occurrence.Status.CANCELLED: "CANCELLED",
    Occurrence.Status.POSTPONED: "TENTATIVE",
}


def render(occurrences: Iterable[Occurrence], name: str) -> bytes:
    """A calendar in the active language; `name` is what a subscriber sees it called.

    The occurrences come with their event, category, region and venue. The same occurrences give
    the same bytes, so that a conditional request can be answered 304.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Assembly of People of Kazakhstan//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for occurrence in occurrences:
        if occurrence.has_day:
            calendar.add_component(_component(occurrence))
    return calendar.to_ical()


def _component(occurrence: Occurrence) -> CalendarEvent:
    event = occurrence.event
    changed = max(occurrence.updated_at, event.updated_at).replace(microsecond=0)
    component = CalendarEvent()
    component.add("uid", str(occurrence.uid))
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", occurrence.sequence)
    component.add("status", STATUSES.get(occurrence.status, "CONFIRMED"))
    # Some clients drop STATUS: the word itself must be there, and first.
    component.add(
        "summary", printable(occurrence.marked_title), parameters=_language(event, "title")
    )
    _add_times(component, occurrence)
    component.add("description", printable(_description(occurrence)))
    component.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    component.add("categories", [printable(event.category.title)])
    place = _place(occurrence)
    if place:
        component.add("location", printable(place))
    venue = _venue(occurrence)
    if venue and venue.latitude is not None:
        component.add("geo", (float(venue.latitude), float(venue.longitude)))
    return component


def _language(event, name):
    found = wording(event, name)
    return {"LANGUAGE": found.language or get_language()}


def _add_times(component, occurrence):
    if not occurrence.is_timed:
        component.add("dtstart", occurrence.first_day)
        component.add("dtend", occurrence.last_day + timedelta(days=1))
        return
    component.add("dtstart", _utc(occurrence.starts_at))
    if occurrence.end_time is not None:
        component.add("dtend", _utc(occurrence.ends_at))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _description(occurrence):
    """The summary, after the clock time where the entry itself cannot show it."""
    if occurrence.start_time is None or occurrence.is_timed:
        return occurrence.event.summary
    return f"{occurrence.when_in_full}\n{occurrence.event.summary}"


def _venue(occurrence):
    """Where one has to go; nowhere for what went online."""
    is_online = occurrence.attendance_mode == Event.AttendanceMode.ONLINE
    return None if is_online else occurrence.venue


def _place(occurrence):
    event, venue = occurrence.event, _venue(occurrence)
    if occurrence.attendance_mode == Event.AttendanceMode.ONLINE:
        return event.online_url or str(Event.AttendanceMode.ONLINE.label)
    parts = []
    if venue:
        parts += [venue.name, occurrence.room, venue.address]
    if event.region:
        parts.append(event.region.name)
    return ", ".join(part for part in parts if part)

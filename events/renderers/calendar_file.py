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

from assembly_site.languages.texts import wording

from ..models import Occurrence

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
    calendar.add("x-wr-calname", name)
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
    component.add("summary", occurrence.marked_title, parameters=_language(event, "title"))
    _add_times(component, occurrence)
    component.add("description", event.summary)
    component.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    component.add("categories", [event.category.title])
    place = _place(occurrence)
    if place:
        component.add("location", place)
    venue = occurrence.venue
    if venue and venue.latitude is not None:
        component.add("geo", (float(venue.latitude), float(venue.longitude)))
    return component


def _language(event, name):
    found = wording(event, name)
    return {"LANGUAGE": found.language or get_language()}


def _add_times(component, occurrence):
    if occurrence.start_time is None:
        component.add("dtstart", occurrence.first_day)
        component.add("dtend", occurrence.last_day + timedelta(days=1))
        return
    component.add("dtstart", _utc(occurrence.starts_at))
    if occurrence.end_time is not None:
        component.add("dtend", _utc(occurrence.ends_at))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _place(occurrence):
    parts = []
    if occurrence.venue:
        parts += [occurrence.venue.name, occurrence.venue.address]
    if occurrence.event.region:
        parts.append(occurrence.event.region.name)
    return ", ".join(part for part in parts if part)

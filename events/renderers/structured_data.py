"""An event as schema.org JSON-LD. Nothing is invented: what is not known is left out."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from assembly_site.places.models import Region

from ..models import Event, Occurrence

STATUSES = {
    Occurrence.Status.SCHEDULED: "EventScheduled",
    Occurrence.Status.RESCHEDULED: "EventRescheduled",
    Occurrence.Status.POSTPONED: "EventPostponed",
    Occurrence.Status.CANCELLED: "EventCancelled",
    Occurrence.Status.MOVED_ONLINE: "EventMovedOnline",
}
MODES = {
    Event.AttendanceMode.IN_PERSON: "OfflineEventAttendanceMode",
    Event.AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    Event.AttendanceMode.MIXED: "MixedEventAttendanceMode",
}


def of_event(event: Event, occurrence: Occurrence | None) -> dict:
    """The event as a JSON-LD object in the active language, at one of its occurrences.

    `occurrence` is the one that leads the page; without any, there is no valid Event to speak of
    and the answer is empty (schema.org wants a startDate).
    """
    if occurrence is None:
        return {}
    mode = occurrence.attendance_mode
    data = {
        "@context": "https://schema.org",
        "@type": event.category.schema_type,
        "name": event.title,
        "description": event.summary,
        "url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "startDate": start_of(occurrence),
        "endDate": end_of(occurrence),
        "previousStartDate": _previous_start(occurrence),
        "eventStatus": f"https://schema.org/{STATUSES[occurrence.status]}",
        "eventAttendanceMode": f"https://schema.org/{MODES[mode]}",
        "inLanguage": [language.code for language in event.terms["languages"]],
        "location": _locations(event, occurrence, mode),
        "organizer": _organizer(event),
        "image": f"{settings.SITE_URL}{event.picture.image.wide}" if event.picture else None,
        **_admission(event),
    }
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def of_region(region: Region) -> dict:
    """A region as a part of the country."""
    return {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": region.name,
        "url": f"{settings.SITE_URL}{region.get_absolute_url()}",
        "containedInPlace": {"@type": "Country", "name": "Kazakhstan", "identifier": "KZ"},
    }


def start_of(occurrence: Occurrence) -> str:
    """Day, month or moment (with +05:00) as ISO 8601, no more than is known."""
    if occurrence.start_time is None:
        return occurrence.first_partial.isoformat()
    return _local(occurrence.starts_at)


def end_of(occurrence: Occurrence) -> str | None:
    """The last day, included, or the moment; None where the end of a known start is not known."""
    if occurrence.end_time is not None:
        return _local(occurrence.ends_at)
    # A known start without a known end stays without one.
    if occurrence.start_time is not None and not occurrence.many_days:
        return None
    return occurrence.last_partial.isoformat()


def _previous_start(occurrence):
    if occurrence.status != Occurrence.Status.RESCHEDULED or not occurrence.previous_first_day:
        return None
    moment = occurrence.previous_start()
    return _local(moment) if moment else occurrence.previous_first_day.isoformat()


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


def _locations(event, occurrence, mode):
    places = []
    if mode != Event.AttendanceMode.IN_PERSON and event.online_url:
        places.append({"@type": "VirtualLocation", "url": event.online_url})
    if mode == Event.AttendanceMode.ONLINE:
        return places
    address = {"@type": "PostalAddress", "addressCountry": "KZ"}
    if event.region:
        address["addressRegion"] = event.region.name
    if occurrence.venue and occurrence.venue.address:
        address["streetAddress"] = occurrence.venue.address
    place = {"@type": "Place", "address": address}
    if occurrence.venue:
        place["name"] = occurrence.venue.name
        if occurrence.venue.latitude is not None:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": float(occurrence.venue.latitude),
                "longitude": float(occurrence.venue.longitude),
            }
    elif event.region:
        place["name"] = event.region.name
    return [*places, place]


def _organizer(event):
    return {"@type": "Organization", "name": event.organiser} if event.organiser else None


def _admission(event):
    if event.admission != Event.Admission.FREE:
        return {}
    offer = {"@type": "Offer", "price": 0, "priceCurrency": "KZT"}
    return {"isAccessibleForFree": True, "offers": offer}

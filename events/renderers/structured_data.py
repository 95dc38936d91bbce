"""An event as schema.org JSON-LD. Nothing is invented: what is not known is left out."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assembly_site.front.structured_data import CONTEXT, breadcrumbs, known, url_of
from assembly_site.front.templatetags.front import without_notes
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


# Of an event with more dates than these, the next ones are named.
MOST_DATES = 50


def of_event(event: Event, occurrence: Occurrence | None, at: datetime, parts=()) -> dict:
    """The event as a JSON-LD object in the active language.

    `occurrence` is the one that leads the page; without any, there is no valid Event to speak of
    and the answer is empty (schema.org wants a startDate). An event of several dates spans them
    all and names each as its `subEvent`; `parts` are the public events that belong to this one.
    """
    if occurrence is None:
        return {}
    dates = list(event.occurrences.all())
    when = _date(event, occurrence) if len(dates) == 1 else _span(event, occurrence, dates)
    data = {
        **CONTEXT,
        "@type": event.category.schema_type,
        **_identity(event),
        "description": without_notes(event.summary),
        **when,
        "inLanguage": [language.code for language in event.terms["languages"]],
        "organizer": _organizer(event),
        "sameAs": event.website,
        "image": _images(event),
        **_admission(event, occurrence, at),
        "superEvent": _super_event(event, at),
        "subEvent": [
            *(_part_on(event, one) for one in _coming_first(dates, at) if len(dates) > 1),
            *({"@type": part.category.schema_type, **_identity(part)} for part in parts),
        ],
    }
    return known(data)


def of_list(occurrences: Iterable[Occurrence]) -> dict:
    """The events of a page as an ItemList of addresses; each event speaks for itself on its own."""
    paths = dict.fromkeys(one.event.get_absolute_url() for one in occurrences)
    items = [
        {"@type": "ListItem", "position": position, "url": url_of(path)}
        for position, path in enumerate(paths, start=1)
    ]
    if not items:
        return {}
    return {**CONTEXT, "@type": "ItemList", "itemListElement": items}


def breadcrumbs_of(event: Event) -> dict:
    """The way from the home page to the event, as it stands above the event's title."""
    region = event.region
    return breadcrumbs(
        [
            (_("Programme"), reverse("events:programme")),
            *([(region.name, region.get_absolute_url())] if region else []),
            (event.title, event.get_absolute_url()),
        ]
    )


def of_region(region: Region) -> dict:
    """A region as a part of the country."""
    return {
        **CONTEXT,
        "@type": "AdministrativeArea",
        "name": region.name,
        "url": url_of(region.get_absolute_url()),
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


def _identity(event):
    return {"name": event.title, "url": url_of(event.get_absolute_url())}


def _date(event, occurrence):
    """What one date says of itself."""
    mode = occurrence.attendance_mode
    return {
        "startDate": start_of(occurrence),
        "endDate": end_of(occurrence),
        "previousStartDate": _previous_start(occurrence),
        "eventStatus": _status(occurrence),
        "eventAttendanceMode": _schema(MODES[mode]),
        "location": _locations(event, occurrence, mode),
    }


def _span(event, occurrence, dates):
    """What several dates say together: from the first to the last; on, while any of them is."""
    last = max(dates, key=lambda one: one.ends_at)
    modes = {one.attendance_mode for one in dates}
    mode = modes.pop() if len(modes) == 1 else Event.AttendanceMode.MIXED
    return {
        "startDate": start_of(dates[0]),
        "endDate": end_of(last) or last.last_partial.isoformat(),
        "eventStatus": _joint_status({one.status for one in dates}),
        "eventAttendanceMode": _schema(MODES[mode]),
        "location": _locations(event, occurrence, mode),
    }


def _part_on(event, occurrence):
    return known(
        {"@type": event.category.schema_type, **_identity(event), **_date(event, occurrence)}
    )


def _coming_first(dates, at):
    """The dates in their order: those ahead if there are any, and no more than a page can bear."""
    return ([one for one in dates if not one.is_over(at)] or dates)[:MOST_DATES]


def _schema(name):
    return f"https://schema.org/{name}"


def _status(occurrence):
    """The status; of what both moved online and to another day, both (schema.org takes a list)."""
    status = _schema(STATUSES[occurrence.status])
    if occurrence.status == Occurrence.Status.MOVED_ONLINE and occurrence.previous_first_day:
        return [status, _schema("EventRescheduled")]
    return status


def _joint_status(statuses):
    if len(statuses) == 1:
        return _schema(STATUSES[statuses.pop()])
    holds = statuses - {Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED}
    return _schema("EventScheduled" if holds else "EventPostponed")


def _previous_start(occurrence):
    moved = (Occurrence.Status.RESCHEDULED, Occurrence.Status.MOVED_ONLINE)
    if occurrence.status not in moved or not occurrence.previous_first_day:
        return None
    moment = occurrence.previous_start()
    return _local(moment) if moment else occurrence.previous_first_day.isoformat()


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


def _locations(event, occurrence, mode):
    places = []
    if mode != Event.AttendanceMode.IN_PERSON and event.online_url:
        places.append({"@type": "VirtualLocation", "url": event.online_url})
    return places if mode == Event.AttendanceMode.ONLINE else [*places, _place(event, occurrence)]


def _place(event, occurrence):
    venue = occurrence.venue
    address = {
        "@type": "PostalAddress",
        "addressCountry": "KZ",
        "addressRegion": event.region.name if event.region else None,
        "streetAddress": venue.address if venue else None,
    }
    place = {
        "@type": "Place",
        "name": venue.name if venue else address["addressRegion"],
        "address": known(address),
    }
    if venue and venue.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(venue.latitude),
            "longitude": float(venue.longitude),
        }
    return known(place)


def _organizer(event):
    # The event's web page is not the organiser's: its address is not known.
    return {"@type": "Organization", "name": event.organiser} if event.organiser else None


def _images(event):
    """The photograph, wide and as for networks; else the card that is drawn for sharing."""
    if event.picture:
        paths = [event.picture.image.wide, event.picture.image.social]
    else:
        paths = [reverse("card", args=["event", event.slug])]
    return [urljoin(settings.SITE_URL, path) for path in paths]


def _super_event(event, at):
    whole = event.part_of
    if whole is None or not whole.is_public(at):
        return None
    return {"@type": "Event", **_identity(whole)}


def _admission(event, occurrence, at):
    """What one pays and where one gets in; the address only while one can still use it."""
    is_free = event.admission == Event.Admission.FREE
    closed = occurrence.status == Occurrence.Status.CANCELLED or occurrence.is_over(at)
    price = 0 if is_free else event.price
    offer = {
        "price": None if price is None else int(price),
        "priceCurrency": None if price is None else "KZT",
        "url": None if closed else event.registration_url,
        "validThrough": _local(event.registration_until) if event.registration_until else None,
    }
    is_known = offer["price"] is not None or offer["url"]
    return {
        "isAccessibleForFree": True if is_free else None,
        "offers": {"@type": "Offer", **known(offer)} if is_known else None,
    }

"""Plain links with which a visitor keeps or passes on an event; none of them asks a third party."""

from dataclasses import dataclass
from datetime import UTC, timedelta

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from .models import Event, Occurrence


@dataclass
class Share:
    """The addresses under which an event is passed on."""

    url: str
    short_url: str
    telegram: str
    whatsapp: str
    qr: SafeString


def share_links(event: Event) -> Share:
    """Links in the active language; the QR code is an SVG of the short permanent link."""
    url = f"{settings.SITE_URL}{event.get_absolute_url()}"
    short_url = f"{settings.SITE_URL}{reverse('short-link', args=[event.pk])}"
    return Share(
        url=url,
        short_url=short_url,
        telegram="https://t.me/share/url?" + urlencode({"url": url, "text": event.title}),
        whatsapp="https://wa.me/?" + urlencode({"text": f"{event.title} {url}"}),
        qr=qr_code(short_url),
    )


def qr_code(url: str) -> SafeString:
    """The address for a phone's camera, as an SVG of paths alone, to stand in a page."""
    code = segno.make(url, error="m", micro=False)
    return mark_safe(code.svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=2))


def web_calendar_links(occurrence: Occurrence) -> dict[str, str]:
    """Addresses that open a filled form in Google's and in Outlook's calendar on the web.

    Empty for a date of which no day is known: a form would have to invent one.
    """
    if not occurrence.has_day:
        return {}
    event = occurrence.event
    url = f"{settings.SITE_URL}{event.get_absolute_url()}"
    start, end = _bounds(occurrence)
    place = ", ".join(
        part
        for part in (
            occurrence.venue.name if occurrence.venue else "",
            event.region.name if event.region else "",
        )
        if part
    )
    google = {
        "action": "TEMPLATE",
        "text": occurrence.marked_title,
        "dates": f"{start:%Y%m%d}/{end:%Y%m%d}"
        if not occurrence.is_timed
        else f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "details": f"{event.summary}\n{url}",
        "location": place,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": occurrence.marked_title,
        "startdt": start.isoformat(),
        "enddt": end.isoformat(),
        "allday": "false" if occurrence.is_timed else "true",
        "body": url,
        "location": place,
    }
    return {
        "Google": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        "Outlook": f"https://outlook.live.com/calendar/0/action/compose?{urlencode(outlook)}",
    }


def _bounds(occurrence):
    """Start and end in UTC, or first day and the exclusive end day."""
    if not occurrence.is_timed:
        return occurrence.first_day, occurrence.last_day + timedelta(days=1)
    start = occurrence.starts_at.astimezone(UTC)
    # Both forms want an end: where none is known the start stands for it.
    end = occurrence.ends_at.astimezone(UTC) if occurrence.end_time else start
    return start, end

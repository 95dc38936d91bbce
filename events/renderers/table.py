"""The programme as a table, for spreadsheets (CSV) and programs (JSON).

One row a date. The columns are documented on the open-data page; a new one is added at the end.
Days and times are those of the site's zone, written as ISO 8601; the last day is included.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from assembly_site.front import open_data, spreadsheet

from ..models import Occurrence
from .structured_data import end_of, start_of


def rows(occurrences: Iterable[tuple[Occurrence, dict[str, list[str]]]]) -> list[dict]:
    """Each date as a dictionary of plain values in the order of the columns.

    An occurrence comes with the codes of its event's `language`, `audience` and `access`.
    """
    return [_row(occurrence, codes) for occurrence, codes in occurrences]


def as_csv(table: list[dict]) -> str:
    return spreadsheet.as_csv(COLUMNS, table)


def as_json(table: list[dict], title: str, url: str) -> str:
    """The rows as a list called `occurrences`, in an object that says what they are."""
    return open_data.as_json(table, "occurrences", title, url)


def _row(occurrence, codes):
    event, venue = occurrence.event, occurrence.venue
    return {
        "id": occurrence.pk,
        "uid": str(occurrence.uid),
        "event": event.pk,
        "title": event.title,
        "summary": event.summary,
        "status": occurrence.status,
        "start": start_of(occurrence),
        "end": end_of(occurrence),
        "all_day": occurrence.all_day,
        "precision": occurrence.precision,
        "category": event.category.slug,
        "region": event.region.slug if event.region else None,
        "venue": venue.name if venue else None,
        "latitude": float(venue.latitude) if venue and venue.latitude is not None else None,
        "longitude": float(venue.longitude) if venue and venue.longitude is not None else None,
        "attendance_mode": occurrence.attendance_mode,
        "online_url": event.online_url or None,
        "admission": event.admission or None,
        "price": int(event.price) if event.price is not None else None,
        "languages": codes.get("language", []),
        "audiences": codes.get("audience", []),
        "access": codes.get("access", []),
        "organiser": event.organiser or None,
        "part_of": event.part_of_id,
        "url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "updated": _updated(occurrence).isoformat(timespec="seconds"),
    }


def _updated(occurrence):
    """When the row last changed, on the clock of the site."""
    return timezone.localtime(max(occurrence.updated_at, occurrence.event.updated_at))


COLUMNS = (
    "id", "uid", "event", "title", "summary", "status", "start", "end", "all_day", "precision",
    "category", "region", "venue", "latitude", "longitude", "attendance_mode", "online_url",
    "admission", "price", "languages", "audiences", "access", "organiser", "part_of", "url",
    "updated",
)  # fmt: skip

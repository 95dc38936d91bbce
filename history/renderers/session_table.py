"""The sessions as CSV. A new column is added at the end."""

from collections.abc import Iterable
from datetime import datetime

from assembly_site.front.spreadsheet import as_csv
from assembly_site.front.structured_data import url_of

from ..models import AssemblySession

COLUMNS = (
    "number", "roman", "date", "end", "city", "city_today", "venue", "theme", "chair",
    "participants", "participants_note", "documents", "decisions", "stage", "url",
)  # fmt: skip


def render(sessions: Iterable[AssemblySession], at: datetime) -> str:
    """A line a session; of chairs and stages only what is public at `at`."""
    return as_csv(COLUMNS, [_row(session, at) for session in sessions])


def _row(session, at):
    chair, stage = session.public_chair(at), session.public_stage(at)
    return {
        "number": session.number,
        "roman": session.roman,
        "date": str(session.date or ""),
        "end": str(session.end or ""),
        "city": session.city,
        "city_today": session.city_today,
        "venue": session.venue.name if session.venue else session.venue_text,
        "theme": session.theme,
        "chair": chair.name if chair else None,
        "participants": session.participants,
        "participants_note": session.participants_note,
        "documents": session.document_count,
        "decisions": session.decision_count,
        "stage": stage.slug if stage else None,
        "url": url_of(session.get_absolute_url()),
    }

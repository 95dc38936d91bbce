"""A page, a file: each asks the QuerySets and hands over."""

from .bodies import bodies, body, page_of_body, today
from .documents import document, documents, page_of_document
from .milestones import milestone, page_of_milestone
from .people import page_of_person, people, person
from .sessions import page_of_session, session, session_by_numeral, sessions, sessions_csv
from .sources import sources
from .stages import page_of_stage, stage
from .timeline import timeline, timeline_atom, timeline_json

__all__ = [
    "bodies",
    "body",
    "document",
    "documents",
    "milestone",
    "page_of_body",
    "page_of_document",
    "page_of_milestone",
    "page_of_person",
    "page_of_session",
    "page_of_stage",
    "people",
    "person",
    "session",
    "session_by_numeral",
    "sessions",
    "sessions_csv",
    "sources",
    "stage",
    "timeline",
    "timeline_atom",
    "timeline_json",
    "today",
]

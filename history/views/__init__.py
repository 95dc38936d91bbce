"""A page, a file: each asks the QuerySets and hands over."""

from .bodies import bodies, body, page_of_body, today
from .documents import document, documents, page_of_document
from .milestones import milestone, page_of_milestone
from .people import page_of_person, people, people_for_page, person
from .sessions import page_of_session, session, sessions
from .stages import page_of_stage, stage
from .timeline import timeline

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
    "people_for_page",
    "person",
    "session",
    "sessions",
    "stage",
    "timeline",
    "today",
]

"""Stage holds milestones; sessions take decisions; people hold appointments in bodies."""

from .body import Body, BodyName, Figure
from .document import Document
from .milestone import Milestone
from .person import Appointment, Person
from .session import AssemblySession, Decision
from .stage import Stage

__all__ = [
    "Appointment",
    "AssemblySession",
    "Body",
    "BodyName",
    "Decision",
    "Document",
    "Figure",
    "Milestone",
    "Person",
    "Stage",
]

"""What came of a session: of itself, and of each of its decisions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from assembly_site.places.joined_names import gathered

from .models import AssemblySession, Body, Decision, Document, Milestone


@dataclass
class Outcome:
    """A decision with the public things that it led to."""

    decision: Decision
    milestones: list[Milestone] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    @property
    def has_ties(self) -> bool:
        return bool(self.milestones or self.documents or self.bodies)


@dataclass
class LedTo:
    """The session's own milestones and documents, its decisions, and the Assembly that held it."""

    milestones: list[Milestone]
    documents: list[Document]
    outcomes: list[Outcome]
    assembly: Body | None


def what_came_of(session: AssemblySession, at: datetime) -> LedTo:
    """Three queries, however much there is; reads the session's prefetched decisions."""
    own = Q(session=session)
    milestones = list(Milestone.objects.public(at).of_session(session, own).in_order())
    documents = list(Document.objects.public(at).of_session(session, own).in_order())
    bodies = Body.objects.public(at).of_session_with_the_assembly(session)
    outcomes = [
        Outcome(one, _of(one, milestones), _of(one, documents), _of(one, bodies))
        for one in session.decisions.all()
    ]
    return LedTo(
        _once(one for one in milestones if one.session_id == session.pk),
        _once(one for one in documents if one.session_id == session.pk),
        outcomes,
        next((one for one in gathered(bodies) if one.kind == Body.Kind.ASSEMBLY), None),
    )


def _of(decision, rows):
    return _once(one for one in rows if one.decision_pk == decision.pk)


def _once(rows: Iterable) -> list:
    """Each object once: a row stands for one decision or one name of it."""
    return list({one.pk: one for one in rows}.values())

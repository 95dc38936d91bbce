"""What came of a session: of itself, and of each of its decisions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from .knots import Knot, read, row
from .models import AssemblySession, Decision, Milestone
from .threads import Thread, thread_rows, woven


@dataclass
class Outcome:
    """A decision, and the thread of the public things that it led to, if there are any."""

    decision: Decision
    thread: Thread | None


@dataclass
class LedTo:
    """The decisions of a session with what came of them, and its own milestones."""

    outcomes: list[Outcome]
    milestones: list[Knot]


def what_came_of(session: AssemblySession, at: datetime) -> LedTo:
    """One query, however much there is; reads the session's prefetched decisions."""
    milestones = Milestone.objects.public(at).filter(session=session)
    found = list(
        read(
            [
                *thread_rows(Q(session=session), at),
                row(milestones, "milestone", "slug", date="date", detail="theme", number="weight"),
            ]
        )
    )
    threads = {one.decision.decision: one for one in woven(one for one in found if one.decision)}
    return LedTo(
        [Outcome(one, threads.get(one.pk)) for one in session.decisions.all()],
        sorted(
            (one for one in found if not one.decision),
            key=lambda one: (one.date, one.number, one.key),
        ),
    )

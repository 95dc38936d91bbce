"""From decision to deed: what a session asked for, and all that came of it.

A thread begins with a session and its decision and leads through milestones, documents and bodies
to events of the programme. Threads are read in one query, however many they are and however many
knots they have, and only what visitors may see is on them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from assembly_site.languages.numerals import roman
from assembly_site.publishing.models import public_at

from .knots import ADDRESSES, Knot, read, row
from .models import Body, Decision, Document, Milestone

# A thread is shown when it leads somewhere: the session itself is its first knot.
FEWEST_KNOTS = 2
KNOTS_IN_SIGHT = 2
MOST_THREADS = 60
MOST_FURTHER = 200

# What other apps tie to the milestones of a thread: see `register`.
_FURTHER: dict[str, Callable[[datetime], QuerySet]] = {}


def register(kind: str, route: str, source: Callable[[datetime], QuerySet]) -> None:
    """Lets threads go on into another app, which this one does not know.

    `source(at)` gives the public objects that have a `milestone`, a `slug`, translated titles and
    the text of a partial date as `knot_date`; `route` names their address.
    """
    ADDRESSES[kind] = route
    _FURTHER[kind] = source


@dataclass
class Thread:
    """A decision, and in the order of their dates the things that came of it."""

    decision: Knot
    knots: list[Knot] = field(default_factory=list)

    @property
    def session_url(self) -> str:
        return self.decision.get_absolute_url()

    @property
    def session_roman(self) -> str:
        return roman(int(self.decision.key))

    @property
    def first_knots(self) -> list[Knot]:
        return self.knots[:KNOTS_IN_SIGHT]

    @property
    def further_knots(self) -> list[Knot]:
        """Those that a reader unfolds."""
        return self.knots[KNOTS_IN_SIGHT:]

    @property
    def is_shown(self) -> bool:
        return 1 + len(self.knots) >= FEWEST_KNOTS


def threads_of(decisions: Q, at: datetime) -> list[Thread]:
    """The threads of the decisions that fit, in the order of the sessions."""
    return woven(read(thread_rows(decisions, at)))


def threads_through(instance, at: datetime) -> list[Thread]:
    """The threads on which a milestone, a document, a body, a session or a stage lies."""
    return threads_of(decisions_about(instance), at)


def decisions_about(instance) -> Q:
    return _ABOUT[instance._meta.model_name](instance.pk)


_ABOUT = {
    "assemblysession": lambda pk: Q(session=pk),
    "stage": lambda pk: Q(session__stage=pk),
    "milestone": lambda pk: _tied("milestones", pk),
    "document": lambda pk: _tied("documents", pk) | _tied("milestones__documents", pk),
    "body": lambda pk: _tied("bodies", pk),
}


def _tied(relation, pk):
    return Q(pk__in=Decision.objects.filter(**{relation: pk}).order_by().values("pk"))


def thread_rows(decisions: Q, at: datetime) -> list[QuerySet]:
    """The rows of which `woven` makes threads; a page may read them together with its own."""
    scope = Decision.objects.filter(decisions, public_at(at, "session")).order_by()
    on_thread = {"decisions__in": scope.values("pk")}
    of_milestone = {"milestone__decisions__in": scope.values("pk")}
    milestone_is_public = public_at(at, "milestone") & public_at(at, "milestone__stage")
    documents = Document.objects.public(at)
    return [
        row(
            scope,
            "decision",
            Cast("session__number", CharField()),
            titles="text",
            outcomes="outcome",
            date="session__date",
            detail="state",
            decision="pk",
            number="number",
        ),
        row(
            Milestone.objects.public(at).filter(**on_thread),
            "milestone",
            "slug",
            date="date",
            detail="theme",
            decision="decisions",
        ),
        row(
            documents.filter(**on_thread),
            "document",
            "slug",
            date="date",
            detail="kind",
            decision="decisions",
        ),
        row(
            documents.filter(milestone_is_public, **of_milestone),
            "document",
            "slug",
            date="date",
            detail="kind",
            decision="milestone__decisions",
        ),
        row(
            Body.objects.public(at).filter(**on_thread),
            "body",
            "slug",
            date="founded",
            detail="kind",
            decision="decisions",
        ),
        *(
            row(
                _few(source(at).filter(milestone_is_public, **of_milestone)),
                kind,
                "slug",
                date="knot_date",
                decision="milestone__decisions",
            )
            for kind, source in _FURTHER.items()
        ),
    ]


def _few(rows):
    """No more than a page can show: a milestone may be the reason of thousands of events."""
    return rows.filter(pk__in=rows.order_by("pk").values("pk")[:MOST_FURTHER])


def woven(rows: Iterable[Knot]) -> list[Thread]:
    """The threads that lead somewhere, in the order of sessions and their decisions."""
    found: dict[int, Thread] = {}
    knots: set[Knot] = set()
    for one in rows:
        if one.kind == "decision":
            found[one.decision] = Thread(one)
        else:
            knots.add(one)
    for knot in sorted(knots, key=lambda one: (one.date or "9999", one.kind, one.key)):
        found[knot.decision].knots.append(knot)
    threads = sorted(
        (thread for thread in found.values() if thread.is_shown),
        key=lambda one: (int(one.decision.key), one.decision.number),
    )
    return threads[:MOST_THREADS]

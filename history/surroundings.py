"""What stands around a stage besides its milestones and sessions, read in one query."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assembly_site.publishing.models import public_at

from .knots import Knot, read, row
from .models import Body, BodyName, Document, Person, Stage
from .threads import Thread, decisions_about, thread_rows, woven


@dataclass
class Surroundings:
    """Threads of the stage's sessions, its documents by date, its people by the alphabet.

    `assembly_names` are what the Assembly was called in those years, in the order of time.
    """

    threads: list[Thread]
    documents: list[Knot]
    people: list[Knot]
    assembly_names: list[Knot]


def surroundings(stage: Stage, at: datetime) -> Surroundings:
    kinds = {"document": [], "person": [], "name": [], "thread": []}
    for one in read([*thread_rows(decisions_about(stage), at), *_rows_of(stage, at)]):
        kinds["thread" if one.decision else one.kind].append(one)
    return Surroundings(
        threads=woven(kinds["thread"]),
        documents=sorted(kinds["document"], key=lambda one: (one.date, one.key)),
        people=sorted(kinds["person"], key=lambda one: one.detail),
        assembly_names=_of_the_years(kinds["name"], stage),
    )


def _rows_of(stage, at):
    of_the_years = Q(date__gte=str(stage.start_year))
    if stage.end_year:
        of_the_years &= Q(date__lt=str(stage.end_year + 1))
    tied = Q(milestone__stage=stage) | Q(session__stage=stage) | Q(milestone=None, session=None)
    documents = Document.objects.public(at).filter(of_the_years, tied)
    took_part = (
        Q(milestones__stage=stage) & public_at(at, "milestones")
        | Q(sessions__stage=stage) & public_at(at, "sessions")
        | Q(sessions_chaired__stage=stage) & public_at(at, "sessions_chaired")
    )
    people = Person.objects.public(at).filter(took_part).distinct()
    assembly = Body.objects.public(at).filter(kind=Body.Kind.ASSEMBLY)
    names = BodyName.objects.filter(body__in=assembly.values("pk"))
    return [
        row(documents, "document", "slug", date="date", detail="kind"),
        row(people, "person", "slug", titles="name", detail="sort_name"),
        row(names, "name", "name_kk", titles="name", date="valid_from", detail="valid_to"),
        row(assembly, "name", "slug"),
    ]


def _of_the_years(names, stage):
    """The names in force in the years of the stage; of a year of change, the newer only.

    Today's name has no dates of its own: it follows the last of the former ones.
    """
    former = sorted((one for one in names if one.detail), key=lambda one: one.detail)
    today = [one for one in names if not one.detail]
    since = former[-1].detail if former else ""
    spans = [(one, one.date, one.detail) for one in former]
    spans += [(one._replace(date=since), since, "") for one in today]
    last = str(stage.end_year or "9999")
    inside = [one for one, start, end in spans if start[:4] < last and _ends_after(end, stage)]
    return inside or [one for one, start, _end in spans if start[:4] == last]


def _ends_after(end, stage):
    return not end or end[:4] > str(stage.start_year)

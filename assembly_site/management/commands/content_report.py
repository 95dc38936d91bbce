"""How much content there is: for editors, and for the numbers on the page about open data."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import models
from django.utils import timezone, translation

from assembly_site.languages.texts import LANGUAGE_CODES, count_words, text_columns
from assembly_site.places.models import Region, Venue
from assembly_site.publishing.models import Publishable
from assembly_site.sources.models import Citation, Source
from events.models import Event
from history.models import (
    Appointment,
    AssemblySession,
    Body,
    Decision,
    Document,
    Milestone,
    Stage,
)

from .load_content import LOADERS

MODELS = [loader.model for loader in LOADERS]
# What says of an object where it belongs: the more of it, the less a page is a dead end.
TIES = {
    AssemblySession: ["chair", "people"],
    Decision: ["milestones", "documents", "bodies"],
    Milestone: ["session", "people", "bodies"],
    Document: ["session", "milestone", "author", "bodies"],
    Body: ["part_of"],
    Appointment: ["body"],
    Event: ["session", "milestone"],
}


class Command(BaseCommand):
    help = "Counts the content by kind, language, region and stage, and its citations by state."

    def handle(self, *args, **options):
        at = timezone.now()
        with translation.override("en"):
            self._table(["kind", "public", "not public", *_word_heads()], _by_kind(at))
            self._table(["region", "events", "milestones", "sessions", "venues"], _by_region(at))
            self._table(["stage", "milestones", "sessions"], _by_stage(at))
            self._table(["tied", "tied to", "objects", "ties"], _by_tie())
            self._table(["citations of", *Citation.State.values, "all"], _by_state())
            self.stdout.write(f"{Source.objects.count()} sources")

    def _table(self, head, rows):
        lines = [head, *([str(cell) for cell in row] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for first, *others in lines:
            cells = [first.ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
            self.stdout.write("  ".join(cells))
        self.stdout.write("")


def _word_heads():
    return [f"words {code}" for code in LANGUAGE_CODES]


def _public(model, at):
    objects = model._default_manager
    return objects.public(at) if issubclass(model, Publishable) else objects.all()


def _by_kind(at):
    """Objects that visitors see, others, and the words of the former."""
    rows = []
    for model in MODELS:
        public = _public(model, at)
        count = public.count()
        words = [_words(public, code) for code in LANGUAGE_CODES]
        rows.append([_name(model), count, model._default_manager.count() - count, *words])
    return [*rows, ["all", *map(sum, list(zip(*rows, strict=True))[1:])]]


def _words(objects: models.QuerySet, code: str) -> int:
    names = text_columns(objects.model, code)
    return sum(count_words(text) for texts in objects.values_list(*names) for text in texts)


def _by_region(at):
    counts = [
        Counter(_public(model, at).values_list("region_id", flat=True).order_by())
        for model in (Event, Milestone, AssemblySession, Venue)
    ]
    places = [(region.name, region.pk) for region in Region.objects.all()]
    return [[name, *(one[pk] for one in counts)] for name, pk in [*places, ("no region", None)]]


def _by_stage(at):
    counts = [
        Counter(_public(model, at).values_list("stage_id", flat=True).order_by())
        for model in (Milestone, AssemblySession)
    ]
    stages = [(f"{stage.number}. {stage.title}", stage.pk) for stage in Stage.objects.all()]
    return [[name, *(one[pk] for one in counts)] for name, pk in [*stages, ("no stage", None)]]


def _by_tie():
    """Objects of everything that have the tie, and how many of it; drafts included."""
    rows = []
    for model, names in TIES.items():
        for name in names:
            tied = model._default_manager.filter(**{f"{name}__isnull": False}).order_by()
            objects = tied.values("pk").distinct().count()
            rows.append([_name(model), _tie_name(model, name), objects, tied.count()])
    return rows


def _tie_name(model, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _by_state():
    """Citations of everything, drafts included."""
    states = Citation.State.values
    counts = Counter(Citation.objects.values_list("target_type", "state").order_by())
    kinds = ContentType.objects.get_for_models(*MODELS)
    rows = [
        [_name(model), *(counts[kind.pk, state] for state in states)]
        for model, kind in kinds.items()
    ]
    rows = [[*row, sum(row[1:])] for row in rows if any(row[1:])]
    return [*rows, ["all", *map(sum, list(zip(*rows, strict=True))[1:])]] if rows else []


def _name(model):
    return str(model._meta.verbose_name_plural)

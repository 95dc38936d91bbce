"""Titles to choose from while a visitor types, in two queries at any size."""

from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from assembly_site.languages.texts import printable

from .answer import MOST_LETTERS
from .engines import HEADING, engine, engine_in_order
from .models import Entry, Synonym
from .question import Question, Reading, fits
from .ranking import ranked

SHOWN = 6
CANDIDATES = 300


class Suggestions(NamedTuple):
    """The best entries, and the readings that they fit."""

    entries: list[Entry]
    readings: list[Reading]


NOTHING = Suggestions([], [])


def suggestions(text: str, language: str, at: datetime) -> Suggestions:
    """What begins so or, where nothing does, what differs in a slip."""
    text = " ".join(printable(text).split())
    if len(text) > MOST_LETTERS or not any(map(str.isalnum, text)):
        return NOTHING
    question = Question(text, language, Synonym.objects.groups(), unfinished=True)
    if question.is_empty:
        return NOTHING
    candidates = list(_candidates(question, at))
    today = timezone.localdate(at)
    found = [one for one in candidates if _fits_any(one, question.readings)]
    if found:
        return Suggestions(ranked(found, question.readings, today)[:SHOWN], question.readings)
    vocabulary = chain.from_iterable(_heading(one).split() for one in candidates)
    corrected = question.corrected(vocabulary)
    if corrected is None:
        return NOTHING
    found = [one for one in candidates if _fits_any(one, [corrected])]
    return Suggestions(ranked(found, [corrected], today)[:SHOWN], [corrected])


def _candidates(question, at):
    """The entries that fit, and those that share a piece of a word, in one query."""
    language = question.language
    public = Entry.objects.current().public(at)
    fitting = public.filter(
        engine_in_order().fitting(language, question.readings, HEADING), language=language
    )
    wanted = Q(pk__in=_first(fitting))
    pieces = question.pieces()
    if pieces:
        alike = public.filter(engine().holding(language, pieces, HEADING))
        wanted |= Q(pk__in=_first(alike))
    return Entry.objects.filter(wanted).defer("summary", "body", "folded_body")


def _first(entries):
    return entries.order_by("order", "pk").values("pk")[:CANDIDATES]


def _fits_any(entry, readings):
    return any(fits(_heading(entry), reading) for reading in readings)


def _heading(entry):
    return f"{entry.folded_title}{entry.folded_others}{entry.folded_words}"

"""The two engines behind one question: which entries hold these needles?

A needle is a piece of folded text; with a space before it, it is the beginning of a word. Both
engines look for exactly the same letters, so they find the same entries.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Protocol

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from .question import Needles, Reading
from .trigrams import COLUMNS, texts_of

TITLE = COLUMNS[:1]
HEADING = COLUMNS[:3]
EVERYWHERE = COLUMNS
# A trigram index knows nothing of fewer letters.
FEWEST_LETTERS = 3


class Engine(Protocol):
    def holding(self, language: str, needles: Needles, columns: tuple[str, ...]) -> Q:
        """The entries of a language that hold any of some needles in any of some columns."""

    def fitting(self, language: str, readings: Iterable[Reading], columns: tuple[str, ...]) -> Q:
        """The entries that fit any reading: of each of its words they hold some meaning."""


class Postgresql:
    def holding(self, language, needles, columns):
        found = reduce(or_, (self._has(needle, columns) for needle in needles))
        return Q(language=language) & found

    def fitting(self, language, readings, columns):
        found = reduce(or_, (self._reading(reading, columns) for reading in readings))
        return Q(language=language) & found

    def _reading(self, reading, columns):
        return reduce(and_, (self._word(word, columns) for word in reading.words))

    def _word(self, word, columns):
        return reduce(
            or_,
            (
                reduce(and_, (self._has(needle, columns) for needle in meaning.needles))
                for meaning in word
            ),
        )

    @staticmethod
    def _has(needle, columns):
        # LIKE, which the trigram index answers.
        return reduce(or_, (Q(**{f"{column}__contains": needle}) for column in columns))


class Sqlite:
    # The rows that hold the words are looked up one by one.
    key = "pk"

    def holding(self, language, needles, columns):
        return self._matching(language, " OR ".join(map(_quoted, needles)), columns)

    def fitting(self, language, readings, columns):
        return self._matching(language, " OR ".join(map(self._reading, readings)), columns)

    def _reading(self, reading):
        return f"({' AND '.join(self._word(word) for word in reading.words)})"

    @staticmethod
    def _word(word):
        meanings = (" AND ".join(map(_quoted, meaning.needles)) for meaning in word)
        return f"({' OR '.join(f'({one})' for one in meanings)})"

    def _matching(self, language, expression, columns):
        texts = texts_of(language)
        names = " ".join(columns)
        # The table's name is ours, from a list of languages; all that was typed is a parameter.
        found = RawSQL(  # noqa: S611
            f"SELECT rowid FROM {texts} WHERE {texts} MATCH %s",  # noqa: S608
            [f"{{{names}}} : ({expression})"],
        )
        return Q(**{f"{self.key}__in": found})


class SqliteInOrder(Sqlite):
    """For questions that stop early: the index is walked in order until there is enough.

    The key is an expression, so SQLite cannot begin with the rows that hold the words: of a word
    that stands in every entry it would fetch and sort them all.
    """

    key = "row"


def _quoted(needle):
    """A string of FTS5; folded texts hold no quotation marks, but nothing rests on that."""
    return '"' + needle.replace('"', '""') + '"'


def engine() -> Engine:
    """For words that few entries hold."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


def engine_in_order() -> Engine:
    """For words that many entries hold, of which the first few are wanted.

    PostgreSQL knows by its statistics which way is shorter.
    """
    return Postgresql() if connection.vendor == "postgresql" else SqliteInOrder()

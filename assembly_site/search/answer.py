"""The answer to a question: what was found, in order, by type; or what would be found instead.

However much there is, it takes at most five queries: synonyms, what fits, and then either the
page of it, or what might have been meant. What fits is read up to a thousand entries; of more
than that only the first thousand are shown, and counted as "more than".
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz, process

from assembly_site.languages.texts import LANGUAGE_CODES, printable

from .engines import EVERYWHERE, HEADING, TITLE, engine, engine_in_order
from .entries import TYPES
from .models import Entry, Synonym
from .question import Question, Reading, fits
from .ranking import ranked

MOST_LETTERS = 200
MOST_COUNTED = 1000
ROWS_A_PAGE = 20
MOST_CARDS = 2
CANDIDATES = 1500
NEAREST_TITLES = 3
COMING_SHOWN = 3
DROPPED_WORDS = 5


@dataclass
class Count:
    """How many were found, no more exactly than they were counted."""

    found: int

    @property
    def is_more(self) -> bool:
        return self.found > MOST_COUNTED

    @property
    def number(self) -> int:
        return min(self.found, MOST_COUNTED)

    def __bool__(self):
        return self.found > 0


@dataclass
class Offer:
    """Another question that would find something."""

    text: str
    count: Count
    language: str


@dataclass
class Help:
    """What to do where nothing was found."""

    nearest: list[Entry]
    coming: list[Entry]
    fewer_words: list[Offer]
    other_languages: list[Offer]


class Answer:
    """What the index holds for a text, in one language, at one moment."""

    def __init__(self, text: str, language: str, at: datetime, type: str = "", page: int = 1):
        self.text = " ".join(printable(text).split())
        self.language = language
        self.at = at
        self.today = timezone.localdate(at)
        self.type = type
        self.page = page
        self.is_too_long = len(self.text) > MOST_LETTERS
        asked = "" if self.is_too_long else self.text
        self.question = Question(asked, language, _synonyms() if asked else ())
        self.corrected: Reading | None = None
        self._candidates: list[Entry] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is no word to look for."""
        return self.question.is_empty

    # What was found

    @cached_property
    def readings(self) -> list[Reading]:
        """The readings that found something; with slips corrected where nothing else did."""
        return [self.corrected] if self._found and self.corrected else self.question.readings

    @cached_property
    def _found(self) -> list[Entry]:
        """All that fits, up to one more than is counted, in no order."""
        if self.is_empty:
            return []
        found = list(self._fitting(self.question.readings).for_rank()[: MOST_COUNTED + 1])
        return found or self._found_by_correcting()

    def _found_by_correcting(self):
        self._candidates = list(self._might_be_meant())
        near = (one for one in self._candidates if not self._is_coming(one))
        vocabulary = chain.from_iterable(
            f"{one.folded_title}{one.folded_others}{one.folded_words}".split() for one in near
        )
        self.corrected = self.question.corrected(vocabulary)
        if self.corrected is None:
            return []
        fitting = self._fitting([self.corrected]).for_rank()
        # In order, so that of more than are ranked the same are taken everywhere.
        return list(fitting.order_by("order", "pk")[: MOST_COUNTED + 1])

    def _might_be_meant(self):
        """Entries that share a piece of a word, and the events that come next, in one query."""
        public = self._public()
        ahead = public.filter(language=self.language).ahead(self.today)
        coming = Q(pk__in=ahead.values("pk")[:COMING_SHOWN])
        pieces = self.question.pieces()
        if not pieces:
            return self._light(public.filter(coming))
        alike = public.filter(engine().holding(self.language, pieces, HEADING))
        first = alike.order_by("order", "pk").values("pk")[:CANDIDATES]
        return self._light(public.filter(Q(pk__in=first) | coming))

    @staticmethod
    def _light(entries):
        return entries.defer("summary", "body", "folded_summary", "folded_body", "keys")

    def _public(self):
        return Entry.objects.current().public(self.at)

    def _fitting(self, readings, columns=EVERYWHERE, language=None):
        return self._public().filter(engine().fitting(language or self.language, readings, columns))

    @property
    def _is_overfull(self):
        return len(self._found) > MOST_COUNTED

    # Counts

    @cached_property
    def counts(self) -> dict[str, Count]:
        """By type, and for all of them under the empty name."""
        if self._is_overfull and not self.corrected:
            return self._coarse[1]
        by_type = Counter(entry.type for entry in self._found)
        return {"": Count(len(self._found)), **{one: Count(by_type[one]) for one in TYPES}}

    @property
    def count(self) -> Count:
        """Of what is shown: of the type asked for, or of all."""
        return self.counts[self.type]

    @property
    def page_count(self) -> int:
        return max(1, -(-self.count.number // ROWS_A_PAGE))

    @property
    def has_page(self) -> bool:
        return self.page <= self.page_count

    # Rows

    @cached_property
    def ordered(self) -> list[Entry]:
        """All that is ranked, best first; where too much fits, see `_coarse`."""
        return ranked(self._found, self.readings, self.today)

    @cached_property
    def rows(self) -> list[Entry]:
        """The entries of the page, with all that is shown of them."""
        if not self.has_page:
            return []
        wanted = self._keys_of_page()
        entries = Entry.objects.in_bulk(wanted) if wanted else {}
        return [entries[key] for key in wanted if key in entries]

    def _keys_of_page(self):
        start, end = (self.page - 1) * ROWS_A_PAGE, self.page * ROWS_A_PAGE
        if self._is_overfull and not self.corrected:
            return self._coarse[0][start:end]
        of_type = (one for one in self.ordered if self.type in ("", one.type))
        return [entry.pk for entry in of_type][start : min(end, MOST_COUNTED)]

    @cached_property
    def _coarse(self) -> tuple[list[int], dict[str, Count]]:
        """Keys up to the end of the page, and counts, where too much fits to rank each entry.

        First what has all words in its title, then the rest, each in the order of the index: so
        the database stops as soon as the page is full. Both and the counts in one query.
        """
        most = min(self.page * ROWS_A_PAGE, MOST_COUNTED)
        of_type = {"type": self.type} if self.type else {}
        tiers = [
            self._walked(columns).filter(**of_type).order_by("order", "pk").values("id")[:most]
            for columns in (TITLE, EVERYWHERE)
        ]
        anything = self._walked(EVERYWHERE)
        counted = [_capped(anything.filter(type=one)) for one in TYPES]
        keys, counts = _keys_and_counts(tiers, counted)
        by_type = {one: Count(count) for one, count in zip(TYPES, counts, strict=True)}
        return keys, {"": Count(len(self._found)), **by_type}

    def _walked(self, columns):
        fitting = engine_in_order().fitting(self.language, self.readings, columns)
        return self._public().filter(fitting, language=self.language)

    @cached_property
    def cards(self) -> list[Entry]:
        """What was meant and nothing else: a session or a document by its number, a region."""
        if self.page != 1 or self.type:
            return []
        texts = {reading.text for reading in self.readings}
        return [one for one in self.rows if texts & set(one.keys.split("\n"))][:MOST_CARDS]

    @cached_property
    def repaired(self) -> str:
        """What the same keys say on the layout that found the first row; empty if as typed."""
        if self.corrected or not self.rows:
            return ""
        first = self.rows[0]
        text = "".join(
            (
                first.folded_title,
                first.folded_others,
                first.folded_words,
                first.folded_summary,
                first.folded_body,
            )
        )
        if fits(text, self.question.typed):
            return ""
        pairs = zip(self.question.layouts, self.question.repaired, strict=True)
        return next((layout for layout, reading in pairs if fits(text, reading)), "")

    # What to do where nothing was found

    @cached_property
    def help(self) -> Help:
        offers = self._offers()
        counts = _counts([_capped(one) for _text, _language, one in offers])
        found = [
            Offer(text, Count(count), language)
            for (text, language, _entries), count in zip(offers, counts, strict=True)
            if count
        ]
        return Help(
            self._nearest(),
            self._coming(),
            [one for one in found if one.language == self.language],
            [one for one in found if one.language != self.language],
        )

    def _offers(self):
        if self.is_empty:
            return []
        words = self.question.words
        fewer = [self.question.without(place) for place in range(len(words))]
        own = [
            (text, self.language, self._fitting([reading]))
            for text, reading in fewer[:DROPPED_WORDS]
            if len(words) > 1
        ]
        others = [
            (
                self.text,
                code,
                self._fitting(
                    Question(self.text, code, self.question.synonyms).readings, language=code
                ),
            )
            for code in LANGUAGE_CODES
            if code != self.language
        ]
        return own + others

    def _nearest(self):
        titles = {one.pk: one.folded_title for one in self._candidates if not self._is_coming(one)}
        nearest = process.extract(
            self.question.folded, titles, scorer=fuzz.token_set_ratio, limit=len(titles)
        )
        # Among equals the shorter title: less of it was not asked for.
        nearest.sort(key=lambda found: (-found[1], len(found[0]), found[2]))
        entries = {one.pk: one for one in self._candidates}
        return [entries[key] for _title, _likeness, key in nearest[:NEAREST_TITLES]]

    def _coming(self):
        coming = filter(self._is_coming, self._candidates)
        return sorted(coming, key=lambda one: (one.last_day, one.pk))[:COMING_SHOWN]

    def _is_coming(self, entry):
        return entry.type == "events" and not entry.is_past(self.today)


def _synonyms():
    return Synonym.objects.groups()


def _capped(entries):
    return entries.order_by().values("id")[: MOST_COUNTED + 1]


def _counts(capped) -> list[int]:
    return _keys_and_counts([], capped)[1] if capped else []


def _keys_and_counts(tiers, capped) -> tuple[list[int], list[int]]:
    """The keys of some queries, in their order and each once, and the sizes of others.

    One statement, since Django cannot join queries that are cut on SQLite.
    """
    parts, params = [], []
    for number, query in enumerate(tiers):
        sql, values = query.query.sql_with_params()
        parts.append(f"SELECT {number}, id, 0 FROM ({sql}) AS part_{number}")  # noqa: S608
        params += values
    for number, query in enumerate(capped, start=len(tiers)):
        sql, values = query.query.sql_with_params()
        parts.append(f"SELECT {number}, 0, count(*) FROM ({sql}) AS part_{number}")  # noqa: S608
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    rows.sort(key=lambda row: row[0])  # stable: within a tier the order of the database stands
    keys = dict.fromkeys(key for number, key, _count in rows if number < len(tiers))
    return list(keys), [count for number, _key, count in rows if number >= len(tiers)]

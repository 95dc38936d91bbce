"""All public questions about the programme, answered without reading it row by row each time.

A bitmap index (see `selections`): "concerts in Abai that are free" is two `&`, and the number
that an option of a filter would give is one `bit_count()`.

Each process reads the index once for each version of the content. It knows nothing of the clock:
what is public, ahead or over is asked with `at`.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from assembly_site.languages.folding import fold
from assembly_site.languages.sorting import kazakh_key
from assembly_site.languages.texts import LANGUAGE_CODES, columns
from assembly_site.places.models import Region
from assembly_site.publishing.models import ContentVersion, Status
from assembly_site.search.objects import keys_found

from .models import (
    AccessProvision,
    Audience,
    Category,
    Event,
    Holiday,
    Occurrence,
    SpokenLanguage,
)
from .selections import ANSWERS_KEPT, Date, Masks, Order, Selection, Shape

# The words that events are filtered by: model, columns of code, name and order.
VOCABULARIES = {
    "region": (Region, "slug", "name", "sort_order"),
    "inside": (Region, "slug", "name_inside", "sort_order"),
    "category": (Category, "slug", "title", "order"),
    "audience": (Audience, "code", "title", "order"),
    "language": (SpokenLanguage, "code", "title", "order"),
    "access": (AccessProvision, "code", "title", "order"),
}
MANY_WORDS = {"audience": "audiences", "language": "languages", "access": "access"}


class Word(NamedTuple):
    """One option of a filter: its code in addresses, its name in each language."""

    code: str
    names: dict[str, str]

    @property
    def name(self) -> str:
        """In the active language, else in the first that has it."""
        return self.names.get(self.language) or self.code

    @property
    def language(self) -> str:
        """The language that the name is really in."""
        wanted = get_language() or LANGUAGE_CODES[0]
        return next((code for code in (wanted, *self.names) if self.names.get(code)), wanted)


class ProgrammeIndex:
    """Every published event with its dates.

    `events` are (key, public from, public until) in the order of their bits; `dates` stand in the
    order of their start; `words` are the vocabularies in their order, `holidays` those of a year in
    theirs; the masks say which events and which dates have which word.
    """

    def __init__(
        self,
        shape: Shape,
        events: list[tuple[int, datetime, datetime | None]],
        dates: list[Date],
        words: dict[str, list[Word]],
        holidays: list[Holiday],
        event_masks: dict[str, dict[str, int]],
        date_masks: dict[str, dict[str, Masks]],
    ):
        self.event_ids = [pk for pk, _start, _end in events]
        self.words = words
        self.holidays = holidays
        self.event_masks = event_masks
        self.date_masks = date_masks
        self.masks_of = shape.masks_of
        self.in_order = Order(shape, dates, attrgetter("place"))
        self._by_start = Order(shape, dates, attrgetter("starts_at"))
        self.no_dates = shape.masks_of([])
        self.of_known_days = shape.masks_of(one for one in dates if one.has_day)
        self._by_end = Order(shape, dates, attrgetter("ends_at"))
        self._by_first_day = Order(shape, dates, attrgetter("first_day"))
        self._by_last_day = Order(shape, dates, attrgetter("last_day"))
        self._shape = shape
        self._events = events
        self._everything = Selection(self, shape.masks_of(dates))
        self._boundaries = sorted(
            moment for _pk, *pair in events for moment in pair if moment is not None
        )
        # Between two boundaries all moments have one answer, so a few answers serve everyone.
        kept = lru_cache(ANSWERS_KEPT)
        self._public_since = kept(self._public_since)
        self._mask_of_words = kept(self._mask_of_words)
        self._by_title = kept(self._by_title)

    @property
    def dates(self) -> list[Date]:
        """Every date in the order of a list."""
        return self.in_order.dates

    def public(self, at: datetime) -> Selection:
        """All dates of the events that visitors may see at this moment."""
        place = bisect_right(self._boundaries, at)
        return self._everything.of_events(self._public_since(place) if place else 0)

    def ahead(self, at: datetime) -> Masks:
        """The dates that have not ended."""
        return self._everything.without(self._by_end.until(at)).layers

    def begun(self, at: datetime) -> Masks:
        """The dates that have started, over or not."""
        return self._by_start.until(at)

    def overlapping(self, first: date, last: date) -> Masks:
        """The dates with any part between two days, both included (site time)."""
        begun = Selection(self, self._by_first_day.until(last))
        return begun.without(self._by_last_day.before(first)).layers

    def begun_before(self, day: date) -> Masks:
        """The dates of a known day that begin before the given one."""
        return Selection(self, self._by_first_day.before(day)).of_dates(self.of_known_days).layers

    @cached_property
    def months(self) -> dict[tuple[int, int], Masks]:
        """For each month in which anything is on, the dates with any part in it.

        What is known to the year alone belongs to no month.
        """
        found = defaultdict(list)
        for one in self.dates:
            if one.is_of_a_time:
                for month in _months_of(one):
                    found[month].append(one)
        return {month: self.masks_of(found[month]) for month in sorted(found)}

    @cached_property
    def weeks(self) -> dict[tuple[int, date], Masks]:
        """The dates of a known day by the year and the week (its Monday) in which they begin."""
        found = defaultdict(list)
        for one in self.dates:
            if one.has_day:
                day = one.first_day
                found[day.year, day - timedelta(days=day.weekday())].append(one)
        return {week: self.masks_of(dates) for week, dates in found.items()}

    def mask_of_words(self, text: str) -> int:
        """The events that the search finds by these words in the active language."""
        return self._mask_of_words(text, get_language() or LANGUAGE_CODES[0])

    def _mask_of_words(self, text, language):
        keys = keys_found("event", text, language)
        if keys is None:
            return self._everything.events
        return self._shape.mask_of_events(self._bits[key] for key in keys if key in self._bits)

    @cached_property
    def _bits(self):
        return {pk: bit for bit, pk in enumerate(self.event_ids)}

    def codes_of(self, one: Date) -> dict[str, list[str]]:
        """The words of a date's event, by facet, in the order of the vocabulary."""
        return {
            facet: [code for code, mask in masks if mask[one.bit >> 3] >> (one.bit & 7) & 1]
            for facet, masks in self._codes
        }

    @cached_property
    def _codes(self):
        return [
            (
                facet,
                [
                    (word.code, self._shape.bytes_of_events(mask))
                    for word in self.words[facet]
                    if (mask := self.event_masks.get(facet, {}).get(word.code))
                ],
            )
            for facet in MANY_WORDS
        ]

    @property
    def by_title(self) -> Order:
        """The dates by the title of their event in the active language."""
        return self._by_title(get_language() or LANGUAGE_CODES[0])

    def _by_title(self, language):
        place = LANGUAGE_CODES.index(language)
        key = kazakh_key if language == "kk" else fold
        keys = [key(titles[place] or next(filter(None, titles), "")) for titles in self._titles]
        return Order(self._shape, self.dates, lambda one: keys[one.bit])

    def _public_since(self, place):
        at = self._boundaries[place - 1]
        return self._shape.mask_of_events(
            bit
            for bit, (_pk, start, end) in enumerate(self._events)
            if start <= at and (end is None or end > at)
        )

    @cached_property
    def _titles(self):
        """For each bit the titles in each language."""
        rows = Event.objects.filter(status=Status.PUBLISHED).values_list("pk", *columns("title"))
        titles = {pk: found for pk, *found in rows.iterator()}
        return [titles.get(pk, [""] * len(LANGUAGE_CODES)) for pk in self.event_ids]


def _months_of(one: Date) -> Iterator[tuple[int, int]]:
    """The months, as year and number, in which a date has any part."""
    year, month = one.first_day.year, one.first_day.month
    while (year, month) <= (one.last_day.year, one.last_day.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def programme_index() -> ProgrammeIndex:
    """The index of the content as it is now; read again only when the content has changed."""
    global _held  # noqa: PLW0603 — one index a process is the point
    token = ContentVersion.objects.token()
    with _one_at_a_time:
        if _held is None or _held[0] != token:
            _held = (token, read_index())
        return _held[1]


# However many ask at once after a change, the index is read once.
_one_at_a_time = Lock()
_held: tuple[str, ProgrammeIndex] | None = None


def read_index() -> ProgrammeIndex:
    """Reads what the database holds, in two queries."""
    columns_read = (
        "pk", "event_id", "starts_at", "ends_at", "first_day", "last_day", "precision", "status",
        "event__region__slug", "event__category__slug", "event__admission",
        "event__attendance_mode", "event__publish_at", "event__unpublish_at",
    )  # fmt: skip
    published = Occurrence.objects.filter(event__status=Status.PUBLISHED).in_order()
    rows = list(published.values_list(*columns_read).iterator(chunk_size=5000))
    date_counts = Counter(event_id for _pk, event_id, *_rest in rows)
    bits = {event_id: bit for bit, (event_id, _count) in enumerate(date_counts.most_common())}
    shape = Shape(_events_in_layers(date_counts))
    next_layer: Counter = Counter()
    events: list = [None] * len(bits)
    dates: list[Date] = []
    event_pairs: dict = defaultdict(lambda: defaultdict(list))
    date_pairs: dict = defaultdict(lambda: defaultdict(list))
    for row in rows:
        pk, event_id, *moments, precision, status, region, category, admission, mode, start, end = (
            row
        )
        bit = bits[event_id]
        layer = next_layer[event_id]
        next_layer[event_id] += 1
        dates.append(Date(pk, bit, layer, *moments, precision == Occurrence.Precision.DAY))
        if layer == 0:
            events[bit] = (event_id, start, end)
            for facet, code in (
                ("region", region), ("category", category), ("admission", admission),
            ):  # fmt: skip
                event_pairs[facet][code].append(bit)
        date_pairs["status"][status].append((bit, layer))
        date_pairs["mode"][_mode(status, mode)].append((bit, layer))
    short_rows = _short_rows()
    for facet in MANY_WORDS:
        for event_id, code, *_rest in short_rows.get(_having(facet), []):
            if event_id in bits:
                event_pairs[facet][code].append(bits[event_id])
    return ProgrammeIndex(
        shape,
        events,
        dates,
        _words(short_rows),
        _holidays(short_rows),
        {
            facet: {code: shape.mask_of_events(found) for code, found in by_code.items() if code}
            for facet, by_code in event_pairs.items()
        },
        {
            facet: {code: shape.masks_of_pairs(pairs) for code, pairs in by_code.items()}
            for facet, by_code in date_pairs.items()
        },
    )


def _events_in_layers(date_counts: Counter) -> list[int]:
    """How many events have more than no date, more than one, more than two …"""
    having = Counter(date_counts.values())
    most = max(having, default=0)
    return list(accumulate(having[count] for count in range(most, 0, -1)))[::-1]


def _mode(status, mode):
    """How one takes part in this very date."""
    moved = status == Occurrence.Status.MOVED_ONLINE
    return Event.AttendanceMode.ONLINE.value if moved else mode


def _short_rows() -> dict[str, list[tuple]]:
    """The short tables in one query: the words, which events have which, and the holidays.

    By kind, rows of (number, code, since, until, names); what a table does not have is 0 or empty.
    """
    nothing, no_words = Value(0), [Value("")] * len(LANGUAGE_CODES)
    queries = [
        _rows(model, facet, F(order), F(code), nothing, nothing, *map(F, columns(name)))
        for facet, (model, code, name, order) in VOCABULARIES.items()
    ]
    for facet, name in MANY_WORDS.items():
        through = Event._meta.get_field(name).remote_field.through
        code = F(f"{VOCABULARIES[facet][0]._meta.model_name}__code")
        queries.append(
            _rows(through, _having(facet), F("event_id"), code, nothing, nothing, *no_words)
        )
    day_of_year, texts = F("month") * 100 + F("day"), map(F, columns("title"))
    since, until = Coalesce("since", nothing), Coalesce("until", nothing)
    queries.append(_rows(Holiday, "holiday", day_of_year, Value(""), since, until, *texts))
    found = defaultdict(list)
    for kind, number, code, since, until, *names in queries[0].union(*queries[1:], all=True):
        found[kind].append((number, code, since, until, names))
    return {kind: sorted(rows) for kind, rows in found.items()}


def _rows(model, kind, *expressions):
    return model.objects.order_by().values_list(Value(kind, output_field=CharField()), *expressions)


def _having(facet):
    return f"having {facet}"


def _words(rows) -> dict[str, list[Word]]:
    """The words of each filter in their order."""
    return {
        facet: [
            Word(code, dict(zip(LANGUAGE_CODES, names, strict=True)))
            for _order, code, _since, _until, names in rows.get(facet, [])
        ]
        for facet in VOCABULARIES
    }


def _holidays(rows) -> list[Holiday]:
    return [
        Holiday(
            month=number // 100,
            day=number % 100,
            since=since or None,
            until=until or None,
            **dict(zip(columns("title"), names, strict=True)),
        )
        for number, _code, since, until, names in rows.get("holiday", [])
    ]

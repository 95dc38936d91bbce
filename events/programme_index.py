"""All public questions about the programme, answered without reading it row by row each time.

A bitmap index: each event is one bit of a Python integer, so "concerts in Abai that are free" is
two `&`, and the number that an option of a filter would give is one `bit_count()`. The dates of
events stand in layers: layer 0 holds the first date of each event, layer 1 the second, and so on,
always at the bit of their event. The `|` of all layers is therefore the set of events.

Each process reads the index once for each version of the content. It knows nothing of the clock:
what is public, ahead or over is asked with `at`.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, Self

from django.db.models import CharField, F, Value
from django.utils.translation import get_language

from assembly_site.languages.folding import fold
from assembly_site.languages.sorting import kazakh_key
from assembly_site.languages.texts import LANGUAGE_CODES, columns
from assembly_site.places.models import Region
from assembly_site.publishing.models import ContentVersion, Status

from .models import AccessProvision, Audience, Category, Event, Occurrence, SpokenLanguage

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
# What a visitor's words are looked for in.
SEARCHED = (
    *columns("title"),
    *columns("summary"),
    *columns("organiser"),
    *columns("region__name"),
    *columns("category__title"),
)
ANSWERS_KEPT = 64


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


class Date(NamedTuple):
    """What the index keeps of one occurrence."""

    pk: int
    bit: int
    layer: int
    starts_at: datetime
    ends_at: datetime
    first_day: date
    last_day: date
    has_day: bool


Masks = tuple[int, ...]


@dataclass(frozen=True)
class Selection:
    """Some of the dates of the programme: a mask for each layer."""

    index: "ProgrammeIndex"
    layers: Masks

    def of_events(self, mask: int) -> Self:
        """Those whose event is in the mask."""
        return type(self)(self.index, tuple(layer & mask for layer in self.layers))

    def of_dates(self, masks: Masks) -> Self:
        """Those that are in the masks, layer by layer."""
        return self._with_each(masks, int.__and__)

    def joined(self, other: Self) -> Self:
        """Those that are in either."""
        return self._with_each(other.layers, int.__or__)

    def without(self, masks: Masks) -> Self:
        return self._with_each(masks, lambda layer, mask: layer & ~mask)

    def _with_each(self, masks, operation):
        return type(self)(self.index, tuple(map(operation, self.layers, masks)))

    @property
    def events(self) -> int:
        """The mask of the events that have a date here."""
        mask = 0
        for layer in self.layers:
            mask |= layer
        return mask

    @property
    def event_count(self) -> int:
        return self.events.bit_count()

    def __len__(self) -> int:
        return sum(layer.bit_count() for layer in self.layers)

    def __iter__(self) -> Iterator[Date]:
        return self.walk(self.index.dates)

    def newest_first(self) -> Iterator[Date]:
        return self.walk(reversed(self.index.dates))

    def walk(self, dates: Iterable[Date]) -> Iterator[Date]:
        """Those of the given dates that are in the selection, in the given order."""
        size = len(self.index.event_ids) // 8 + 1
        masks = [layer.to_bytes(size, "little") for layer in self.layers]
        for one in dates:
            if masks[one.layer][one.bit >> 3] >> (one.bit & 7) & 1:
                yield one


class Listing:
    """The dates of a selection in an order, as a sequence that is walked only as far as asked."""

    def __init__(self, walk: Callable[[], Iterator[Date]], count: int):
        self._walk = walk
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Date]:
        return self._walk()

    def __getitem__(self, part: slice) -> list[Date]:
        return list(islice(self._walk(), part.start, part.stop))


class ProgrammeIndex:
    """Every published event with its dates.

    `events` are (key, public from, public until) in the order of their bits; `dates` stand in the
    order of their start; `words` are the vocabularies in their order; the masks say which events
    and which dates have which word.
    """

    def __init__(
        self,
        events: list[tuple[int, datetime, datetime | None]],
        dates: list[Date],
        words: dict[str, list[Word]],
        event_masks: dict[str, dict[str, int]],
        date_masks: dict[str, dict[str, Masks]],
    ):
        self.event_ids = [pk for pk, _start, _end in events]
        self.dates = dates
        self.words = words
        self.event_masks = event_masks
        self.date_masks = date_masks
        self._events = events
        self._layer_count = 1 + max((one.layer for one in dates), default=0)
        self._everything = Selection(self, self.masks_of(dates))
        self._starts = [one.starts_at for one in dates]
        self._ends = sorted(one.ends_at for one in dates)
        self.of_known_days = self.masks_of(one for one in dates if one.has_day)
        self._boundaries = sorted(
            moment for _pk, *pair in events for moment in pair if moment is not None
        )
        # Between two boundaries all moments have one answer, so a few answers serve everyone.
        kept = lru_cache(ANSWERS_KEPT)
        self._public_since = kept(self._public_since)
        self._ahead_since = kept(self._ahead_since)
        self._begun_until = kept(self._begun_until)
        self.overlapping = kept(self.overlapping)
        self.begun_before = kept(self.begun_before)
        self._ranks = kept(self._ranks)
        self._texts = kept(self._texts)

    def public(self, at: datetime) -> Selection:
        """All dates of the events that visitors may see at this moment."""
        place = bisect_right(self._boundaries, at)
        return self._everything.of_events(self._public_since(place) if place else 0)

    def ahead(self, at: datetime) -> Masks:
        """The dates that have not ended."""
        return self._ahead_since(bisect_right(self._ends, at))

    def begun(self, at: datetime) -> Masks:
        """The dates that have started, over or not."""
        return self._begun_until(bisect_right(self._starts, at))

    def overlapping(self, first: date, last: date) -> Masks:
        """The dates with any part between two days, both included (site time)."""
        return self.masks_of(
            one for one in self.dates if one.first_day <= last and one.last_day >= first
        )

    def begun_before(self, day: date) -> Masks:
        """The dates of a known day that begin before the given one."""
        return self.masks_of(one for one in self.dates if one.has_day and one.first_day < day)

    def masks_of(self, dates: Iterable[Date]) -> Masks:
        return _masks(((one.bit, one.layer) for one in dates), self._layer_count, self._size)

    def mask_of_words(self, text: str) -> int:
        """The events whose texts, in any language, hold every word of the given text."""
        needles = fold(text).split()
        found = (
            (bit, 0)
            for bit, (_titles, haystack) in enumerate(self._texts())
            if all(needle in haystack for needle in needles)
        )
        return _masks(found, 1, self._size)[0]

    def codes_of(self, one: Date) -> dict[str, list[str]]:
        """The words of a date's event, by facet, in the order of the vocabulary."""
        return {
            facet: [
                word.code
                for word in self.words[facet]
                if self.event_masks.get(facet, {}).get(word.code, 0) >> one.bit & 1
            ]
            for facet in MANY_WORDS
        }

    def rank(self, one: Date) -> int:
        """The place of a date's event among all, by title in the active language."""
        return self._ranks(get_language() or LANGUAGE_CODES[0])[one.bit]

    @property
    def _size(self):
        return len(self.event_ids) // 8 + 1

    def _public_since(self, place):
        at = self._boundaries[place - 1]
        seen = (
            (bit, 0)
            for bit, (_pk, start, end) in enumerate(self._events)
            if start <= at and (end is None or end > at)
        )
        return _masks(seen, 1, self._size)[0]

    def _ahead_since(self, place):
        last_ended = self._ends[place - 1] if place else None
        return self.masks_of(
            one for one in self.dates if last_ended is None or one.ends_at > last_ended
        )

    def _begun_until(self, place):
        return self.masks_of(self.dates[:place])

    def _ranks(self, language):
        place = LANGUAGE_CODES.index(language)
        key = kazakh_key if language == "kk" else fold
        titles = [
            key(titles[place] or next(filter(None, titles), "")) for titles, _text in self._texts()
        ]
        ranks = [0] * len(titles)
        for rank, bit in enumerate(sorted(range(len(titles)), key=titles.__getitem__)):
            ranks[bit] = rank
        return ranks

    def _texts(self):
        """For each bit the titles in each language and the folded text to look for words in."""
        rows = Event.objects.filter(status=Status.PUBLISHED).values_list("pk", *SEARCHED)
        texts = {
            pk: (found[: len(LANGUAGE_CODES)], fold(" ".join(filter(None, found))))
            for pk, *found in rows.iterator()
        }
        nothing = (("",) * len(LANGUAGE_CODES), "")
        return [texts.get(pk, nothing) for pk in self.event_ids]


def programme_index() -> ProgrammeIndex:
    """The index of the content as it is now; read again only when the content has changed."""
    global _held  # noqa: PLW0603 — one index a process is the point
    token = ContentVersion.objects.token()
    if _held is None or _held[0] != token:
        _held = (token, read_index())
    return _held[1]


_held: tuple[str, ProgrammeIndex] | None = None


def read_index() -> ProgrammeIndex:
    """Reads what the database holds, in three queries."""
    rows = Occurrence.objects.filter(event__status=Status.PUBLISHED).in_order()
    bits: dict[int, int] = {}
    events: list = []
    dates: list[Date] = []
    next_layer: Counter = Counter()
    event_pairs: dict = defaultdict(lambda: defaultdict(set))
    date_pairs: dict = defaultdict(lambda: defaultdict(list))
    columns_read = (
        "pk", "event_id", "starts_at", "ends_at", "first_day", "last_day", "precision", "status",
        "event__region__slug", "event__category__slug", "event__admission",
        "event__attendance_mode", "event__publish_at", "event__unpublish_at",
    )  # fmt: skip
    for row in rows.values_list(*columns_read).iterator(chunk_size=5000):
        pk, event_id, *moments, precision, status, region, category, admission, mode, start, end = (
            row
        )
        bit = bits.setdefault(event_id, len(bits))
        layer = next_layer[event_id]
        next_layer[event_id] += 1
        dates.append(Date(pk, bit, layer, *moments, precision == Occurrence.Precision.DAY))
        if layer == 0:
            events.append((event_id, start, end))
            for facet, code in (
                ("region", region), ("category", category), ("admission", admission),
            ):  # fmt: skip
                event_pairs[facet][code].add((bit, 0))
        date_pairs["status"][status].append((bit, layer))
        date_pairs["mode"][_mode(status, mode)].append((bit, layer))
    for event_id, facet, code in _many_words():
        if event_id in bits:
            event_pairs[facet][code].add((bits[event_id], 0))
    size = len(events) // 8 + 1
    layers = max(next_layer.values(), default=1)
    return ProgrammeIndex(
        events,
        dates,
        _vocabularies(),
        {
            facet: {code: _masks(pairs, 1, size)[0] for code, pairs in by_code.items() if code}
            for facet, by_code in event_pairs.items()
        },
        {
            facet: {code: _masks(pairs, layers, size) for code, pairs in by_code.items()}
            for facet, by_code in date_pairs.items()
        },
    )


def _mode(status, mode):
    """How one takes part in this very date."""
    moved = status == Occurrence.Status.MOVED_ONLINE
    return Event.AttendanceMode.ONLINE.value if moved else mode


def _many_words():
    """(event, facet, code) of every word that an event may have several of, in one query."""
    queries = []
    for facet, name in MANY_WORDS.items():
        target = VOCABULARIES[facet][0]._meta.model_name
        through = Event._meta.get_field(name).remote_field.through
        queries.append(
            through.objects.order_by().values_list(
                "event_id", Value(facet, output_field=CharField()), f"{target}__code"
            )
        )
    return queries[0].union(*queries[1:], all=True)


def _vocabularies() -> dict[str, list[Word]]:
    """The words of each filter in their order, in one query."""
    queries = []
    for facet, (model, code, name, order) in VOCABULARIES.items():
        queries.append(
            model.objects.order_by()
            .annotate(
                facet=Value(facet, output_field=CharField()),
                code_read=F(code),
                place=F(order),
            )
            .values_list("facet", "place", "code_read", *columns(name))
        )
    words: dict[str, list[Word]] = {facet: [] for facet in VOCABULARIES}
    for facet, _order, code, *names in sorted(queries[0].union(*queries[1:], all=True)):
        words[facet].append(Word(code, dict(zip(LANGUAGE_CODES, names, strict=True))))
    return words


def _masks(pairs: Iterable[tuple[int, int]], layers: int, size: int) -> Masks:
    """Masks from (bit, layer) pairs; `size` is the length of a mask in bytes."""
    filled = [bytearray(size) for _ in range(layers)]
    for bit, layer in pairs:
        filled[layer][bit >> 3] |= 1 << (bit & 7)
    return tuple(int.from_bytes(one, "little") for one in filled)

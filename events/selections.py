"""Some of the dates of the programme, as masks; and the dates in an order, to walk and to cut.

Each event is one bit of a Python integer. The dates of events stand in layers: layer 0 holds the
first date of each event, layer 1 the second, and so on, always at the bit of their event. The `|`
of all layers is therefore the set of events. Events with many dates have the lowest bits, so a
layer that few events reach is a short number.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from .programme_index import ProgrammeIndex

Masks = tuple[int, ...]

# An order of dates is cut into so many blocks, so that a walk may step over what it passes by.
BLOCKS = 64
SMALLEST_BLOCK = 64
ANSWERS_KEPT = 64
LONGEST_QUARTER = timedelta(days=92)


class Date(NamedTuple):
    """What is kept of one occurrence."""

    pk: int
    bit: int
    layer: int
    starts_at: datetime
    ends_at: datetime
    first_day: date
    last_day: date
    has_day: bool

    @property
    def is_of_a_time(self) -> bool:
        """Whether it belongs to some month: of the year alone it would stand in all twelve."""
        return self.has_day or self.last_day - self.first_day <= LONGEST_QUARTER

    @property
    def place(self) -> tuple[datetime, bool]:
        """Where it stands in a list: what is known to the month only, after the month's days."""
        return (self.starts_at, True) if self.has_day else (self.ends_at, False)


class Shape:
    """How many bytes each layer needs; makes masks from dates."""

    def __init__(self, events_in_layers: Sequence[int]):
        self.sizes = [count // 8 + 1 for count in events_in_layers] or [1]

    def masks_of(self, dates: Iterable[Date]) -> Masks:
        return self.masks_of_pairs((one.bit, one.layer) for one in dates)

    def masks_of_pairs(self, pairs: Iterable[tuple[int, int]]) -> Masks:
        filled = [bytearray(size) for size in self.sizes]
        for bit, layer in pairs:
            filled[layer][bit >> 3] |= 1 << (bit & 7)
        return tuple(int.from_bytes(one, "little") for one in filled)

    def mask_of_events(self, bits: Iterable[int]) -> int:
        filled = bytearray(self.sizes[0])
        for bit in bits:
            filled[bit >> 3] |= 1 << (bit & 7)
        return int.from_bytes(filled, "little")

    def bytes_of_events(self, mask: int) -> bytes:
        return mask.to_bytes(self.sizes[0], "little")

    def bytes_of(self, masks: Masks) -> list[bytes]:
        """The masks as bytes, in which a single bit is looked up at once."""
        return [mask.to_bytes(size, "little") for mask, size in zip(masks, self.sizes, strict=True)]


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
        return reduce(int.__or__, self.layers)

    @property
    def event_count(self) -> int:
        return self.events.bit_count()

    def __len__(self) -> int:
        return sum(map(int.bit_count, self.layers))

    def __iter__(self) -> Iterator[Date]:
        return self.index.in_order.walk(self)


class Order:
    """The dates in one order.

    Finds what stands before a key, and walks the dates of a selection, without looking at each
    date of the programme.
    """

    def __init__(self, shape: Shape, dates: Iterable[Date], key):
        self.dates = sorted(dates, key=key)
        self._keys = [key(one) for one in self.dates]
        self._shape = shape
        self._size = max(SMALLEST_BLOCK, -(-len(self.dates) // BLOCKS))
        pieces = [
            self.dates[start : start + self._size]
            for start in range(0, len(self.dates), self._size)
        ]
        self._blocks = [(piece, shape.masks_of(piece)) for piece in pieces]
        self._up_to = lru_cache(ANSWERS_KEPT)(self._up_to)

    def before(self, key) -> Masks:
        """The dates with a smaller key."""
        return self._up_to(bisect_left(self._keys, key))

    def until(self, key) -> Masks:
        """The dates with this key or a smaller one."""
        return self._up_to(bisect_right(self._keys, key))

    def _up_to(self, place):
        whole, rest = divmod(place, self._size)
        masks = self._shape.masks_of(self.dates[place - rest : place])
        for _dates, block in self._blocks[:whole]:
            masks = tuple(map(int.__or__, masks, block))
        return masks

    def walk(self, selection: Selection, skip: int = 0) -> Iterator[Date]:
        """The dates of a selection in this order, without the first few."""
        return self._walk(selection, skip, 1)

    def walk_back(self, selection: Selection, skip: int = 0) -> Iterator[Date]:
        """The same from the other end."""
        return self._walk(selection, skip, -1)

    def _walk(self, selection, skip, step):
        chosen = self._shape.bytes_of(selection.layers)
        for dates, masks in self._blocks[::step]:
            count = len(selection.of_dates(masks))
            if count <= skip:
                skip -= count
                continue
            for one in dates[::step]:
                if not chosen[one.layer][one.bit >> 3] >> (one.bit & 7) & 1:
                    continue
                if skip:
                    skip -= 1
                else:
                    yield one


class Listing:
    """The dates of a selection in an order, as a sequence that is walked only as far as asked."""

    def __init__(self, selection: Selection, walk: Callable[[Selection, int], Iterator[Date]]):
        self._selection = selection
        self._walk = walk
        self._count = len(selection)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Date]:
        return self._walk(self._selection, 0)

    def __getitem__(self, part: slice) -> list[Date]:
        start, stop, _step = part.indices(self._count)
        return list(islice(self._walk(self._selection, start), max(0, stop - start)))

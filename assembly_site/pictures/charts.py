"""Small charts from numbers: where each point, line, bar and word stands.

Only geometry, in units of a drawing as wide as a phone, so that words keep their size there; the
templates of `line_chart.html` and `bar_chart.html` draw it and say the rest. Every axis starts at
zero.
"""

import math
import textwrap
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from assembly_site.languages.dates import PartialDate
from assembly_site.languages.texts import Wording

WIDE = 320  # units
TEXT = 14  # the size of words, as in css/charts.css
SIGN = 8.5  # the width of one figure of that size, with some air
GAP = 6

LINE_HIGH = 190
LINE_TOP, LINE_BOTTOM = 26, LINE_HIGH - 26

BAR = 14
BAR_START = 2  # the half of an outline
BAR_LABEL = 18  # a line of a label
BAR_AIR = 3  # between a label and its bar
BAR_GAP = 14
LABEL_SIGNS = 36  # to a line of a label

Number = int | Decimal


# A line through time ------------------------------------------------------------------------


class Reading(Protocol):
    """A number that was read on a date. Readings of unlike `counted` must not be compared."""

    date: PartialDate
    value: Number
    approximate: bool
    counted: Hashable


@dataclass(frozen=True)
class Word:
    """A place for a word: the point that its `anchor` (start, middle, end) stands on."""

    x: float
    y: float
    anchor: str = "middle"


@dataclass(frozen=True)
class Point:
    reading: Reading
    x: float
    y: float
    value_at: Word | None  # none where another number leaves no room
    year_at: Word | None


@dataclass(frozen=True)
class Tick:
    """A line of the scale and its number."""

    value: int
    y: float
    word: Word


@dataclass(frozen=True)
class LineChart:
    points: list[Point]
    joins: list[str]  # each a `d` of a line between points that were counted alike
    ticks: list[Tick]
    left: float
    right: float = WIDE - GAP
    bottom: float = LINE_BOTTOM
    wide: int = WIDE
    high: int = LINE_HIGH

    @property
    def first(self) -> Reading:
        return self.points[0].reading

    @property
    def last(self) -> Reading:
        return self.points[-1].reading

    @property
    def has_approximate(self) -> bool:
        return any(point.reading.approximate for point in self.points)

    @property
    def has_unlike(self) -> bool:
        """Whether some neighbours are not joined, for they were counted in different ways."""
        return any(a.reading.counted != b.reading.counted for a, b in pairwise(self.points))


def line_chart(readings: Sequence[Reading]) -> LineChart:
    """Readings along time. A date known by its year or month stands in the middle of it.

    At least one reading; values not below zero.
    """
    ordered = sorted(readings, key=lambda one: _middle(one.date))
    steps = scale(max(reading.value for reading in ordered))
    top = steps[-1]
    left = _length(top) + GAP
    first, last = _middle(ordered[0].date), _middle(ordered[-1].date)
    # Room at both ends, so that a number over the first or the last point is not cut.
    start, end = left + 30, WIDE - 32

    def x_of(reading):
        share = (_middle(reading.date) - first) / (last - first) if last > first else 0.5
        return round(start + (end - start) * share, 1)

    def y_of(value):
        return round(LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * float(value) / top, 1)

    places = [(x_of(reading), y_of(reading.value)) for reading in ordered]
    values = _value_words(ordered, places, left)
    years = _year_words(ordered, [x for x, _y in places])
    return LineChart(
        points=[
            Point(reading, x, y, value, year)
            for reading, (x, y), value, year in zip(ordered, places, values, years, strict=True)
        ],
        joins=_joins(ordered, places),
        ticks=[
            Tick(step, y_of(step), Word(left - GAP, y_of(step) + TEXT / 3, "end")) for step in steps
        ],
        left=left,
    )


def scale(most: Number) -> list[int]:
    """Round whole numbers from zero to `most` or just above it: two to five of them."""
    most = max(float(most), 1)
    power = 10 ** math.floor(math.log10(most / 4))
    sizes = (power * size for size in (1, 2, 2.5, 5, 10))
    step = next(int(size) for size in sizes if size >= most / 4 and size == int(size))
    return list(range(0, step * math.ceil(most / step) + 1, step))


def _middle(date: PartialDate) -> float:
    return (date.first_day.toordinal() + date.last_day.toordinal()) / 2


def _length(value) -> float:
    """How wide a number is when written with spaces between thousands."""
    return len(f"{float(value):,.12g}") * SIGN


def _joins(readings, places):
    runs, run = [], [places[0]]
    for (before, after), place in zip(pairwise(readings), places[1:], strict=True):
        if before.counted == after.counted:
            run.append(place)
        else:
            runs.append(run)
            run = [place]
    return ["M" + "L".join(f"{x:g} {y:g}" for x, y in run) for run in [*runs, run] if len(run) > 1]


def _value_words(readings, places, left):
    """A number above its point, or below it in a valley of the line, where there is room."""
    words, taken = [None] * len(places), [(x - 6, y - 6, x + 6, y + 6) for x, y in places]
    for index in _ends_first(len(places)):
        x, y = places[index]
        half = _length(readings[index].value) / 2
        x = min(max(x, left + half), WIDE - half)
        others = taken[:index] + taken[index + 1 :]
        above, below = y - 10, y + 10 + TEXT * 0.75
        in_valley = _line_beside(readings, places, index) < y - 4
        for level in (below, above) if in_valley else (above, below):
            box = (x - half, level - TEXT, x + half, level + 2)
            if level < LINE_BOTTOM and not _meets(box, others):
                taken.append(box)
                words[index] = Word(round(x, 1), round(level, 1))
                break
    return words


def _line_beside(readings, places, index):
    """How high the line stands, on average, at the neighbours to which the point is joined."""
    joined = [
        places[one][1]
        for one in (index - 1, index + 1)
        if 0 <= one < len(places) and readings[one].counted == readings[index].counted
    ]
    return sum(joined) / len(joined) if joined else places[index][1]


def _year_words(readings, places):
    """The year under its point: each year once, and wherever no other year stands."""
    words, taken, named = [None] * len(readings), [], set()
    half = 2 * SIGN + 2
    for index in _ends_first(len(readings)):
        year = readings[index].date.year
        box = (places[index] - half, 0, places[index] + half, 1)
        if year not in named and not _meets(box, taken):
            named.add(year)
            taken.append(box)
            words[index] = Word(places[index], LINE_BOTTOM + TEXT + 6)
    return words


def _ends_first(count):
    return list(dict.fromkeys([count - 1, 0, *range(count)]))


def _meets(box, others):
    left, top, right, bottom = box
    return any(left < r and right > x and top < b and bottom > y for x, y, r, b in others)


# Bars ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """What was counted and how many; `note` is what the source says where it is not exact."""

    label: Wording
    value: Number
    approximate: bool = False
    note: Wording | None = None
    date: PartialDate | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A bar with its label above it and its number at its end."""

    bar: Bar
    lines: list[tuple[str, Word]]
    x: float
    y: float
    length: float
    value_at: Word


@dataclass(frozen=True)
class BarChart:
    rows: list[Row]
    high: float
    wide: int = WIDE
    thick: int = BAR

    @property
    def has_approximate(self) -> bool:
        return any(row.bar.approximate for row in self.rows)

    @property
    def has_dates(self) -> bool:
        return any(row.bar.date for row in self.rows)


def bar_chart(bars: Sequence[Bar]) -> BarChart:
    """Bars below each other in the order given, from one zero line. Values not below zero."""
    most = max((bar.value for bar in bars), default=0)
    room = WIDE - _length(most) - GAP - BAR_START
    rows, y = [], 0
    for bar in bars:
        texts = textwrap.wrap(_label(bar), LABEL_SIGNS) or [""]
        lines = [
            (text, Word(0, y + BAR_LABEL * number - 4, "start"))
            for number, text in enumerate(texts, start=1)
        ]
        top = y + BAR_LABEL * len(texts) + BAR_AIR
        length = round(room * float(bar.value) / float(most or 1), 1)
        value_at = Word(round(BAR_START + length + GAP, 1), top + BAR - 2, "start")
        rows.append(Row(bar, lines, BAR_START, top, length, value_at))
        y = top + BAR + BAR_GAP
    return BarChart(rows, high=max(y - BAR_GAP, 0) + BAR_START)


def _label(bar):
    return f"{bar.label.text}, {bar.date.year}" if bar.date else bar.label.text

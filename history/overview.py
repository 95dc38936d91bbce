"""The whole timeline as one drawing: the thread through its stages, and a strand for each year.

Only geometry: from left to right in parts of a hundred, so that the drawing fills any width while
its words, lines and beads keep their size; downwards in pixels. The template
`timeline_overview.html` draws it. Each entry is a bead on the strand of its year; beads of what
filters leave out are pale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from assembly_site.pictures.ornaments import BAND_TILES, BASE, TILE

from .models import Stage
from .timeline import Entry, Timeline

BASE_LINE = 62  # below the years and the ornament
BOTTOM = 68
FIRST_BEAD = 18  # below the base line
STEP = 14  # from bead to bead
LONGEST = 170  # a strand; of more entries the beads come closer
BELOW = 8
# The ornament is cut into whole tiles for a few widths of the page, and stretches between them:
# pixels from side to side, and of one tile.
SIZES = {"narrow": (330, 28), "middle": (600, 40), "wide": (1060, 44)}


@dataclass(frozen=True)
class Band:
    """The ornament of a stage for one width of the page, its base line on that of the thread."""

    size: str
    top: float
    high: int
    tiles: int  # the length of as many as there is room for, in units of a tile


@dataclass(frozen=True)
class Segment:
    """The part of the thread that belongs to a stage."""

    stage: Stage
    left: float
    width: float
    bands: list[Band]
    is_told: bool  # whether the page has it, so that it can be jumped to


@dataclass(frozen=True)
class Beads:
    """The beads of one strand that belong to one stage and look alike, as the `d` of a path."""

    colour: str
    kind: str  # key, plain or pale
    path: str


@dataclass(frozen=True)
class Strand:
    """A year of which something is told."""

    year: int
    x: float
    length: float
    beads: list[Beads]
    count: int


@dataclass(frozen=True)
class Overview:
    segments: list[Segment]
    strands: list[Strand]
    high: float
    is_dense: bool
    first_year: int
    last_year: int
    bottom: int = BOTTOM
    base_line: int = BASE_LINE
    tile: int = TILE
    band_length: int = BAND_TILES * TILE


def overview(timeline: Timeline) -> Overview | None:
    """The drawing of a timeline; None while there are no stages."""
    if not timeline.stages:
        return None
    first, last = timeline.first_year, timeline.last_year
    by_year = [
        (year, list(entries)) for year, entries in groupby(timeline.every, key=lambda one: one.year)
    ]
    most = max((len(entries) for _year, entries in by_year), default=1)
    step = min(STEP, LONGEST / most)
    fitting = {entry.milestone.pk for entry in timeline.entries}
    colours = {stage.pk: stage.colour for stage in timeline.stages}
    share = 100 / (last - first + 1)
    strands = [
        Strand(
            year,
            round((year - first + 0.5) * share, 2),
            round(FIRST_BEAD + (len(entries) - 1) * step, 1),
            _beads(entries, step, fitting, colours),
            sum(entry.milestone.pk in fitting for entry in entries),
        )
        for year, entries in by_year
    ]
    return Overview(
        segments=_segments(timeline, share),
        strands=strands,
        high=round(BASE_LINE + FIRST_BEAD + (most - 1) * step + BELOW, 1),
        is_dense=step < STEP,
        first_year=first,
        last_year=last,
    )


def _segments(timeline, share):
    """The stages side by side without a gap: each runs to the start of the next."""
    stages, first = timeline.stages, timeline.first_year
    starts = [0.0]
    for before, stage in pairwise(stages):
        # A year that two stages share is cut in the middle, where its strand hangs.
        shared = 0.5 if before.end_year == stage.start_year else 0
        starts.append(max(starts[-1], (stage.start_year - first + shared) * share))
    told = {chapter.stage.pk for chapter in timeline.chapters}
    return [
        Segment(
            stage, round(start, 2), round(end - start, 2), _bands(end - start), stage.pk in told
        )
        for stage, (start, end) in zip(stages, pairwise([*starts, 100.0]), strict=True)
    ]


def _bands(width):
    bands = []
    for size, (wide, high) in SIZES.items():
        count = min(max(round(wide * width / 100 / high), 1), BAND_TILES)
        bands.append(Band(size, round(BASE_LINE - high * BASE / TILE, 1), high, count * TILE))
    return bands


def _beads(entries: Iterable[Entry], step, fitting, colours):
    """Paths of points, each a line without length: round ends make it a bead."""
    places = {}
    for number, entry in enumerate(entries):
        milestone = entry.milestone
        kind = "pale" if milestone.pk not in fitting else "key" if milestone.key else "plain"
        y = round(BASE_LINE + FIRST_BEAD + number * step, 1)
        places.setdefault((colours[milestone.stage_id], kind), []).append(f"M0 {y:g}h0")
    return [Beads(colour, kind, "".join(steps)) for (colour, kind), steps in places.items()]

"""Draws the cover of an object that has no photograph.

A cover is composed from the ornament, the shanyraq or a sun cut by the frame, and the outline of
the region. Which of five compositions it is, and how it is placed, follows from a hash of the seed
alone, so an object has the same cover everywhere and always. The markup uses the symbols of
``static/ornaments.svg`` and the colours of ``css/covers.css``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from .ornaments import BAND_TILES, BASE, TILE

WIDE, HIGH = 1200, 630
ORNAMENTS = ("horn", "wing", "flower", "water", "sun")
COLOURS = ("stage-1", "stage-2", "stage-3", "stage-4", "stage-5")

Point = tuple[float, float]


class Choices:
    """A stream of choices that depends on the seed alone."""

    def __init__(self, seed: str) -> None:
        self.number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")

    def of(self, options: Sequence):
        self.number, rest = divmod(self.number, len(options))
        return options[rest]


# The outline of a region --------------------------------------------------------------------

PIECE = re.compile(r"([MmLlHhVvCcSsQqTtZz])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}


def rings(path: str) -> list[list[Point]]:
    """The rings of an SVG path as points; of a curve, only its end is kept."""
    found: list[list[Point]] = []
    x = y = 0.0
    letter, numbers = "", []
    for command, number in PIECE.findall(path):
        if command:
            letter, numbers = command, []
            if command in "Zz" and found:
                x, y = found[-1][0]
            continue
        kind = letter.upper()
        numbers.append(float(number))
        if kind not in TAKES or len(numbers) < TAKES[kind]:
            continue
        start_x, start_y = (x, y) if letter.islower() else (0.0, 0.0)
        if kind == "H":
            x = start_x + numbers[0]
        elif kind == "V":
            y = start_y + numbers[0]
        else:
            x, y = start_x + numbers[-2], start_y + numbers[-1]
        if kind == "M" or not found:
            found.append([])
            letter = "l" if letter == "m" else "L"
        found[-1].append((x, y))
        numbers = []
    return [ring for ring in found if len(ring) > 2]


def outline_box(path: str) -> str:
    """The `viewBox` that a region's outline just fills; empty without an outline."""
    points = [point for ring in rings(path) for point in ring]
    if not points:
        return ""
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    right, bottom = max(x for x, _y in points), max(y for _x, y in points)
    return f"{left:g} {top:g} {right - left:g} {bottom - top:g}"


def thinned(points: list[Point], within: float) -> list[Point]:
    """The points without those nearer than ``within`` to the line between their neighbours kept."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    long = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(point: Point) -> float:
        x, y = point[0] - ax, point[1] - ay
        return abs((bx - ax) * y - (by - ay) * x) / long if long else (x * x + y * y) ** 0.5

    far = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[far]) <= within:
        return [points[0], points[-1]]
    return thinned(points[: far + 1], within)[:-1] + thinned(points[far:], within)


@lru_cache(maxsize=256)
def region(outline: str, left: int, top: int, wide: int, high: int, room: int = 700) -> str:
    """The outline fitted into a box and centred there, as a d of at most ``room`` characters."""
    drawn = rings(outline)
    if not drawn:
        return ""
    xs, ys = zip(*(point for ring in drawn for point in ring), strict=True)
    size = min(wide / ((max(xs) - min(xs)) or 1), high / ((max(ys) - min(ys)) or 1))
    move_x = left + wide / 2 - size * (max(xs) + min(xs)) / 2
    move_y = top + high / 2 - size * (max(ys) + min(ys)) / 2
    fitted = [[(x * size + move_x, y * size + move_y) for x, y in ring] for ring in drawn]
    for within in (1, 1.5, 2, 3, 4, 6, 9, 14, 20):
        parts = []
        for ring in fitted:
            kept = [(round(x), round(y)) for x, y in thinned(ring, within)]
            if len(kept) > 2:
                steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept)]
                parts.append(f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z")
        text = "".join(parts).replace(" -", "-")
        if len(text) <= room:
            return text
    return ""


# Pieces of a cover --------------------------------------------------------------------------


def sign(name: str, x: float, y: float, size: float) -> str:
    return f'<use href="#{name}" x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}"/>'


def group(kind: str, content: str, turn: str = "") -> str:
    turning = f' transform="{turn}"' if turn else ""
    return f'<g class="cover__{kind}"{turning}>{content}</g>'


def band(name: str, size: int, level: float, start: float = 0, length: float = WIDE) -> str:
    """Tiles side by side, centred on the length, whose thread runs at the height ``level``.

    One reference to the sprite's long band: what reaches beyond the cover is cut by its frame.
    """
    count = -(-length // size)
    first = start + (length - count * size) / 2
    top = level - size * BASE / TILE
    place = f'x="{first:g}" y="{top:g}" width="{size * BAND_TILES:g}" height="{size:g}"'
    return f'<use href="#{name.replace("ornament-", "band-")}" {place}/>'


def box(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<path class="cover__{kind}" d="M{x:g} {y:g}h{wide:g}v{high:g}h{-wide:g}z"/>'


def disc(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="cover__{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def crown(kind: str, x: float, y: float, radius: float) -> str:
    """The shanyraq round a centre."""
    side = radius * TILE / 58.5
    return group(kind, sign("shanyraq", x - side / 2, y - side / 2, round(side)))


def land(
    outline: str, x: int, y: int, wide: int, high: int, kind: str = "land", room: int = 700
) -> str:
    path = region(outline, x, y, wide, high, room) if outline else ""
    return f'<path class="cover__{kind}" d="{path}"/>' if path else ""


# The five compositions ----------------------------------------------------------------------


def sunrise(name: str, outline: str, choose: Choices) -> str:
    """The shanyraq rises as a sun behind the steppe, and the thread runs through the steppe."""
    left = choose.of((True, False))
    size = choose.of((100, 120, 150))
    level = HIGH - round(size * 1.12) - 8
    if outline:
        radius = choose.of((230, 255, 280))
        x = choose.of((310, 340, 370))
    else:
        radius = choose.of((330, 365, 400))
        x = choose.of((420, 510, 600))
    x = x if left else WIDE - x
    y = level - radius * choose.of((0, 0.2, 0.4))
    return (
        land(outline, 670 if left else 90, 60, 440, level - 120)
        + disc("sun", x, y, radius)
        + crown("on-sun", x, y, radius - 14)
        + box("deep", 0, level, WIDE, HIGH - level)
        + group("lines", band(name, size, HIGH - size * 0.22))
    )


def canopy(name: str, outline: str, choose: Choices) -> str:
    """Under a great crown, cut by the frame; the thread runs below."""
    left = choose.of((True, False))
    radius = choose.of((440, 480, 520))
    x = choose.of((150, 210, 270))
    y = choose.of((120, 200, 280))
    size = choose.of((100, 120, 150))
    level = HIGH - round(size * 1.12) - 8
    place = (WIDE - x) if not left else x
    box_x = 700 if left else 100
    core = land(outline, box_x, 80, 400, 320, "sun") or disc("sun", box_x + 200, 220, 92)
    return (
        crown("quiet", place, y, radius)
        + core
        + box("deep", 0, level, WIDE, HIGH - level)
        + group("lines", band(name, size, HIGH - size * 0.22))
    )


def carpet(name: str, outline: str, choose: Choices) -> str:
    """A carpet: the same border above and below, and one sign in the field."""
    size = choose.of((120, 150))
    edge = round(size * 1.08) + choose.of((6, 14, 22))
    border = band(name, size, edge - 14)
    radius = choose.of((290, 330, 370))
    if outline:
        field = crown("quiet", 600, 315, radius) + land(
            outline, 360, edge + 24, 480, HIGH - 2 * edge - 48, "sun", 560
        )
    else:
        inner = (HIGH - 2 * edge) / 2 - 26
        field = (
            crown("quiet", 600, 315, radius + 180)
            + disc("sun", 600, 315, inner)
            + crown("on-sun", 600, 315, inner - 10)
        )
    return (
        field
        + box("deep", 0, 0, WIDE, edge)
        + box("deep", 0, HIGH - edge, WIDE, edge)
        + group("lines", border, f"translate(0 {edge}) scale(1 -1)" if choose.of((0, 1)) else "")
        + group("lines", border, f"translate(0 {HIGH - edge})")
    )


def single(name: str, outline: str, choose: Choices) -> str:
    """One sign of the thread, very large, and the sun beside it."""
    left = choose.of((True, False))
    size = choose.of((480, 528, 576))
    level = choose.of((500, 520, 540))
    x = choose.of((40, 80, 120))
    start = x if left else WIDE - size - x
    sun_x = choose.of((880, 920, 960)) if left else choose.of((240, 280, 320))
    sun_y = choose.of((170, 210, 250))
    radius = choose.of((70, 95, 120))
    thread = (
        f'<path class="cover__thread" stroke-width="{size / 24:g}" '
        f'd="M-9 {level}H{start}M{start + size} {level}H1209"/>'
    )
    return (
        (
            land(outline, sun_x - 210, 70, 420, level - 150, "sun")
            or disc("sun", sun_x, sun_y, radius)
        )
        + box("deep", 0, level, WIDE, HIGH - level)
        + thread
        + group("lines", sign(name, start, level - size * BASE / TILE, size))
    )


def spine(name: str, outline: str, choose: Choices) -> str:
    """The thread runs down one side, as on the timeline; a sun is cut by the other."""
    left = choose.of((True, False))
    size = choose.of((105, 126, 158))
    wide = round(size * 1.2)
    radius = choose.of((300, 340, 380)) + (0 if outline else 90)
    y = choose.of((150, 315, 480))
    cut = choose.of((20, 70, 120)) + (0 if outline else 220)
    turn = (
        f"translate({wide} 0) rotate(90)"
        if left
        else f"translate({WIDE - wide} {HIGH}) rotate(-90)"
    )
    x = WIDE - cut if left else cut
    return (
        disc("sun", x, y, radius)
        + crown("on-sun", x, y, radius - 16)
        + land(outline, wide + 80 if left else 1200 - wide - 80 - 480, 100, 480, 430)
        + box("deep", 0 if left else WIDE - wide, 0, wide, HIGH)
        + group("lines", band(name, size, size * 0.94, 0, HIGH), turn)
    )


COMPOSITIONS = (sunrise, canopy, carpet, single, spine)


@lru_cache(maxsize=1024)
def cover(
    *, seed: str, ornament: str, sprite: str, outline: str = "", colour: str = "stage-1"
) -> str:
    """The inline SVG of a cover; a page that shows it needs ``css/covers.css``.

    ``sprite`` is the address of the file of symbols.
    """
    name = f"ornament-{ornament if ornament in ORNAMENTS else ORNAMENTS[0]}"
    kind = colour if colour in COLOURS else COLOURS[0]
    choose = Choices(seed)
    drawn = choose.of(COMPOSITIONS)(name, outline if rings(outline) else "", choose)
    drawn = drawn.replace('href="#', f'href="{sprite}#')
    return (
        f'<svg class="cover cover--{kind}" viewBox="0 0 {WIDE} {HIGH}" '
        f'aria-hidden="true" focusable="false">{box("ground", 0, 0, WIDE, HIGH)}{drawn}</svg>'
    )

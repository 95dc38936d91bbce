"""Draws the ornament of the site: five thread tiles and the shanyraq.

Run ``python -m assembly_site.pictures.ornaments`` after a change here. It writes

* ``static/ornaments.svg``  the sprite of symbols that pages refer to,
* ``static/ornaments/{name}.svg`` and ``{name}-vertical.svg``  tiles for ``mask-image``,
* ``static/favicon.svg``.

The site itself only reads those files; nothing is generated while it runs.

A tile is 120 by 120. Its base line enters at the left edge at height BASE and leaves at the
right edge at the same height, level, so that tiles of any kind laid side by side make one
unbroken thread. Every line has one width and round ends. The vertical tile is the same drawing
turned a quarter: the base line runs down at x = 120 - BASE and the ornament grows to the right.

A path is a list of ``(letter, points)`` with the absolute letters M, L and C only, and points are
complex numbers, so that turning and mirroring are plain arithmetic. Angles are in degrees as
they look on the screen: 0 is right, 90 is down, -90 is up.
"""

from __future__ import annotations

import cmath
import math
from pathlib import Path

TILE = 120
BASE = 104
WIDTH = 5
OVER = 3  # how far a base line runs past the edge of its tile, so that no seam shows

Step = tuple[str, list[complex]]
Line = list[Step]


# The pen ------------------------------------------------------------------------------------


def towards(angle: float) -> complex:
    """The unit vector of an angle in degrees."""
    return cmath.rect(1, math.radians(angle))


def move(x: float, y: float) -> Line:
    return [("M", [complex(x, y)])]


def line(*points: tuple[float, float]) -> Line:
    """A broken line through the points."""
    start, *rest = points
    return move(*start) + [("L", [complex(*point)]) for point in rest]


def end(path: Line) -> complex:
    return path[-1][1][-1]


def curve(
    path: Line, heading: float, to: complex, arriving: float, out: float = 0.4, back: float = 0.4
) -> Line:
    """Continue the path to a point, leaving and arriving at the given angles.

    ``out`` and ``back`` are the lengths of the two handles as parts of the distance.
    """
    start = end(path)
    far = abs(to - start)
    handles = [start + towards(heading) * far * out, to - towards(arriving) * far * back]
    return [*path, ("C", [*handles, to])]


def spiral(centre: complex, start: float, turns: float, radii: tuple[float, float]) -> Line:
    """The Bezier pieces of a spiral, without the first point.

    It begins at the angle ``start`` seen from the centre and goes clockwise for positive
    ``turns``, while its radius goes evenly from the first to the second of ``radii``.
    """
    pieces = max(2, math.ceil(abs(turns) * 8))
    sweep = turns * 360
    slope = radii[1] - radii[0]

    def at(part: float) -> tuple[complex, complex]:
        radius = radii[0] + slope * part
        ray = towards(start + sweep * part)
        return centre + radius * ray, slope * ray + radius * math.radians(sweep) * 1j * ray

    steps: Line = []
    for number in range(pieces):
        (here, speed), (there, late) = at(number / pieces), at((number + 1) / pieces)
        steps.append(("C", [here + speed / pieces / 3, there - late / pieces / 3, there]))
    return steps


def volute(
    path: Line,
    heading: float,
    centre: complex,
    start: float,
    turns: float,
    radii: tuple[float, float],
    out: float = 0.4,
    back: float = 0.4,
) -> Line:
    """Continue the path into a spiral, with no corner where they meet."""
    sweep = math.radians(turns * 360)
    speed = (radii[1] - radii[0] + radii[0] * sweep * 1j) * towards(start)
    arriving = math.degrees(cmath.phase(speed))
    joined = curve(path, heading, centre + radii[0] * towards(start), arriving, out, back)
    return joined + spiral(centre, start, turns, radii)


def arc(centre: complex, radius: float, start: float, sweep: float) -> Line:
    first = centre + radius * towards(start)
    return [("M", [first]), *spiral(centre, start, sweep / 360, (radius, radius))]


def circle(centre: complex, radius: float) -> Line:
    return arc(centre, radius, 0, 360)


def ray(centre: complex, angle: float, near: float, far: float) -> Line:
    return [("M", [centre + near * towards(angle)]), ("L", [centre + far * towards(angle)])]


# Moving what is drawn -----------------------------------------------------------------------


def changed(path: Line, change) -> Line:
    return [(letter, [change(point) for point in points]) for letter, points in path]


def mirrored(path: Line, axis: float = TILE / 2) -> Line:
    return changed(path, lambda point: complex(2 * axis - point.real, point.imag))


def turned(path: Line, angle: float, about: complex = complex(60, 60)) -> Line:
    return changed(path, lambda point: about + (point - about) * towards(angle))


def lozenge(centre: complex, wide: float, high: float) -> Line:
    x, y = centre.real, centre.imag
    return line((x, y - high), (x + wide, y), (x, y + high), (x - wide, y), (x, y - high))


def both(path: Line) -> Line:
    """The path and its mirror image."""
    return path + mirrored(path)


def drawn(path: Line) -> str:
    """The path as the d of an SVG path."""

    def number(value: float) -> str:
        text = f"{value:.1f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text

    return "".join(
        letter + " ".join(f"{number(p.real)} {number(p.imag)}" for p in points)
        for letter, points in path
    ).replace(" -", "-")


def base() -> Line:
    """The thread where it simply runs."""
    return line((-OVER, BASE), (TILE + OVER, BASE))


# The five tiles -----------------------------------------------------------------------------


def horn() -> Line:
    """Ram's horns: a stem swings up out of the thread and ends in a volute, and its mirror."""
    stem = curve(move(16, BASE), 0, complex(53, 80), -88, 0.62, 0.42)
    stem = volute(stem, -88, complex(29.5, 57.5), -22, -1.42, (26, 6), 0.35, 0.35)
    return base() + both(stem) + lozenge(complex(60, 24), 9.5, 11.5)


def wing() -> Line:
    """A wing in flight: feathers bend at the shoulder, flick up, and one coils at its root."""
    corner = complex(119, BASE)
    long = curve(move(8, BASE), -90, complex(114, 14), -42, 0.74, 0.56)
    short = changed(long, lambda point: corner + (point - corner) * 0.46)
    centre, first = complex(43, 71), -90 - 420
    coil = [("M", [centre + 5 * towards(first)]), *spiral(centre, first, 420 / 360, (5, 16))]
    middle = curve(coil, 2, complex(115, 40), -42, 0.5, 0.4)
    return base() + long + middle + short


def flower() -> Line:
    """A tulip of the steppe between two curling leaves."""
    heart = curve(move(60, 62), 180, complex(47, 44), -90, 0.5, 0.5)
    heart = curve(heart, -90, complex(60, 12), -48, 0.5, 0.3)
    petal = curve(move(60, 76), 180, complex(33, 46), -90, 0.55, 0.5)
    petal = volute(petal, -90, complex(20, 28), 0, -0.75, (11, 5), 0.35, 0.3)
    leaf = volute(move(56, BASE), -150, complex(20, 84), -70, -0.95, (13, 4), 0.25, 0.5)
    return base() + line((60, BASE), (60, 76)) + both(heart) + both(petal) + both(leaf)


def water() -> Line:
    """A wave: it rises out of the thread and breaks, and a smaller one follows under it."""
    crest = volute(move(-OVER, BASE), 0, complex(65, 49), 205, 1.7, (37, 7), 0.5, 0.5)
    small = volute(move(48, BASE), 0, complex(100, 83), 200, 1.15, (14, 4), 0.55, 0.5)
    return base() + crest + small


def sun() -> Line:
    """The sun just risen: the thread itself goes round it."""
    centre = complex(60, 66)
    radius = 25
    half = curve(move(-OVER, BASE), 0, complex(28, BASE), 0)
    half = curve(half, 0, centre + radius * towards(128), 128 + 90, 0.9, 0.5)
    half += spiral(centre, 128, 142 / 360, (radius, radius))
    rays: Line = []
    for number, angle in enumerate(range(-210, 31, 20)):
        rays += ray(centre, angle, 36, 50 if number % 2 == 0 else 45)
    return both(half) + circle(centre, 11) + rays


TILES = {"horn": horn, "wing": wing, "flower": flower, "water": water, "sun": sun}


# The shanyraq -------------------------------------------------------------------------------


def rib(offset: float, bow: float, radius: float) -> Line:
    """One upright rib: it leaves the ring at ``offset`` from the middle and bows out to ``bow``."""
    middle = complex(60, 60)
    high = math.sqrt(radius**2 - offset**2)
    reach = (
        offset + (bow - offset) * 4 / 3
    )  # a cubic passes three quarters of the way to its handles
    return [
        ("M", [middle + complex(offset, -high)]),
        (
            "C",
            [
                middle + complex(reach, -high / 2.4),
                middle + complex(reach, high / 2.4),
                middle + complex(offset, high),
            ],
        ),
    ]


def ribs(offset: float, bow: float, radius: float) -> Line:
    """Three ribs each way; the outer ones bow outwards."""
    upright = line((60, 60 - radius), (60, 60 + radius)) + both(rib(offset, bow, radius))
    return upright + turned(upright, 90)


def shanyraq() -> list[tuple[Line, float]]:
    """The crown of the yurt: rim, ribs, and a pair of horns in each field; each with its width."""
    middle = complex(60, 60)
    rings = circle(middle, 57) + circle(middle, 45)
    notches: Line = []
    for number in range(72):
        notches += ray(middle, 5 * number + 2.5, 49.2, 52.8)
    horns: Line = []
    for corner in (45, 135, 225, 315):
        curl = volute(move(60, 46), -92, complex(52.2, 28), -5, -1.1, (6.8, 2), 0.4, 0.35)
        horns += turned(both(curl), corner)
    return [(rings + ribs(4.5, 9.5, 45), 3), (horns, 2), (notches, 1.6)]


def shanyraq_mark() -> list[tuple[Line, float]]:
    """The shanyraq for small sizes: one ring, three ribs each way."""
    return [(circle(complex(60, 60), 53), 10), (ribs(6, 13, 53), 5)]


# Writing it down ----------------------------------------------------------------------------

ROUND = 'stroke-linecap="round" stroke-linejoin="round"'
PEN = f'fill="none" stroke="{{}}" {ROUND}'
BAND_TILES = 16
ROOT = Path(__file__).resolve().parents[2]


def paths(parts: list[tuple[Line, float]]) -> str:
    return "".join(f'<path stroke-width="{width:g}" d="{drawn(path)}"/>' for path, width in parts)


def file(content: str, colour: str = "#000") -> str:
    """A tile or sign as a file of its own."""
    box = f"0 0 {TILE} {TILE}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{TILE}" height="{TILE}">'
    )
    return f"{head}<g {PEN.format(colour)}>{content}</g></svg>\n"


def band(name: str) -> str:
    """A symbol of many tiles side by side, made of four times four references to one."""
    box = f'width="{TILE}" height="{TILE}"'
    four = "".join(f'<use href="#ornament-{name}" x="{TILE * n}" {box}/>' for n in range(4))
    rest = "".join(
        f'<use href="#four-{name}" x="{TILE * 4 * n}"/>' for n in range(1, BAND_TILES // 4)
    )
    return (
        f'\n<symbol id="band-{name}" viewBox="0 0 {TILE * BAND_TILES} {TILE}" overflow="visible">'
        f'<g id="four-{name}">{four}</g>{rest}</symbol>'
    )


def sprite() -> str:
    """All symbols as a file that every page refers to, so that a browser loads them once."""
    signs = {f"ornament-{name}": [(tile(), WIDTH)] for name, tile in TILES.items()}
    signs |= {"shanyraq": shanyraq(), "shanyraq-mark": shanyraq_mark()}
    symbols = "\n".join(
        f'<symbol id="{name}" viewBox="0 0 {TILE} {TILE}" overflow="visible">'
        f"<g {PEN.format('currentColor')}>{paths(parts)}</g></symbol>"
        for name, parts in signs.items()
    )
    symbols += "".join(band(name) for name in TILES)
    note = "<!-- Written by assembly_site/pictures/ornaments.py; change it there. -->"
    return f'{note}\n<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def favicon() -> str:
    """The mark in ink on a disc of gold, good on light and dark tabs."""
    disc = '<circle cx="60" cy="60" r="60" fill="#FEC50C" stroke="none"/>'
    smaller = "translate(60 60) scale(.86) translate(-60 -60)"
    return file(f'{disc}<g transform="{smaller}">{paths(shanyraq_mark())}</g>', "#15262E")


def write(root: Path = ROOT) -> None:
    static = root / "assembly_site" / "static"
    folder = static / "ornaments"
    folder.mkdir(parents=True, exist_ok=True)
    for name, tile in TILES.items():
        (folder / f"{name}.svg").write_text(file(paths([(tile(), WIDTH)])))
        upright = turned(tile(), 90)
        (folder / f"{name}-vertical.svg").write_text(file(paths([(upright, WIDTH)])))
    (static / "favicon.svg").write_text(favicon())
    (static / "ornaments.svg").write_text(sprite())


if __name__ == "__main__":
    write()

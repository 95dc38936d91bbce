"""Draws the ornament of the site: five thread tiles and the shanyraq.

Run ``python -m assembly_site.pictures.ornaments`` after a change here. It writes

* ``templates/components/ornaments.svg.html``  the inline sprite of symbols,
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
    """Ram's horns: a stem swings out and ends in a volute; the other is its mirror."""
    stem = volute(move(60, BASE), -90, complex(31, 51), -60, -1.25, (26, 6), 0.62, 0.42)
    inner = volute(move(60, BASE), -90, complex(20, 88), -60, -0.75, (8, 3), 0.1, 0.5)
    del inner
    bud = line((60, 30), (60, 18))
    return base() + both(stem) + bud


def wing() -> Line:
    """Wings in flight: three feathers leave the thread like branches and curl over."""
    long = volute(move(2, BASE), 0, complex(74, 41), -80, 0.95, (22, 5), 0.55, 0.5)
    middle = volute(move(34, BASE), 0, complex(86, 66), -80, 0.6, (14, 5), 0.5, 0.45)
    return base() + long + middle


def flower() -> Line:
    """A tulip of the steppe between two curling leaves."""
    petal = curve(move(60, 72), 180, complex(38, 48), -95, 0.5, 0.4)
    petal = curve(petal, -95, complex(28, 22), -140, 0.4, 0.3)
    heart = curve(move(60, 72), -150, complex(60, 16), -40, 0.5, 0.35)
    leaf = volute(move(60, BASE), -90, complex(24, 82), -70, -0.9, (13, 4), 0.5, 0.5)
    return base() + line((60, BASE), (60, 72)) + both(petal) + both(heart) + both(leaf)


def water() -> Line:
    """A wave: the thread itself rises, breaks and runs on."""
    crest = volute(move(-OVER, BASE), 0, complex(72, 52), -90, 1.25, (34, 6), 0.5, 0.5)
    return base() + crest


def sun() -> Line:
    """The sun at its rising: the thread itself goes over it."""
    centre = complex(60, BASE)
    thread = line((-OVER, BASE), (28, BASE)) + arc(centre, 32, 180, 180)[1:] + line((92, BASE), (123, BASE))[1:]
    rays: Line = []
    for angle in range(-165, 0, 30):
        rays += ray(centre, angle, 46, 60)
    return thread + arc(centre, 16, 180, 180) + rays


TILES = {"horn": horn, "wing": wing, "flower": flower, "water": water, "sun": sun}

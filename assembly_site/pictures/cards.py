"""Draws the card of a page: the picture that is seen where its address is shared.

A card is the cover of the object with words on it. Ornament, colour and outline are those of the
cover, and the seed chooses the same one of the five compositions; each is laid out anew here, so
that the words have a quiet field of their own on the left. Typst sets the words (`card.typ`):
they reach it as data, never as markup.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import category, normalize

import typst
from PIL import Image

from assembly_site.languages.hyphenation import with_soft_hyphens

from . import ornaments
from .covers import (
    COLOURS,
    COMPOSITIONS,
    HIGH,
    ORNAMENTS,
    WIDE,
    Choices,
    band,
    box,
    crown,
    disc,
    group,
    land,
    rings,
    sign,
)

HERE = Path(__file__).parent
# A new number makes all cards anew: raise it with every change of the drawing.
EDITION = 1


@dataclass(frozen=True)
class Card:
    """All that is drawn. Two equal cards are the same picture to the byte.

    `language` is the one that the title is really in. A date that does not hold `is_off`: it is
    struck out. `composition` names one of `LAYOUTS`; without it the seed chooses, as on the cover.
    """

    language: str
    seed: str
    ornament: str
    colour: str
    site: str
    title: str
    outline: str = ""
    composition: str = ""
    status: str = ""
    kicker: str = ""
    subtitle: str = ""
    when: str = ""
    where: str = ""
    is_off: bool = False

    @property
    def digest(self) -> str:
        """Of everything drawn; another one means another picture."""
        drawn = json.dumps([EDITION, asdict(self)], sort_keys=True)
        return hashlib.sha256(drawn.encode()).hexdigest()[:20]

    @property
    def in_words(self) -> str:
        """What is to be read on the card, for those who cannot see it."""
        parts = (self.status, self.title, self.subtitle, self.when, self.where)
        return ". ".join(part.rstrip(".") for part in map(shown, parts) if part)


def draw(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    art, field = picture(card)
    words = {
        name: shown(getattr(card, name))
        for name in ("site", "title", "status", "kicker", "subtitle", "when", "where")
    }
    title = kept_together(words["title"] or words["site"], card.language)
    subtitle = kept_together(words["subtitle"], card.language)
    content = {
        **words,
        "title": title,
        "title_divided": with_soft_hyphens(title, card.language),
        "subtitle": subtitle,
        "subtitle_divided": with_soft_hyphens(subtitle, card.language),
        "language": card.language,
        "art": art,
        "field": field,
        "is_off": card.is_off,
    }
    png = typst.compile(
        HERE / "card.typ",
        format="png",
        ppi=72,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"card": json.dumps(content)},
    )
    return _smaller(png)


@lru_cache(maxsize=1)
def _fonts():
    # Those inside Typst stand in for what ours do not have: Greek, Georgian, Arabic.
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"]
    )


def _smaller(png):
    """The same picture in 256 colours: a quarter of the bytes, and no eye sees the difference."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        few = image.convert("RGB").quantize(
            256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        few.save(stream, "PNG", optimize=True)
    return stream.getvalue()


# The words ----------------------------------------------------------------------------------

# Scripts for which there is a font: Latin to Arabic, Georgian, then punctuation to mathematics.
WITHOUT_FONT = re.compile(
    "[\u0300-\u036f\u0483-\u0489]|[^\0-\u06ff\u10a0-\u10ff\u1c90-\u1cbf\u1e00-\u22ff\ua640-\ua69f\ua720-\ua7ff]"
)
NO_BREAK, WORD_JOINER = "\u00a0", "\u2060"


def shown(text: str) -> str:
    """The text as it can be drawn: one line, without signs that steer and signs without a font."""
    signs = WITHOUT_FONT.sub("", normalize("NFC", text))
    signs = (" " if category(sign) in ("Cc", "Zl", "Zp") else sign for sign in signs)
    line = "".join(sign for sign in signs if category(sign) not in ("Cf", "Cn", "Me"))
    return re.sub(r"[^\S\u00a0]+", " ", line).strip()


# Words that belong to the next one and so never end a line.
CLINGING = {
    "ru": "а без в во для до за и из или к ко на над не ни но о об от по под при про с со у",
    "en": "a an and as at by for from in its of on or the to with",
}


def kept_together(text: str, language: str) -> str:
    """No line ends in a preposition, an article or a number, and none begins with a dash."""
    text = re.sub(" (?=[–—] )", NO_BREAK, text)
    text = re.sub(r"\b(\w{1,3}-)(?=\w)", rf"\1{WORD_JOINER}", text)
    clinging = CLINGING.get(language, "").split()
    joined, run = "", 0
    words = text.split(" ")
    for word, following in zip(words, [*words[1:], ""], strict=True):
        bare = word.strip("«“(").lower()
        clings = bare in clinging or (NUMBER.fullmatch(bare) and following not in clinging)
        # Two in a row at most, so that a line can still be divided.
        run = run + 1 if run < 2 and clings else 0
        joined += word + (NO_BREAK if run else " ")
    return joined.strip()


NUMBER = re.compile(r"\d{1,4}")


# The picture --------------------------------------------------------------------------------

# As css/covers.css has them in its light set: ground, deep, quiet, land.
PALETTES = {
    "stage-1": ("#7a4a12", "#5a370d", "#8b6130", "#997448"),
    "stage-2": ("#005f73", "#004655", "#217384", "#3c8492"),
    "stage-3": ("#2f6b2f", "#234f23", "#4a7e49", "#608d5f"),
    "stage-4": ("#8c2f39", "#68232a", "#9b4951", "#a76066"),
    "stage-5": ("#4b3f8f", "#382f6a", "#62579c", "#756ca7"),
    # The night of the dark theme, for what belongs to all stages.
    "night": ("#0e1a20", "#16262e", "#23343c", "#33464f"),
}
FELT, GOLD = "#fcfaf5", "#fec50c"
EDGE = 64  # between the frame and the words
FIELD = 690  # how wide the words may run
DETAIL = 4000  # characters of an outline: a file is read once, a page is not

Field = dict[str, float]


def picture(card: Card) -> tuple[str, Field]:
    """The drawing as an SVG of its own, and where on it the words may stand.

    The field has `left`, `wide` and `floor` (the lowest line for words), in pixels.
    """
    name = f"ornament-{card.ornament if card.ornament in ORNAMENTS else ORNAMENTS[0]}"
    colour = card.colour if card.colour in PALETTES else COLOURS[0]
    choose = Choices(card.seed)
    chosen = choose.of(COMPOSITIONS).__name__
    compose = LAYOUTS.get(card.composition) or LAYOUTS[chosen]
    drawn, field = compose(name, card.outline if rings(card.outline) else "", choose)
    mark = group("mark", sign("shanyraq-mark", field["left"], 46, 60))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">'
        f"<style>{_style(colour)}</style><defs>{_symbols()}</defs>"
        f"{box('ground', 0, 0, WIDE, HIGH)}{drawn}{mark}</svg>"
    ), field


def _style(colour):
    ground, deep, quiet, hill = PALETTES[colour]
    fills = {"ground": ground, "deep": deep, "sun": GOLD, "land": hill, "seal": ground}
    fills |= {name: palette[0] for name, palette in PALETTES.items()}
    inks = {"lines": FELT, "quiet": quiet, "on-sun": ground, "mark": GOLD}
    return (
        "".join(f".cover__{name}{{fill:{value}}}" for name, value in fills.items())
        + "".join(f".cover__{name}{{color:{value}}}" for name, value in inks.items())
        + f".cover__thread{{fill:none;stroke:{FELT}}}"
    )


@lru_cache(maxsize=1)
def _symbols():
    return re.sub(r"</?svg[^>]*>|{#.*?#}", "", ornaments.sprite())


def _steppe(name: str, size: int) -> tuple[str, float]:
    """The deep band at the foot with the thread in it, and the level at which it begins."""
    level = _level(size)
    thread = group("lines", band(name, size, HIGH - size * 0.22))
    return box("deep", 0, level, WIDE, HIGH - level) + thread, level


def _level(size: int) -> int:
    return HIGH - round(size * 1.12) - 8


def _top_of_tiles(size: int) -> float:
    return HIGH - size * 0.22 - size * ornaments.BASE / ornaments.TILE


def _field(floor: float, left: float = EDGE, wide: float = FIELD) -> Field:
    return {"left": left, "wide": wide, "floor": floor}


def sunrise(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """The shanyraq rises as a sun behind the steppe; the region lies under the sky."""
    steppe, level = _steppe(name, choose.of((84, 100, 120)))
    if outline:
        radius = choose.of((170, 185, 200))
        x, y = choose.of((980, 1000, 1020)), level
    else:
        radius = choose.of((250, 280, 310))
        x, y = choose.of((1090, 1110, 1130)), level - radius * choose.of((0, 0.2, 0.4))
    sun = disc("sun", x, y, radius) + crown("on-sun", x, y, radius - 12)
    sky = land(outline, 830, 50, 310, round(level - radius - 90), room=DETAIL)
    return sky + sun + steppe, _field(level - 34)


def canopy(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """Under a great crown, cut by the frame; the thread runs below."""
    steppe, level = _steppe(name, choose.of((84, 100, 120)))
    radius = choose.of((330, 350, 370))
    y = choose.of((170, 220, 270))
    core = land(outline, 830, 90, 320, 300, "sun", DETAIL) or disc("sun", 990, 240, 92)
    return crown("quiet", 800 + radius, y, radius) + core + steppe, _field(level - 34)


def carpet(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """A carpet hangs at the side: the same border above and below, and one sign in its field."""
    left, wide = 800, 400
    size = choose.of((80, 100, 133))
    edge = round(size * 1.08) + 14
    border = band(name, size, edge - 14, 0, wide)
    turn = f"translate(0 {edge}) scale(1 -1)" if choose.of((0, 1)) else ""
    middle, inner = wide / 2, (HIGH - 2 * edge) / 2 - 24
    if outline:
        core = crown("quiet", middle, HIGH / 2, 330) + land(
            outline, 50, edge + 20, wide - 100, HIGH - 2 * edge - 40, "sun", DETAIL
        )
    else:
        radius = min(inner, 168)
        core = disc("sun", middle, HIGH / 2, radius) + crown(
            "on-sun", middle, HIGH / 2, radius - 10
        )
        core = crown("quiet", middle, HIGH / 2, 400) + core
    inside = (
        core
        + box("deep", 0, 0, wide, edge)
        + box("deep", 0, HIGH - edge, wide, edge)
        + group("lines", border, turn)
        + group("lines", border, f"translate(0 {HIGH - edge})")
    )
    hung = f'<svg x="{left}" y="0" width="{wide}" height="{HIGH}">{inside}</svg>'
    return hung, _field(HIGH - EDGE)


def single(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """One sign of the thread, very large, and the sun above it."""
    size = choose.of((310, 340)) if outline else choose.of((350, 380))
    level = choose.of((520, 535))
    start = WIDE - size - 40
    thread = (
        f'<path class="cover__thread" stroke-width="{size / 24:g}" '
        f'd="M-9 {level}H{start}M{start + size} {level}H1209"/>'
    )
    above = land(outline, 850, 44, 300, level - size - 14, "sun", DETAIL) or disc(
        "sun", choose.of((880, 1000, 1100)), 112, 56
    )
    return (
        above
        + box("deep", 0, level, WIDE, HIGH - level)
        + thread
        + group("lines", sign(name, start, level - size * ornaments.BASE / ornaments.TILE, size))
    ), _field(level - 44)


def spine(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """The thread runs down the side, as on the timeline; a sun stands at the other."""
    size = choose.of((90, 105))
    wide = round(size * 1.2)
    if outline:
        x, y, radius = 990, HIGH / 2, 190
        seal = land(outline, x - 130, round(y) - 115, 260, 230, "seal", DETAIL)
    else:
        radius = choose.of((300, 340, 380))
        x, y = 830 + radius, choose.of((150, 315, 480))
        seal = crown("on-sun", x, y, radius - 16)
    thread = group(
        "lines", band(name, size, size * 0.94, 0, HIGH), f"translate({wide} 0) rotate(90)"
    )
    left = wide + 52
    return (
        disc("sun", x, y, radius) + seal + box("deep", 0, 0, wide, HIGH) + thread,
        _field(HIGH - EDGE, left, 790 - left),
    )


def dawn(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """For the site itself: the whole crown, and one thread of all five ornaments."""
    size = 100
    level = _level(size)
    thread = "".join(
        sign(f"ornament-{ORNAMENTS[place % 5]}", place * size, _top_of_tiles(size), size)
        for place in range(WIDE // size)
    )
    return (
        disc("sun", 1010, level - 90, 262)
        + crown("on-sun", 1010, level - 90, 250)
        + box("deep", 0, level, WIDE, HIGH - level)
        + group("lines", thread)
    ), _field(level - 34, wide=640)


def five(name: str, outline: str, choose: Choices) -> tuple[str, Field]:
    """For the history: the thread of the five stages, each with its ornament on its colour."""
    size, wide = 120, WIDE // 5
    level = _level(size)
    foot = "".join(
        box(colour, place * wide, level, wide, HIGH - level) for place, colour in enumerate(COLOURS)
    )
    thread = "".join(
        sign(f"ornament-{ornament}", place * wide + half, _top_of_tiles(size), size)
        for place, ornament in enumerate(ORNAMENTS)
        for half in (0, size)
    )
    return (
        crown("quiet", 1110, 190, 300) + disc("sun", 1010, 240, 92) + foot + group("lines", thread)
    ), _field(level - 34)


LAYOUTS = {
    layout.__name__: layout for layout in (sunrise, canopy, carpet, single, spine, dawn, five)
}

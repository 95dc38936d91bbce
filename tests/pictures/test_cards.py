"""What is drawn on a card, whatever the words."""

import io
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from assembly_site.pictures import covers
from assembly_site.pictures.cards import (
    LAYOUTS,
    PALETTES,
    Card,
    draw,
    kept_together,
    picture,
    shown,
)

CSS = Path(__file__).resolve().parents[2] / "assembly_site/static/css"
OUTLINE = "M0 0L40 5L60 40L20 60Z"
CARD = Card(
    language="kk",
    seed="a-seed",
    ornament="horn",
    colour="stage-2",
    site="Қазақстан халқы Ассамблеясы",
    title="Бірлік пен келісім жолындағы 30 жыл",
    outline=OUTLINE,
    composition="",
    status="Кейінге қалдырылды",
    kicker="Фестивальдер",
    subtitle="Халық бірлігі",
    when="2025 жылғы 5 маусым",
    where="Абай облысы",
    is_off=True,
)

HOSTILE = {
    "200 wide letters": "Щ" * 200,
    "200 wide Latin letters": "W" * 200,
    "markup of the typesetter": '#let x = 1; #read("/etc/passwd") $a^2$ \\ *b* _i_ `r` @r <l> /*',
    "quotes": "\"'«»“”‘’`",
    "a script": "<script>alert(1)</script></svg>",
    "backslashes": "\\" * 200,
    "emoji": "🎉 Мереке 👩‍👩‍👧 ❤️ 🇰🇿",
    "emoji alone": "🎉",
    "marks of direction": "\u202eтерең\u202c \u2066a\u2069 \u200f العربية עברית",
    "NUL and controls": "a\x00b\x1b[31m\r\n\tc\x85",
    "a heap of accents": "Z" + "\u0351\u036b\u0343" * 60,
    "scripts without a font": "한국 中文 ไทย",
    "one letter": "А",
    "nothing": "",
    "spaces": " \u00a0\u2003 ",
    "200 short words": "и " * 100,
    "a soft hyphen and joiners": "a\u00adb\u200bc\u200dd\u2060e\ufefff",
}


def _opened(png):
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_a_card_is_a_png_of_the_size_that_networks_ask_for_and_light():
    png = draw(CARD)

    image = _opened(png)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(png) < 120_000


def test_the_same_card_is_the_same_to_the_byte():
    assert draw(CARD) == draw(replace(CARD))


@pytest.mark.parametrize("name", [field.name for field in fields(Card)])
def test_all_that_is_drawn_is_in_the_digest(name):
    other = {"is_off": False, "composition": "canopy"}.get(name, "another")

    assert replace(CARD, **{name: other}).digest != CARD.digest


@pytest.mark.parametrize(
    "name", ["site", "title", "status", "kicker", "subtitle", "when", "where", "is_off", "outline"]
)
def test_each_part_of_a_card_is_to_be_seen_on_it(name):
    card = replace(CARD, composition="canopy")
    without = replace(card, **{name: False if name == "is_off" else ""})

    assert draw(without) != draw(card)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_title_gives_a_card(name):
    assert _opened(draw(replace(CARD, title=HOSTILE[name]))).size == (1200, 630)


def test_hostile_words_may_stand_in_every_place():
    evil = HOSTILE["markup of the typesetter"] + HOSTILE["NUL and controls"] + HOSTILE["a script"]
    words = dict.fromkeys(("site", "title", "status", "kicker", "subtitle", "when"), evil)

    assert _opened(draw(replace(CARD, **words, where=evil, seed=evil, ornament=evil))).size


LONG = (
    "Республиканский фестиваль творческих коллективов этнокультурных объединений, посвящённый "
    "тридцатилетию Ассамблеи народа Казахстана, «30 лет во имя единства и согласия» — выставка"
)


@pytest.mark.parametrize("composition", LAYOUTS)
@pytest.mark.parametrize(
    "title", [LONG, HOSTILE["200 wide letters"], "Қанағаттандырылмағандықтарыңыздан", "Отыз жыл"]
)
def test_words_never_leave_their_field(composition, title):
    silent = replace(
        CARD, composition=composition, site="", title="", status="", kicker="", subtitle="",
        when="", where="",
    )  # fmt: skip
    spoken = replace(CARD, composition=composition, site="", title=title, language="ru")
    field = picture(spoken)[1]

    words = _difference(draw(silent), draw(spoken))

    left, top, right, bottom = words.getbbox()
    assert left >= field["left"] - 8  # the first letter may lean out a little
    assert right <= field["left"] + field["wide"] + 8
    assert top >= 120
    assert bottom <= field["floor"] + 2


def _difference(one, other):
    pictures = [_opened(png).convert("RGB") for png in (one, other)]
    # The palettes of the two may differ by a shade.
    return ImageChops.difference(*pictures).convert("L").point(lambda value: 255 * (value > 24))


def test_every_composition_of_a_cover_has_its_layout():
    assert {one.__name__ for one in covers.COMPOSITIONS} <= set(LAYOUTS)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e", "f"])
def test_a_card_has_the_composition_of_the_cover(seed):
    chosen = covers.Choices(seed).of(covers.COMPOSITIONS).__name__

    drawn = picture(replace(CARD, seed=seed))

    assert drawn == picture(replace(CARD, seed=seed, composition=chosen))


def test_the_colours_are_those_of_the_style_sheet():
    ground = dict(
        re.findall(r"--(stage-\d): (#\w+);", (CSS / "tokens.css").read_text().split("@media")[0])
    )
    rest = re.findall(
        r"cover--(stage-\d) .*?--cover-deep: (#\w+); --cover-quiet: (#\w+); --cover-land: (#\w+);",
        (CSS / "covers.css").read_text().split("@media")[0],
    )

    of_style_sheet = {name: (ground[name], *others) for name, *others in rest}

    assert {name: PALETTES[name] for name in covers.COLOURS} == of_style_sheet


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Қазақстан – «ұлы дала»", "Қазақстан – «ұлы дала»"),
        ("🎉 Мереке ❤️", "Мереке"),
        ("a\x00b\r\nc", "a b c"),
        ("\u202eabc\u202c\u200f", "abc"),
        ("и\u0306од", "йод"),
        ("Z\u0351\u036b", "Z"),
        ("5 000 ₸ № 7", "5 000 ₸ № 7"),
        ("한국", ""),
    ],
)
def test_signs_that_steer_or_have_no_font_are_not_drawn(text, drawn):
    assert shown(text) == drawn


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("ru", "Мир в доме и на площади", "Мир в~доме и~на~площади"),
        ("ru", "Казахстан — страна", "Казахстан~— страна"),
        ("en", "Forum “The land of the Syr”", "Forum “The~land of~the~Syr”"),
        ("kk", "Бірлік – 30 жыл", "Бірлік~– 30~жыл"),
        ("en", "associations of 1989 to the days", "associations of~1989 to~the~days"),
        ("kk", "іс-шара", "іс-|шара"),
        ("ru", "план 30-летия", "план 30-|летия"),
        ("ru", "и и и и и", "и~и~и и~и"),
    ],
)
def test_small_words_cling_to_the_next(language, text, kept):
    joined = kept_together(text, language).replace("\u00a0", "~").replace("\u2060", "|")

    assert joined == kept


def test_what_stands_on_a_card_can_be_read_aloud():
    card = replace(CARD, when="5 июня 2025 г.", subtitle="")

    assert card.in_words == (
        "Кейінге қалдырылды. Бірлік пен келісім жолындағы 30 жыл. 5 июня 2025 г. Абай облысы"
    )

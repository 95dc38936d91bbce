"""Everything that people read, looked at by a proofreader: the content and the catalogues."""

import re
import tomllib
from functools import cache
from pathlib import Path

import polib
import pytest

from .proofreading import PHRASE, QUOTED, SENTENCES, TITLE, Text, mistakes

ROOT = Path(__file__).resolve().parents[1]

LANGUAGES = ("kk", "ru", "en")
# Fields of the content files by what they hold; any other may be either.
IN_SENTENCES = {
    "summary", "body", "report", "change", "introduction", "directions", "statement",
}  # fmt: skip
TITLES = {"title", "name", "centre", "role", "label", "theme", "venue", "organiser", "issuer"}
# Fields of a citation: quoted as they were published.
AS_PUBLISHED = {"title", "publisher"}


@cache
def _texts_of_catalogues():
    return list(_in_catalogues())


@cache
def _texts_of_content():
    return list(_in_content())


def _in_catalogues():
    for path in sorted((ROOT / "assembly_site").glob("**/locale/*/LC_MESSAGES/*.po")):
        language = path.parts[-3]
        ours = "django_words" not in path.parts
        for entry in polib.pofile(str(path)):
            place = f"{path.relative_to(ROOT)}, {entry.msgid[:60]!r}"
            for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
                yield Text(place, language, text.strip("\n"), PHRASE)
            if ours and language == "kk":
                for text in filter(None, [entry.msgid, entry.msgid_plural]):
                    yield Text(place, "en", text.strip("\n"), PHRASE)


def _in_content():
    for folder in ("assembly_site", "events", "history"):
        for path in sorted((ROOT / folder).glob("**/content/**/*.toml")):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from _texts_in(data, str(path.relative_to(ROOT)), [])


def _texts_in(value, file, names):
    if isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _texts_in(inner, file, [*names, str(number)])
    elif isinstance(value, dict):
        for name, inner in value.items():
            if "citations" in names and name in AS_PUBLISHED:
                # The script counts: a source in English may bear a Russian title.
                language = "ru" if re.search("[Ѐ-ӿ]", inner) else "en"
                yield Text(_place(file, [*names, name]), language, inner, QUOTED)
            elif name in LANGUAGES and not isinstance(inner, dict):
                role = _role(names[-1] if names else "")
                for text in inner if isinstance(inner, list) else [inner]:
                    yield Text(_place(file, names), name, text.strip("\n"), role)
            else:
                yield from _texts_in(inner, file, [*names, name])


def _role(name):
    return SENTENCES if name in IN_SENTENCES else TITLE if name in TITLES else PHRASE


def _place(file, names):
    return f"{file}, {' '.join(names)}"


def _found(texts):
    return [f"{one.place} ({one.language}): {what}" for one in texts for what in mistakes(one)]


def test_the_content_leaves_nothing_to_a_proofreader():
    assert _found(_texts_of_content()) == []


def test_the_catalogues_leave_nothing_to_a_proofreader():
    assert _found(_texts_of_catalogues()) == []


@pytest.mark.parametrize(
    ("language", "text", "mistake"),
    [
        ("kk", "Қaзақстан халқы", "Latin and Cyrillic in one word"),
        ("en", "the Аssembly", "a Cyrillic letter in an English text"),
        ("ru", "Дом o дружбе", "a Latin word that may be meant in Cyrillic"),
        ("kk", "ХХ ғасыр", "a Roman numeral in Cyrillic letters"),
        ("kk", "І сессия", "a Roman numeral in Cyrillic letters"),
        ("ru", "дом\u200bдружбы", "an invisible sign"),
        ("ru", "Нова ў доме", "a letter that is in neither alphabet"),
        ("en", "two  spaces", "two spaces"),
        ("en", "line \nline", "a space at the end of a line"),
        ("en", "line\n line", "a space at the beginning of a line"),
        ("ru", "дом , где", "a space before a sign"),
        ("ru", "дом,где", "no space after a sign"),
        ("kk", "Үй ашылды.Қонақтар келді", "no space after a full stop"),
        ("ru", "« дом»", "a space inside quotation marks or brackets"),
        ("ru", "дом«Дружба»", "no space beside quotation marks or brackets"),
        ("en", "It opened[1].", "a note mark needs a space around it"),
        ("en", "a house - a home", "a hyphen for a dash"),
        ("ru", "1995-2002 годы", "a hyphen for the dash of a range"),
        ("kk", "5-7 маусым", "a hyphen for the dash of a range"),
        ("ru", "дом— место", "a dash with a space on one side"),
        ("kk", "үй — орын", "the dash of Kazakh is –"),
        ("ru", "дом – место", "the dash of Russian is — with spaces"),
        ("en", "a house – a home", "a dash in English"),
        ("en", "and so on...", "three dots for an ellipsis"),
        ("en", 'the "house"', "a straight quotation mark"),
        ("en", "the people's house", "a straight apostrophe"),
        ("kk", "“Достық” үйі", "quotation marks are «…»"),
        ("en", "the «Dostyk» house", "quotation marks are “…”"),
        ("ru", "дом «Дружба", "“«” without its other half"),
        ("ru", "дом Дружба»", "“»” without its other half"),
        ("ru", "закон N 70", "N for №"),
        ("kk", "No 70 заң", "N for №"),
        ("ru", "закон №70", "no space after №"),
        ("en", "law № 70", "№ in English"),
        ("kk", "2025жылы", "a figure glued to a word"),
        ("en", "in March2025", "a figure glued to a word"),
        ("kk", "2025-жылы", "a year takes no hyphen"),
        ("kk", "30-жылдығы", "an anniversary takes no hyphen"),
        ("kk", "2025 жылдың 1 наурызы", "a date is written"),
        ("kk", "XXXIV-сессия", "a Roman numeral takes no hyphen"),
        ("ru", "34-ая сессия", "an ending of one letter"),
        ("en", "the 1990’s", "no apostrophe"),
        ("en", "in the the house", "a word twice"),
        ("ru", "и и дом", "a word twice"),
        ("en", "Welcome!", "an exclamation mark"),
        ("ru", "дом,, где", "a sign twice"),
        ("ru", "Прошло в рамках года", "a word that the house does without"),
        ("kk", "Бұл күн болып табылады. Үй болып табылады", "a word that the house does without"),
        ("en", "a rich tapestry of peoples", "a word that the house does without"),
    ],
)
def test_a_mistake_is_found_and_named(language, text, mistake):
    found = [one.partition(":")[0] for one in mistakes(Text("", language, text, PHRASE))]

    assert [one for one in found if one.startswith(mistake)] == found
    assert found


@pytest.mark.parametrize(
    ("role", "text", "mistake"),
    [
        (SENTENCES, "Үй ашылды", "no full stop at the end"),
        (SENTENCES, "Үй ашылды\n\nҚонақтар келді.", "no full stop at the end"),
        (SENTENCES, "## Бастау.\n\nҮй ашылды.", "a full stop after a chapter"),
        (TITLE, "Үй ашылды.", "a full stop after a title"),
    ],
)
def test_what_a_text_is_decides_about_its_full_stop(role, text, mistake):
    assert [one.partition(":")[0] for one in mistakes(Text("", "kk", text, role))] == [mistake]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "2025 жылғы 5–7 маусымда – XXXIV сессия, №\u00a012 үй, 1990-жылдары «Достық» үйі."),
        ("kk", "- бірте-бірте;\n- Х. Якупбаев және WhatsApp-та [1][2]."),
        ("kk", "## Бастау\n\nҮй (Семей) ашылды [1]; жазыңыз: info@assembly.kz, https://el.kz/a."),
        ("ru", "Поручение, данное в 2022 году: напишите 2025-06-05, «Вперёд!» [1]."),
        ("ru", "34-я сессия, 1995–2002 годы: дом — место «Бір ел – бір мүдде» [1]."),
        ("ru", "Л. Тимченко получил премию в 1974-м: %(count)s из 10 (см. отчёт)."),
        (
            "en",
            "In the 1990s, on 1–3 March, the 34th session met in Astana’s “Palace of Peace” [1].",
        ),
    ],
)
def test_a_text_that_is_right_is_left_alone(language, text):
    assert list(mistakes(Text("", language, text, SENTENCES))) == []


def test_a_title_of_a_source_is_read_for_its_letters_alone():
    text = "30-летие - в рамках года"

    assert list(mistakes(Text("", "ru", text, QUOTED))) == []
    assert list(mistakes(Text("", "ru", "Дoм дружбы", QUOTED))) != []

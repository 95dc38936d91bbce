"""Look-alike letters, quotation marks and dashes in everything that people read."""

import re
import tomllib
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CYRILLIC = "Ѐ-ӿ"
LOOK_ALIKES = re.compile(
    f"[{CYRILLIC}][aceiopxyABCEHIKMOPTX](?![a-z])|(?<![A-Za-z])[aceiopxyABCEHKMOPTX][{CYRILLIC}]"
)
SIGNS = [
    (re.compile(r"(?<=\S) {2,}(?=\S)"), "two spaces"),
    (re.compile(r"\s-\s"), "a hyphen for a dash"),
    (re.compile(r"\.\.\."), "three dots for an ellipsis"),
]
STRAIGHT_QUOTES = re.compile(r'"')


def _texts_of_catalogues():
    for path in sorted((ROOT / "assembly_site/locale").glob("*/LC_MESSAGES/django.po")):
        language = path.parts[-3]
        for entry in polib.pofile(str(path)):
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                yield f"{language} catalogue, {entry.msgid[:40]}", language, text


def _texts_of_content():
    for folder in ("assembly_site", "events", "history"):
        for path in sorted((ROOT / folder).glob("**/content/**/*.toml")):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from _texts_in(data, str(path.relative_to(ROOT)))


def _texts_in(value, place):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("kk", "ru", "en") and isinstance(inner, str):
                yield place, key, inner
            else:
                yield from _texts_in(inner, f"{place}, {key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _texts_in(inner, f"{place} {number}")


def _all_texts():
    return [*_texts_of_catalogues(), *_texts_of_content()]


def test_no_latin_letter_hides_in_a_cyrillic_word():
    found = [
        f"{place} ({language}): {match.group(0)}"
        for place, language, text in _all_texts()
        if language != "en"
        for match in LOOK_ALIKES.finditer(text)
    ]

    assert found == []


def test_spaces_dashes_and_ellipses_are_set_right():
    found = [
        f"{place} ({language}): {what}: …{text[max(match.start() - 15, 0) : match.end() + 15]}…"
        for place, language, text in _all_texts()
        for sign, what in SIGNS
        for match in sign.finditer(re.sub(r"(?m)^- ", "", text))
    ]

    assert found == []


def test_quotation_marks_are_those_of_the_language():
    wrong = []
    for place, language, text in _all_texts():
        if STRAIGHT_QUOTES.search(text) or (language != "en" and re.search("[“”]", text)):
            wrong.append(f"{place} ({language}): {text[:60]}")

    assert wrong == []

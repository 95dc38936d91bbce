"""Texts of results with the words that were found marked, cut to where they stand."""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from assembly_site.languages.folding import folded_words

from .question import Reading

BEFORE, AFTER = 90, 170
SUMMARY_LETTERS = 260
_RAW_WORD = re.compile(r"[^\W_]+")


def needles_of(readings: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            needle
            for reading in readings
            for word in reading.words
            for meaning in word
            for needle in meaning.needles
        )
    )


def marked(text: str, needles: tuple[str, ...]) -> SafeString:
    """The text, escaped, with each found word in a `mark`."""
    parts, end = [], 0
    for word in folded_words(text):
        if _is_found(word.text, needles):
            parts.append((text[end : word.start], text[word.start : word.end]))
            end = word.end
    return format_html_join("", "{}<mark>{}</mark>", parts) + escape(text[end:])


def has_marks(text: str, needles: tuple[str, ...]) -> bool:
    return any(_is_found(word.text, needles) for word in folded_words(text))


def snippet(body: str, folded_body: str, needles: tuple[str, ...]) -> str:
    """The part of a long text around the first found word, cut between words; empty if none."""
    places = [place for needle in needles if (place := folded_body.find(needle)) >= 0]
    if not places:
        return ""
    # The folded text has the same words in the same order.
    number = folded_body.count(" ", 0, min(places) + 1) - 1
    word = next(
        (match for place, match in enumerate(_RAW_WORD.finditer(body)) if place >= number), None
    )
    middle = word.start() if word else 0
    start, end = max(0, middle - BEFORE), min(len(body), middle + AFTER)
    if start:
        start = body.find(" ", start) + 1
    if end < len(body):
        end = body.rfind(" ", start, end)
    return f"{'… ' if start else ''}{body[start:end]}{' …' if end < len(body) else ''}"


def shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= SUMMARY_LETTERS:
        return text
    return f"{text[: text.rfind(' ', 0, SUMMARY_LETTERS)]} …"


def _is_found(word, needles):
    padded = f" {word} "
    return any(padded.startswith(needle) for needle in needles)

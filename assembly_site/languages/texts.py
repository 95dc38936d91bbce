"""A text in three languages: three plain columns, and what to show when one is empty."""

import re
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


class Wording(NamedTuple):
    """A text and the language it is really in."""

    text: str
    language: str


def wording(instance, name: str, language: str | None = None) -> Wording:
    """The text of a translated field in `language` (default: the active one).

    Falls back to the first language, in the order of the settings, that has the text.
    An empty text comes back in the language that was asked for.
    """
    wanted = language or get_language() or LANGUAGE_CODES[0]
    for code in [wanted, *LANGUAGE_CODES]:
        text = getattr(instance, to_attribute(name, code), "")
        if text:
            return Wording(text, code)
    return Wording("", wanted)


def _with_fallback(name, field):
    return lambda instance: wording(instance, name).text


def translated(field) -> TranslatedField:
    """`title = translated(models.CharField(…))` makes title_kk, title_ru and title_en.

    Reading `title` gives the active language with fallback. No language is required by the
    column: a draft may start in any of them, and the gate before publishing asks for the rest.
    """
    return TranslatedField(field, attrgetter=_with_fallback)


def columns(name: str) -> tuple[str, ...]:
    """The column names of a translated field, Kazakh first."""
    return tuple(to_attribute(name, code) for code in LANGUAGE_CODES)


# What neither XML 1.0 (section 2.2) nor RFC 5545 (section 3.1) has room for; a text pasted from an
# office program brings vertical tabs along.
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with a space for each sign that no document may hold."""
    return _NOT_PRINTABLE.sub(" ", text)


def text_columns(model, language: str) -> list[str]:
    """The columns of all translated fields of a model in one language."""
    return [field.name for field in model._meta.fields if field.name.endswith(f"_{language}")]


def count_words(text: str) -> int:
    """Words of a plain or rich text; numbers of notes, «[1]», are none."""
    return len(re.findall(r"\w[\w’-]*", re.sub(r"<[^>]+>|\[\d+\]", " ", text)))

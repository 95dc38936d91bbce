"""What a field of a content file may hold: each kind finds the mistakes in a value and reads it.

A table of fields, name by name, says which fields an object has; it stands with the object's
loader. A mistake is a pair: the place inside the object, and a sentence that says what to write
instead. Lengths and other limits are those of the columns that the fields fill.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from difflib import get_close_matches

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from markdown_it import MarkdownIt

from assembly_site.languages.dates import PartialDate
from assembly_site.languages.texts import LANGUAGE_CODES, columns

_markdown = MarkdownIt("commonmark", {"html": False})

Mistakes = Iterator[tuple[str, str]]

EARLIEST, LATEST = 1700, 2100  # a year beyond them is a slip of the finger
FEW = 20  # names that a sentence may list in full


@dataclass
class Surroundings:
    """What a field must know of the rest: the models it fills, the keys there are, the notes."""

    models: tuple[type[models.Model], ...]
    keys: dict[str, set[str]]
    citations: int = 0

    def column(self, name: str) -> models.Field | None:
        """The column of that name in the first of the models that has one."""
        for model in self.models:
            try:
                return model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
        return None

    def within(self, *inner: type[models.Model]) -> "Surroundings":
        return Surroundings(inner, self.keys, self.citations)


@dataclass(frozen=True, kw_only=True)
class Field:
    """`column` is the model's name for it where it differs; `default` is what absence means."""

    required: bool = False
    column: str = ""
    default: object = None
    not_before: str = ""  # name of the field at which the span begins that this one ends

    def mistakes(self, name: str, value, around: Surroundings) -> Mistakes:
        raise NotImplementedError

    def read(self, value):
        """The value as the column wants it."""
        return value

    def values(self, name: str, value, loaded) -> dict:
        """The columns this field fills; `loaded` finds the object for a column, kind and key."""
        return {self.column or name: self.default if value is None else self.read(value)}


@dataclass(frozen=True, kw_only=True)
class Word(Field):
    """A text that is the same in every language."""

    default: object = ""

    def mistakes(self, name, value, around):
        if not isinstance(value, str):
            yield name, _text_is_due(value)
        elif not value.strip():
            yield name, "this is empty: write it, or leave the field out."
        else:
            found = list(self.forms(value))
            found = found or _limits(value, around.column(self.column or name))
            yield from ((name, one) for one in found)

    def forms(self, value: str) -> Iterator[str]:
        """Sentences on what the kind asks for beyond being a text."""
        yield from ()


@dataclass(frozen=True, kw_only=True)
class LanguageCode(Word):
    def forms(self, value):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", value):
            yield f"“{_short(value)}” is not the code of a language, such as kk, ru or en."


@dataclass(frozen=True, kw_only=True)
class PartOfDate(Word):
    """A date as far as it is known."""

    default: object = None

    def forms(self, value):
        try:
            parsed = PartialDate.parse(value)
        except ValidationError as error:
            yield error.messages[0]
            return
        if str(parsed) != value:
            yield f"“{value}” is written “{parsed}” in these files."
        elif not EARLIEST <= parsed.year <= LATEST:
            yield f"“{value}”: the year is not between {EARLIEST} and {LATEST}, mend it."

    def read(self, value):
        return PartialDate.parse(value)


@dataclass(frozen=True, kw_only=True)
class FullDate(PartOfDate):
    """A day."""

    def forms(self, value):
        found = list(super().forms(value))
        if not found and PartialDate.parse(value).precision != "day":
            found = [f"“{value}” is not a full date: write a day, such as “2026-11-24”."]
        yield from found

    def read(self, value):
        return PartialDate.parse(value).first_day


@dataclass(frozen=True, kw_only=True)
class Clock(Word):
    default: object = None

    def forms(self, value):
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            yield f"“{_short(value)}” is not a time: write hours and minutes, such as “15:00”."

    def read(self, value):
        return time.fromisoformat(value)


@dataclass(frozen=True, kw_only=True)
class Choice(Word):
    """One of a few words."""

    choices: type[models.TextChoices]

    def forms(self, value):
        if value not in self.choices.values:
            yield _unknown(value, self.choices.values)


@dataclass(frozen=True, kw_only=True)
class YesNo(Field):
    default: object = False

    def mistakes(self, name, value, around):
        if not isinstance(value, bool):
            yield name, "write true or false here, without quotation marks."


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    def mistakes(self, name, value, around):
        if type(value) is not int:
            yield name, f"{_a(value)} stands here: write a whole number without quotation marks."
        else:
            yield from ((name, one) for one in _limits(value, around.column(self.column or name)))


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    def mistakes(self, name, value, around):
        if type(value) not in (int, float) or not math.isfinite(value):
            yield name, f"{_a(value)} stands here: write a number without quotation marks."
            return
        column = around.column(self.column or name)
        exact = Decimal(str(value)) if isinstance(column, models.DecimalField) else value
        yield from ((name, one) for one in _limits(exact, column))

    def read(self, value):
        return Decimal(str(value))


@dataclass(frozen=True, kw_only=True)
class CitationNumber(Whole):
    """The number of a citation of the same file."""

    def mistakes(self, name, value, around):
        found = list(super().mistakes(name, value, around))
        if not found and not 1 <= value <= around.citations:
            found = [(name, _no_such_note(value, around.citations))]
        yield from found


@dataclass(frozen=True, kw_only=True)
class Texts(Field):
    """A text in three languages, all of them or none."""

    def mistakes(self, name, value, around):
        if not isinstance(value, dict):
            yield name, f"{_a(value)} stands here: write a text for each of kk, ru and en."
            return
        for code in sorted(value.keys() - set(LANGUAGE_CODES)):
            yield (
                f"{name}.{code}",
                "a text has kk, ru and en and nothing else; what belongs to the whole object "
                f"stands above the line [{name}].",
            )
        missing = [code for code in LANGUAGE_CODES if not _written(value.get(code))]
        if missing:
            yield name, f"the text is missing in {', '.join(missing)}: write all three languages."
        for code in LANGUAGE_CODES:
            yield from self._mistakes_of_one(name, code, value.get(code), around)

    def _mistakes_of_one(self, name, code, text, around):
        place = f"{name}.{code}"
        if text is None:
            return
        if not isinstance(text, str):
            yield place, _text_is_due(text)
            return
        column = around.column(f"{self.column or name}_{code}")
        yield from ((place, one) for one in _limits(text.strip(), column))
        for number in sorted(set(map(int, re.findall(r"\[(\d{1,6})\]", text)))):
            if not 1 <= number <= around.citations:
                yield place, _no_such_note(number, around.citations)

    def values(self, name, value, loaded):
        names = columns(self.column or name)
        if value is None:
            return dict.fromkeys(names, "")
        return {
            column: self.read(value[code].strip())
            for column, code in zip(names, LANGUAGE_CODES, strict=True)
        }


_NOT_IN_MARKDOWN = [
    (re.compile(r"\]\("), "a link or a picture stands in the text: name the source in a citation."),
    (re.compile(r"<[a-z/!]"), "HTML stands in the text: write it in words and Markdown."),
    (re.compile(r"(?m)^(#|#{3,})\s"), "a chapter begins with “## ”, two signs and a space."),
    (re.compile(r"(?m)^[*+] "), "a line of a list begins with “- ”."),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LongTexts(Texts):
    """Three languages in Markdown: paragraphs, chapters, lists and titles of works."""

    def _mistakes_of_one(self, name, code, text, around):
        yield from super()._mistakes_of_one(name, code, text, around)
        for sign, sentence in _NOT_IN_MARKDOWN:
            if isinstance(text, str) and sign.search(text):
                yield f"{name}.{code}", sentence

    def read(self, value):
        return _markdown.render(value)


@dataclass(frozen=True)
class Key(Field):
    """The key of an object of another file; a number for sessions and stages."""

    kind: str
    numbered: bool = False

    def mistakes(self, name, value, around):
        if type(value) is not (int if self.numbered else str):
            hint = "a number without" if self.numbered else "a key in"
            yield name, f"{_a(value)} stands here: write {hint} quotation marks."
            return
        known = around.keys.get(self.kind, set())
        if str(value) not in known:
            yield name, f"there is no {self.kind} “{_short(value)}”{_instead(str(value), known)}"

    def values(self, name, value, loaded):
        column = self.column or name
        return {column: None if value is None else loaded(column, self.kind, value)}


@dataclass(frozen=True)
class Tie(Key):
    """A key that the loader follows by itself, in `values` or in `link`."""

    def values(self, name, value, loaded):
        return {}


@dataclass(frozen=True)
class Ties(Tie):
    """Several keys of one kind."""

    def mistakes(self, name, value, around):
        if not isinstance(value, list):
            yield name, f'{_a(value)} stands here: write a list, such as ["a", "b"].'
            return
        for one in value:
            yield from super().mistakes(name, one, around)


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """Several of a few words."""

    choices: tuple[str, ...]
    default: object = ()

    def mistakes(self, name, value, around):
        if not isinstance(value, list):
            yield name, f'{_a(value)} stands here: write a list, such as ["{self.choices[0]}"].'
            return
        for one in value:
            if one not in self.choices:
                yield name, _unknown(one, self.choices)


@dataclass(frozen=True, kw_only=True)
class PartsOfDates(Field):
    """Several dates, each as far as it is known; read by the loader itself."""

    def mistakes(self, name, value, around):
        if not isinstance(value, list) or not value:
            yield name, f'{_a(value)} stands here: write a list of dates, such as ["2025-03"].'
            return
        for one in value:
            yield from PartOfDate().mistakes(name, one, around)

    def values(self, name, value, loaded):
        return {}


@dataclass(frozen=True, kw_only=True)
class Tables(Field):
    """A list of tables, `[[name]]`, each with fields of its own; written by the loader itself."""

    models: tuple[type[models.Model], ...]
    fields: dict[str, Field] = field(default_factory=dict)

    def mistakes(self, name, value, around):
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            yield name, f"write a line [[{name}]], with two brackets, above each of them."
            return
        for number, table in enumerate(value, start=1):
            found = mistakes_in(self.fields, table, around.within(*self.models))
            yield from ((f"{name} {number}, {place}", sentence) for place, sentence in found)

    def values(self, name, value, loaded):
        return {}


def mistakes_in(fields: dict[str, Field], table: dict, around: Surroundings) -> Mistakes:
    """All mistakes of an object: names that it does not have, what is missing, wrong values."""
    for name in sorted(table.keys() - fields.keys()):
        yield name, f"there is no such field here{_instead(name, fields, FEW + FEW)}"
    for name, one in fields.items():
        if name in table:
            found = list(one.mistakes(name, table[name], around))
            yield from found or _wrong_span(fields, name, table)
        elif one.required:
            yield name, "this field is missing: it must be written."


def values_of(fields: dict[str, Field], table: dict, loaded) -> dict:
    """The columns that a table without mistakes fills."""
    values = {}
    for name, one in fields.items():
        values |= one.values(name, table.get(name), loaded)
    return values


def _wrong_span(fields, name, table):
    first, last = table.get(fields[name].not_before), table[name]
    # Dates sort as their texts do, so that “2025” does not end what begins in “2025-03” either.
    if first is not None and type(first) is type(last) and last < first:
        yield (
            name,
            f"“{last}” is before “{first}”, where it begins ({fields[name].not_before}): "
            "mend one of them.",
        )


def _written(text):
    return text is not None and (not isinstance(text, str) or text.strip())


_THINGS = {
    str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list",
    dict: "a table",
}  # fmt: skip


def _a(value):
    return _THINGS.get(type(value), "a date without quotation marks")


def _text_is_due(value):
    if isinstance(value, list | dict):
        return f"{_a(value)} stands here: write a text in quotation marks."
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'{_a(value)} stands here: write a text in quotation marks, "{_short(text)}".'


def _short(value):
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _limits(value, column) -> Iterator[str]:
    """What the column itself asks for: length, form, range."""
    if isinstance(value, str) and re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value):
        yield "an invisible control character stands in the text: delete it."
        return
    most = getattr(column, "max_length", None)
    if most and isinstance(value, str) and len(value) > most:
        yield (
            f"the text has {len(value)} characters and the limit is {most}: "
            f"shorten it by {len(value) - most}."
        )
    for validator in column.validators if column else []:
        if isinstance(validator, MaxLengthValidator):
            continue
        try:
            validator(value)
        except ValidationError as error:
            yield f"“{_short(value)}” cannot stand here: {error.messages[0]}"
            return


def _unknown(value, choices):
    return f"“{_short(value)}” is unknown{_instead(str(value), choices)}"


def _instead(name, known, few=FEW):
    """The end of the sentence: the name that was probably meant, else those that there are."""
    close = get_close_matches(name, known, n=1, cutoff=0.7)
    if close:
        return f": did you mean “{close[0]}”?"
    if len(known) <= few:
        return f"; there are: {', '.join(sorted(known))}."
    return ": add it, or mend the name."


def _no_such_note(number, citations):
    have = "1 citation" if citations == 1 else f"{citations} citations"
    return f"[{number}] points at no citation, the file has {have}: add it, or mend the number."

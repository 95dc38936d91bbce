"""What differs between two states of an object, by field and language, with the words marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assembly_site.languages.texts import LANGUAGE_CODES

from .versions import Snapshot

# Written by the site itself; nobody means them.
OWN_FIELDS = {
    "created_at", "updated_at", "first_day_of_event", "sequence", "uid", "starts_at", "ends_at",
    "sort_name", "target_id", "target_type", "width", "height",
}  # fmt: skip
OWN_FIELDS_OF = {"event": {"first_day", "last_day"}}


class Mark(NamedTuple):
    """A run of words: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs. `language` is the code of a text's language, else empty.

    `name` is the column; `row` says which child row it belongs to ("date 2"), empty for the object.
    """

    name: str
    label: str
    language: str
    old: str
    new: str
    row: str = ""

    @property
    def marks(self) -> list[Mark]:
        return word_marks(self.old, self.new)


def differences(model: type[models.Model], old: Snapshot, new: Snapshot) -> list[Difference]:
    """The fields that differ, in the order of the model, then the child rows."""
    found = list(_of_fields(model, old.fields, new.fields))
    for name in dict.fromkeys([*old.children, *new.children]):
        relation = model._meta.get_field(name)
        found += _of_rows(
            relation.related_model, old.children.get(name, {}), new.children.get(name, {})
        )
    return found


def word_marks(old: str, new: str) -> list[Mark]:
    """Both texts as one, with the words that were taken out and those that came in."""
    before, after = _words(old), _words(new)
    marks = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            marks.append(Mark("same", "".join(before[start:end])))
            continue
        if start < end:
            marks.append(Mark("removed", "".join(before[start:end])))
        if new_start < new_end:
            marks.append(Mark("added", "".join(after[new_start:new_end])))
    return marks


def _words(text):
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _of_fields(model, old, new, row="") -> Iterator[Difference]:
    own = OWN_FIELDS | OWN_FIELDS_OF.get(model._meta.model_name, set())
    for column in [*model._meta.fields, *model._meta.many_to_many]:
        if column.name in own or column.primary_key or _is_owner(column, model, row):
            continue
        before, after = old.get(column.name), new.get(column.name)
        if _plain(before) != _plain(after):
            yield Difference(
                name=column.name,
                label=label_of(column),
                language=language_of(column),
                old=in_words(column, before),
                new=in_words(column, after),
                row=row,
            )


def _of_rows(model, old, new):
    numbers = {key: place for place, key in enumerate(dict.fromkeys([*old, *new]), start=1)}
    for key, place in numbers.items():
        row = f"{capfirst(model._meta.verbose_name)} {place}"
        if key not in new:
            row = _("%(row)s, taken out") % {"row": row}
        elif key not in old:
            row = _("%(row)s, new") % {"row": row}
        yield from _of_fields(model, old.get(key, {}), new.get(key, {}), row)


def _is_owner(column, model, row):
    """Whether the column only says to which object a child row belongs."""
    return (
        bool(row)
        and column.many_to_one
        and column.name in ("event", "stage", "body", "person", "session", "region")
        and (column.remote_field.on_delete is models.CASCADE)
    )


def _plain(value):
    return "" if value in (None, [], {}) else value


def label_of(column: models.Field) -> str:
    """The name of a column without its language."""
    name = column.name
    if name[-3:-2] == "_" and name[-2:] in LANGUAGE_CODES:
        return capfirst(str(column.verbose_name).partition(" [")[0])
    return capfirst(str(column.verbose_name))


def language_of(column: models.Field) -> str:
    """The language of a text's column; empty for everything that is no text of a language."""
    code = column.name[-2:]
    return code if column.name[-3:-2] == "_" and code in LANGUAGE_CODES else ""


def in_words(column: models.Field, value) -> str:
    """A stored value as an editor would read it."""
    if value is None or value == "" or value == []:
        return ""
    if column.many_to_many:
        return ", ".join(map(str, column.related_model._default_manager.filter(pk__in=value)))
    if column.is_relation:
        return str(column.related_model._default_manager.filter(pk=value).first() or value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField):
        return date_format(localtime(column.to_python(value)), "DATETIME_FORMAT")
    if isinstance(column, models.DateField):
        return date_format(column.to_python(value), "DATE_FORMAT")
    if isinstance(column, models.TimeField):
        return time_format(column.to_python(value), "H:i")
    text = str(value)
    return _readable(text) if "<" in text else text


def _readable(html):
    """A rich text without its tags, a line for each paragraph."""
    return unescape(strip_tags(re.sub(r"</(p|li|h2|h3|blockquote)>", "\n", html))).strip()

"""What a reviewer notes at single fields, kept by the name of the place it is about.

`title_kk` is a column of the object; `occurrences:7:2:room` is the room of the row 7, which was the
second when the note was written: it is called so even after the row is gone.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self

from django.db import models
from django.utils.text import capfirst

from .differences import language_of
from .versions import children_of


class NotedPlace(NamedTuple):
    """A column of an object or, where there is a relation, of one of its rows."""

    model: type[models.Model]
    column: str
    relation: str = ""
    row: str = ""
    number: str = ""

    @classmethod
    def of(cls, owner: type[models.Model], name: str) -> Self | None:
        """The place of this name; None when there is no such place in this kind of object."""
        place = cls(owner, name)
        if name.count(":") == 3:
            relation, row, number, column = name.split(":")
            if relation not in children_of(owner) or not _are_numbers(row, number):
                return None
            place = cls(
                owner._meta.get_field(relation).related_model, column, relation, row, number
            )
        return place if any(place.column == one.name for one in place.model._meta.fields) else None

    def __str__(self):
        parts = (self.relation, self.row, self.number, self.column)
        return ":".join(parts) if self.relation else self.column

    @property
    def row_in_words(self) -> str:
        """“Date 2”; empty for the object itself."""
        kind = capfirst(self.model._meta.verbose_name)
        return f"{kind} {self.number}" if self.relation else ""

    @property
    def in_words(self) -> str:
        """“Date 2, venue”, or “title (kk)”."""
        column = self.model._meta.get_field(self.column)
        label, language = str(column.verbose_name).partition(" [")[0], language_of(column)
        label = f"{label} ({language})" if language else label
        return f"{self.row_in_words}, {label}" if self.relation else label


def place_in_words(owner: type[models.Model], name: str) -> str:
    """What a place is called; a note on one that is no more keeps the old name."""
    place = NotedPlace.of(owner, name)
    return place.in_words if place else name


def notes_in_words(
    owner: type[models.Model], notes: Mapping[str, str] | None
) -> list[tuple[str, str]]:
    return [(place_in_words(owner, name), text) for name, text in (notes or {}).items()]


def _are_numbers(*texts):
    return all(text.isascii() and text.isdigit() and len(text) < 19 for text in texts)

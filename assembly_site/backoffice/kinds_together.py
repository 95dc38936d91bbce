"""Things of several kinds in one query: a screen that shows all of them asks once, not by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language

from assembly_site.languages.texts import LANGUAGE_CODES, Wording, columns, wording

NAME_PARTS = 3


@dataclass
class Thing:
    """What a list shows of an object: its name and its address in the admin."""

    model: type[models.Model]
    pk: int
    name: Wording
    more: dict = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    def url(self, view: str = "change") -> str:
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[self.pk])


def grouped(querysets: Iterable[QuerySet], by: Iterable[str], **numbers) -> QuerySet:
    """Numbers by kind and by the annotations named `by`, of all querysets in one query.

    The rows are tuples: the label of the kind, the values of `by`, the numbers.
    """
    return _union(
        one.order_by()
        .annotate(of_kind=_label(one.model))
        .values("of_kind", *by)
        .annotate(**numbers)
        .values_list("of_kind", *by, *numbers)
        for one in querysets
    )


def things(querysets: Iterable[QuerySet], *more: str) -> QuerySet:
    """The objects of all querysets in one query, with the annotations named `more`.

    It may be ordered by these and sliced; `read` makes Things of its rows. A queryset of the
    input is sliced by `first`, since a part of a union may not be.
    """
    return _union(
        one.order_by()
        .annotate(of_kind=_label(one.model), **_name_parts(one.model))
        .values_list("of_kind", "pk", *_part_names(), *more)
        for one in querysets
    )


def first(queryset: QuerySet, count: int) -> QuerySet:
    """The first objects of an ordered queryset, in a form that a union accepts."""
    return queryset.model._default_manager.filter(pk__in=queryset.values("pk")[:count])


def read(rows: Iterable[tuple], models_by_label: dict, *more: str) -> list[Thing]:
    return [
        Thing(
            models_by_label[label],
            pk,
            _name(models_by_label[label], rest[:NAME_PARTS]),
            dict(zip(more, rest[NAME_PARTS:], strict=True)),
        )
        for label, pk, *rest in rows
    ]


def _union(parts):
    parts = list(parts)
    return parts[0].union(*parts[1:], all=True)


def _label(model):
    return Value(model._meta.label_lower, output_field=TextField())


def naming_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that an object's name is made of."""
    present = {column.name for column in model._meta.fields}
    for stem in ("title", "name"):
        if columns(stem)[0] in present:
            return columns(stem)
    return ("title",) if "title" in present else ("number",)


def _name_parts(model):
    found = [Cast(F(name), TextField()) for name in naming_columns(model)]
    padding = [Value("", output_field=TextField())] * (NAME_PARTS - len(found))
    return dict(zip(_part_names(), [*found, *padding], strict=True))


def _part_names():
    return [f"name_part_{number}" for number in range(NAME_PARTS)]


def _name(model, texts):
    names = naming_columns(model)
    values = {
        name: model._meta.get_field(name).to_python(text)
        for name, text in zip(names, texts, strict=False)
    }
    instance = model(**values)
    if len(names) == NAME_PARTS:
        return wording(instance, names[0].rpartition("_")[0])
    return Wording(str(instance), get_language() or LANGUAGE_CODES[0])

"""Things of several kinds in one query: what stands around a page, as rows of one shape.

A page that asked for its milestones, documents, people and events one after another would cost a
query each; a UNION costs one, and gives just what a link needs.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from assembly_site.languages.dates import PartialDate, write_date
from assembly_site.languages.texts import columns

from .models import Body, Decision, Document, Milestone


class Knot(NamedTuple):
    """A thing with a title and perhaps a page; a thread's decision, too.

    `decision` is the key of the decision whose thread it lies on, 0 for none. `detail` is the state
    of a decision, the theme of a milestone, the kind of a document or body, the place of a person
    in the alphabet, the end of a name.
    """

    decision: int
    kind: str
    key: str
    title_kk: str
    title_ru: str
    title_en: str
    outcome_kk: str
    outcome_ru: str
    outcome_en: str
    date: str
    detail: str
    number: int

    def get_absolute_url(self) -> str:
        return reverse(ADDRESSES[self.kind], args=[self.key])

    @property
    def partial_date(self) -> PartialDate | None:
        return PartialDate.parse(self.date) if self.date else None

    @property
    def when(self) -> str:
        """Its date in words of the active language, empty where none is known."""
        return write_date(self.partial_date) if self.date else ""

    @property
    def detail_in_words(self) -> str:
        """What sort of thing it is, in the active language."""
        return DETAILS[self.kind](self.detail).label if self.kind in DETAILS else ""


ADDRESSES = {
    "decision": "history:session",
    "milestone": "history:milestone",
    "document": "history:document",
    "body": "history:body",
    "person": "history:person",
}
DETAILS = {
    "decision": Decision.State,
    "milestone": Milestone.Theme,
    "document": Document.Kind,
    "body": Body.Kind,
}


def row(
    rows: QuerySet,
    kind: str,
    key: str | Combinable,
    *,
    titles: str = "title",
    outcomes: str = "",
    date: str = "",
    detail: str = "",
    decision: str = "",
    number: str = "",
) -> QuerySet:
    """The objects as rows that a union can hold; each argument names the column that fills it."""
    texts = [*columns(titles), *(columns(outcomes) if outcomes else ("",) * 3)]
    values = {
        "knot_decision": F(decision) if decision else Value(0, IntegerField()),
        "knot_kind": Value(kind, CharField()),
        "knot_key": F(key) if isinstance(key, str) else key,
        **{f"knot_text_{place}": _text(column) for place, column in enumerate(texts)},
        "knot_when": _short_text(date),
        "knot_detail": _short_text(detail),
        "knot_number": F(number) if number else Value(0, IntegerField()),
    }
    return rows.order_by().annotate(**values).values_list(*values)


def read(rows: Iterable[QuerySet]) -> Iterable[Knot]:
    """All rows, in one query."""
    first, *rest = rows
    return (Knot(*one) for one in first.union(*rest, all=True))


def _text(column):
    return Cast(F(column), TextField()) if column else Value("", TextField())


def _short_text(column):
    nothing = Value("", CharField())
    return Coalesce(F(column), nothing, output_field=CharField()) if column else nothing

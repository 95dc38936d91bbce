"""A list of the history as an address asks for it: filters with counts, an order, its mistakes.

Page and file ask the same list, so they cannot disagree. An impossible value is named in `errors`
and the list stands without it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assembly_site.front.facets import Facet, Option, without
from assembly_site.languages.texts import printable

from .document_kinds import PLURALS
from .models import AssemblySession, Document, Stage

# Of a value that cannot be, so much is shown.
MOST_SHOWN = 40


@dataclass
class Choice:
    """A parameter and its values; `value_of` gives the value that a row has, None for an order."""

    name: str
    label: str
    words: dict[str, str]
    value_of: Callable | None = None


class AskedList:
    """What an address asks of some rows. The language is the active one."""

    def __init__(self, query: QueryDict, rows: Iterable, choices: Iterable[Choice]):
        self.every = list(rows)
        self.choices = {choice.name: choice for choice in choices}
        self.chosen, self.errors = {}, {}
        for choice in self.choices.values():
            self._read(choice, query.get(choice.name, ""))

    def _read(self, choice, value):
        if value in choice.words:
            self.chosen[choice.name] = value
        elif value:
            self.errors[choice.name] = _(
                "“%(value)s” is not among the values of “%(label)s”: choose one below."
            ) % {"value": printable(value)[:MOST_SHOWN], "label": choice.label}

    @property
    def rows(self) -> list:
        return self._narrowed(self.chosen)

    def _narrowed(self, chosen):
        wanted = [
            (self.choices[name].value_of, value)
            for name, value in chosen.items()
            if self.choices[name].value_of
        ]
        return [row for row in self.every if all(of(row) == value for of, value in wanted)]

    @property
    def facets(self) -> list[Facet]:
        """The filters; each count keeps all the others."""
        return [self._facet(one) for one in self.choices.values() if one.value_of]

    def _facet(self, choice):
        counts = Counter(map(choice.value_of, self._narrowed(without(self.chosen, choice.name))))
        chosen = self.chosen.get(choice.name)
        options = [
            Option(
                code,
                label,
                counts[code],
                code == chosen,
                self,
                {choice.name: "" if code == chosen else code},
            )
            for code, label in choice.words.items()
        ]
        errors = [self.errors[choice.name]] if choice.name in self.errors else []
        return Facet(choice.name, choice.label, options, errors)

    def ways(self, name: str, usual: str) -> list[Option]:
        """The values of an order; `usual` is the one of the bare address."""
        chosen = self.chosen.get(name, usual)
        return [
            Option(code, label, 0, code == chosen, self, {name: "" if code == usual else code})
            for code, label in self.choices[name].words.items()
        ]

    def address_with(self, **changes) -> str:
        """The query string with some parameters changed; an empty one is dropped."""
        pairs = {**self.chosen, **changes}
        kept = [(name, pairs[name]) for name in self.choices if pairs.get(name)]
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def query_string(self) -> str:
        """The parameters with their question mark; empty for the bare list."""
        return self.address_with().removesuffix("?")

    @property
    def is_bare(self) -> bool:
        return not self.chosen and not self.errors

    @property
    def filters_on(self) -> int:
        """How many filters are on; an order is none."""
        return sum(1 for name in self.chosen if self.choices[name].value_of)

    @property
    def is_narrowed(self) -> bool:
        return self.filters_on > 0

    @property
    def address_of_all(self) -> str:
        """The query string without any filter."""
        return self.address_with(**{facet.name: "" for facet in self.facets})


# Sessions -----------------------------------------------------------------------------------

ORDERS = {
    "-number": lambda one: -one.number,
    "number": lambda one: one.number,
    "date": lambda one: (str(one.date), one.number),
    "participants": lambda one: (one.participants, one.number),
}
NEWEST_FIRST = "-number"
# By these only what is known can be put in order; the rest follows.
KNOWN_BY = {"date": lambda one: one.date, "participants": lambda one: one.participants}


class AskedSessions(AskedList):
    """Sessions by stage and decade, in one of four orders."""

    def __init__(self, query: QueryDict, sessions: Iterable[AssemblySession], stages: list[Stage]):
        sessions = list(sessions)
        decades = sorted({_decade(one) for one in sessions} - {""})
        super().__init__(
            query,
            sessions,
            [
                Choice("stage", _("Stage"), {one.slug: one.title for one in stages}, _stage),
                Choice(
                    "decade",
                    _("Decade"),
                    {one: _("%(year)ss") % {"year": one} for one in decades},
                    _decade,
                ),
                Choice(
                    "sort",
                    _("Order"),
                    {
                        "-number": _("the newest first"),
                        "number": _("the earliest first"),
                        "date": _("by date"),
                        "-date": _("by date, the last first"),
                        "participants": _("the fewest people first"),
                        "-participants": _("the most people first"),
                    },
                ),
            ],
        )

    @property
    def sort(self) -> str:
        return self.chosen.get("sort", NEWEST_FIRST)

    @property
    def rows(self) -> list[AssemblySession]:
        if self.sort in ("number", "-number"):
            return sorted(super().rows, key=ORDERS[self.sort])
        column = self.sort.removeprefix("-")
        known = [one for one in super().rows if KNOWN_BY[column](one)]
        known.sort(key=ORDERS[column], reverse=self.sort.startswith("-"))
        unknown = [one for one in super().rows if not KNOWN_BY[column](one)]
        return known + sorted(unknown, key=ORDERS["number"])

    @property
    def orders(self) -> list[Option]:
        return self.ways("sort", NEWEST_FIRST)

    @property
    def headings(self) -> dict[str, dict]:
        """For each column that can be put in order: the address, and what `aria-sort` says."""
        return {name: self._heading(name) for name in ("number", *KNOWN_BY)}

    def _heading(self, name):
        up, down = name, f"-{name}"
        following = up if self.sort == down else down
        return {
            "address": self.address_with(sort="" if following == NEWEST_FIRST else following),
            "direction": {up: "ascending", down: "descending"}.get(self.sort, ""),
        }


def _stage(session):
    return session.stage.slug if session.stage else ""


def _decade(session):
    return f"{session.date.year // 10 * 10}" if session.date else ""


# Documents ----------------------------------------------------------------------------------


class AskedDocuments(AskedList):
    """Documents of one kind or all, grouped by kind or by year."""

    def __init__(self, query: QueryDict, documents: Iterable[Document]):
        documents = list(documents)
        present = {one.kind for one in documents}
        super().__init__(
            query,
            documents,
            [
                Choice("by", _("Grouping"), {"type": _("by kind"), "date": _("by date")}),
                Choice(
                    "kind",
                    _("Kind"),
                    {code: str(name) for code, name in PLURALS.items() if code in present},
                    lambda one: one.kind,
                ),
            ],
        )

    @property
    def by(self) -> str:
        return self.chosen.get("by", "type")

    @property
    def groupings(self) -> list[Option]:
        return self.ways("by", "type")

    @property
    def groups(self) -> list[tuple[str, str, list[Document]]]:
        """An anchor, a heading and the documents under it: kinds in their order, or years back."""
        newest_first = self.rows[::-1]
        if self.by == "date":
            years = groupby(newest_first, key=lambda one: str(one.date.year))
            return [(f"year-{year}", year, list(group)) for year, group in years]
        kinds = {code: [one for one in newest_first if one.kind == code] for code in PLURALS}
        return [(code, str(PLURALS[code]), rows) for code, rows in kinds.items() if rows]

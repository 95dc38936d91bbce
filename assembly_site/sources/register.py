"""The register of sources: every source that a public thing cites, and where it is cited."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDate
from assembly_site.languages.names import in_language
from assembly_site.languages.sorting import kazakh_key
from assembly_site.languages.texts import LANGUAGE_CODES, Wording

from .models import Citation, Source
from .references import title_of

LABELS = {
    "publisher": _("Publisher"),
    "state": _("What was found"),
    "language": _("Language"),
    "by": _("Grouped"),
}
STATES = (Citation.State.CHECKED, Citation.State.UNCHECKED, Citation.State.DISPUTED)
GROUPINGS = {"publisher": _("by publisher"), "year": _("by year")}


@dataclass
class Entry:
    """A source with its public citations, as far as lists and counts need it."""

    pk: int
    title: str
    publisher: str
    language: str
    published_on: PartialDate | None
    states: set[str] = field(default_factory=set)
    cited: list[tuple[int, int, int]] = field(default_factory=list)  # kind, object, number of note

    def values(self, name: str) -> set[str]:
        """What a filter of that name finds it by."""
        return self.states if name == "state" else {getattr(self, name)} - {""}


@dataclass
class Option:
    code: str
    name: str
    count: int
    is_chosen: bool


@dataclass
class Filter:
    """One choice of the form: its options with the number of sources that each would give."""

    name: str
    label: str
    options: list[Option]
    error: str


@dataclass
class Place:
    """A page that cites a source: its title, what it is, and the number and address of the note."""

    title: Wording
    kind: str
    number: int
    url: str


@dataclass
class Group:
    """Sources under one heading; `count` is that of the whole group, on all pages."""

    heading: str
    count: int
    sources: list[tuple[Source, list[Place]]] = field(default_factory=list)


class SourceRegister:
    """The parameters `publisher`, `state`, `language` and `by`, and what they find.

    A value that cannot be is named in `errors` and changes nothing.
    """

    def __init__(self, query: QueryDict, at: datetime):
        self.at = at
        rows = _rows(at)
        self.entries = _entries(rows)
        self.citations = Counter(row["state"] for row in rows)
        self.errors: dict[str, str] = {}
        self.chosen = {
            name: query[name]
            for name in ("publisher", "state", "language")
            if name in query and self._is_known(name, query[name])
        }
        self.by = query.get("by", "publisher")
        if self.by not in GROUPINGS:
            self.by = "publisher"
            self.errors["by"] = gettext("This is not in the list: choose from the words below.")

    def _is_known(self, name, value):
        known = any(value in entry.values(name) for entry in self.entries)
        if not known:
            self.errors[name] = gettext("This is not in the list: choose from the words below.")
        return known

    @cached_property
    def found(self) -> list[Entry]:
        """The sources that were asked for, in the order of the page."""
        return sorted(self._matching(self.chosen), key=self._place)

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """What the whole register holds, asked or not: a word and a number."""
        return [
            (gettext("Sources"), len(self.entries)),
            (gettext("Citations"), self.citations.total()),
            *((_name_of("state", state), self.citations[state]) for state in STATES),
        ]

    @property
    def is_bare(self) -> bool:
        """Whether nothing was asked: the page that search engines keep."""
        return not self.chosen and not self.errors and self.by == "publisher"

    @cached_property
    def filters(self) -> list[Filter]:
        return [
            *(self._filter(name) for name in ("publisher", "state", "language")),
            Filter(
                "by",
                LABELS["by"],
                [Option(code, name, 0, code == self.by) for code, name in GROUPINGS.items()],
                self.errors.get("by", ""),
            ),
        ]

    @property
    def address(self) -> str:
        """The query string of what was asked, for the links to other pages."""
        query = QueryDict(mutable=True)
        query.update(self.chosen)
        if self.by != "publisher":
            query["by"] = self.by
        return f"?{query.urlencode()}"

    def groups(self, entries: Sequence[Entry]) -> list[Group]:
        """The sources of one page under their headings, each with the pages that cite it."""
        sources = Source.objects.in_bulk([entry.pk for entry in entries])
        places = _places(entries)
        counts = Counter(map(self._heading, self.found))
        groups: list[Group] = []
        for entry in entries:
            heading = self._heading(entry)
            if not groups or groups[-1].heading != heading:
                groups.append(Group(heading, counts[heading]))
            cited = [places[one] for one in entry.cited if one in places]
            groups[-1].sources.append((sources[entry.pk], cited))
        return groups

    def _matching(self, chosen):
        return [
            entry
            for entry in self.entries
            if all(value in entry.values(name) for name, value in chosen.items())
        ]

    def _filter(self, name):
        others = {other: value for other, value in self.chosen.items() if other != name}
        counts = Counter(value for entry in self._matching(others) for value in entry.values(name))
        options = [
            Option(code, _name_of(name, code), counts[code], self.chosen.get(name) == code)
            for code in sorted(counts, key=_ORDER[name])
        ]
        return Filter(name, LABELS[name], options, self.errors.get(name, ""))

    def _heading(self, entry):
        if self.by == "year":
            year = entry.published_on and entry.published_on.year
            return str(year) if year else gettext("Year not known")
        return entry.publisher or gettext("Publisher not named")

    def _place(self, entry):
        """Groups without a name come last; in a group the newest source comes first."""
        day = entry.published_on
        in_group = (-day.first_day.toordinal() if day else 0, _letters(entry.title), entry.pk)
        if self.by == "year":
            return (day is None, -day.year if day else 0, *in_group)
        return (not entry.publisher, _letters(entry.publisher), entry.publisher, *in_group)


def _rows(at):
    return Citation.objects.public(at).order_by("target_type", "target_id", "number").values(
        "source", "source__title", "source__publisher", "source__language",
        "source__published_on", "state", "target_type", "target_id", "number",
    )  # fmt: skip


def _entries(rows):
    found: dict[int, Entry] = {}
    for row in rows:
        pk = row["source"]
        if pk not in found:
            found[pk] = Entry(
                pk,
                row["source__title"],
                row["source__publisher"],
                row["source__language"],
                row["source__published_on"],
            )
        found[pk].states.add(row["state"])
        found[pk].cited.append((row["target_type"], row["target_id"], row["number"]))
    return list(found.values())


def _places(entries: Iterable[Entry]) -> dict[tuple[int, int, int], Place]:
    """The pages that cite the sources, in one query a kind."""
    wanted: dict[int, set[int]] = {}
    for kind, pk, _number in (one for entry in entries for one in entry.cited):
        wanted.setdefault(kind, set()).add(pk)
    instances = {
        (kind, instance.pk): instance
        for kind, pks in wanted.items()
        for instance in _without_long_texts(ContentType.objects.get_for_id(kind).model_class(), pks)
    }
    return {
        (kind, pk, number): Place(
            title_of(instances[kind, pk]),
            instances[kind, pk]._meta.verbose_name,
            number,
            f"{instances[kind, pk].get_absolute_url()}#note-{number}",
        )
        for kind, pk, number in (one for entry in entries for one in entry.cited)
        if (kind, pk) in instances
    }


def _without_long_texts(model, pks):
    long = [one.name for one in model._meta.concrete_fields if isinstance(one, models.TextField)]
    return model._default_manager.filter(pk__in=pks).defer(*long)


def _letters(text: str) -> list[int]:
    """For sorting by the Kazakh alphabet, quotation marks and other signs before a word aside."""
    return kazakh_key(re.sub(r"^\W+", "", text))


def _name_of(name, code):
    if name == "state":
        return str(capfirst(Citation.State(code).label))
    return in_language(code) if name == "language" else code


_ORDER = {
    "publisher": _letters,
    "state": STATES.index,
    "language": lambda code: (
        LANGUAGE_CODES.index(code) if code in LANGUAGE_CODES else len(LANGUAGE_CODES),
        _letters(in_language(code)),
    ),
}

"""The question a visitor asks: parameters in; dates, facets, words, errors and addresses out.

List, calendar, map, feeds, exports and embed all ask one `Programme`, so they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from assembly_site.front.addresses import pairs_of, query_of
from assembly_site.front.facets import ActiveFilter, Facet, Option, toggled, without
from assembly_site.languages.dates import write_date, write_weekday

from .filters import FACETS, OPEN_FACETS, PARAMETERS, TIMES, ProgrammeFilter, words_of
from .models import Occurrence
from .presets import PRESETS, SUBSCRIBED
from .programme_index import ProgrammeIndex, programme_index
from .selections import Date, Listing, Selection
from .titles import subject_of, title_of

# So many rows are asked for by their keys; more are read by their time. SQLite takes 32,766.
MOST_KEYS = 30_000


@dataclass
class Day:
    """The occurrences that begin on one day, or in one month of which no day is known."""

    first: Occurrence
    occurrences: list[Occurrence]

    @property
    def heading(self) -> str:
        """The day with its weekday, or the month, quarter or year as far as it is known."""
        return write_weekday(self.first.first_day) if self.first.has_day else self.first.when

    @property
    def day(self) -> date:
        return self.first.first_day


class Programme:
    """What the address asks for, at one moment. The language is the active one.

    `chosen` holds the valid parameters alone: an impossible value is named in `errors`, beside
    its field, and the list stands without it.
    """

    def __init__(self, query: QueryDict, at: datetime, index: ProgrammeIndex | None = None):
        self.at = at
        self.today = timezone.localdate(at)
        self.index = index or programme_index()
        self.public = self.index.public(at)
        self.filter = ProgrammeFilter(query, self.index)
        self.form = self.filter.form
        self.errors = self.form.errors
        self.chosen = {
            name: list(dict.fromkeys(value)) if isinstance(value, list) else value
            for name, value in self.form.cleaned_data.items()
            if value not in ("", [], None)
        }

    @property
    def is_valid(self) -> bool:
        """Whether every value in the address could be; feeds refuse to guess where it could not."""
        return not self.errors

    # What was found

    @cached_property
    def selection(self) -> Selection:
        """The dates asked for."""
        return self._select(self.chosen)

    def _select(self, chosen, preset=None):
        selection = self.public
        for name, value in chosen.items():
            selection = self.filter.filters[name].filter(selection, value)
        preset = preset or PRESETS[self._when(chosen)]
        return preset.narrow(selection, self.at, self.today)

    def _when(self, chosen):
        if "when" in chosen:
            return chosen["when"]
        return "all" if _has_days(chosen) or self._nothing_is_ahead else "upcoming"

    @cached_property
    def _nothing_is_ahead(self):
        return not self.public.of_dates(self.index.ahead(self.at))

    @property
    def when(self) -> str:
        """The name of the preset that holds, asked for or not."""
        return self._when(self.chosen)

    @property
    def shows_whole(self) -> bool:
        """Whether nothing at all is ahead, so that the bare programme shows what took place."""
        return self._nothing_is_ahead and "when" not in self.chosen and not _has_days(self.chosen)

    @property
    def event_count(self) -> int:
        """How many events the dates belong to: the number that visitors are told."""
        return self.selection.event_count

    @property
    def for_subscribers(self) -> Selection:
        """The dates for a calendar that keeps itself up to date: cancelled ones stay a while."""
        if self.when != "upcoming":
            return self.selection
        return self._select(self.chosen, SUBSCRIBED)

    @property
    def sort(self) -> str:
        looks_back = PRESETS[self.when].newest_first and not _has_days(self.chosen)
        return self.chosen.get("sort") or ("-date" if looks_back else "date")

    @property
    def running(self) -> Listing:
        """What began before the first day asked for: folded, so that it drowns nothing."""
        return Listing(self.selection.of_dates(self._begun_before), self.index.in_order.walk)

    @property
    def dates(self) -> Listing:
        """The dates in the order in which they are shown, without those that are folded."""
        if self.sort == "-date":
            return Listing(self.selection, self.index.in_order.walk_back)
        if self.sort == "title":
            return Listing(self.selection, self.index.by_title.walk)
        return Listing(self.selection.without(self._begun_before), self.index.in_order.walk)

    @property
    def _begun_before(self):
        first_day = self.chosen.get("from")
        if first_day is None and PRESETS[self.when].first_day:
            first_day = PRESETS[self.when].first_day(self.today)
        if first_day is None or self.sort != "date":
            return (0,) * len(self.selection.layers)
        return self.index.begun_before(first_day)

    # Facets and filters

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name, label) for name, label in FACETS.items()]

    def _facet(self, name, label):
        chosen = self.chosen.get(name, [])
        others = self.selection
        if chosen:
            others = self._select(without(self.chosen, name), PRESETS[self.when])
        counts = self._counts(name, others)
        options = [
            Option(
                word.code,
                word.name,
                counts.get(word.code, 0),
                word.code in chosen,
                self,
                {name: toggled(chosen, word.code)},
            )
            for word in words_of(self.index, name)
        ]
        return Facet(name, str(label), options, self.errors.get(name, []), name in OPEN_FACETS)

    def _counts(self, name, others):
        if name in self.index.date_masks:
            masks = self.index.date_masks[name]
            return {code: others.of_dates(layers).event_count for code, layers in masks.items()}
        events = others.events
        masks = self.index.event_masks.get(name, {})
        return {code: (events & mask).bit_count() for code, mask in masks.items()}

    @cached_property
    def presets(self) -> list[Option]:
        """The times a visitor may choose, each with what it would give."""
        return [
            Option(
                name,
                str(preset.label),
                self._at_time(name).event_count,
                name == self.when and not _has_days(self.chosen),
                self,
                {"when": name, "from": "", "to": ""},
            )
            for name, preset in PRESETS.items()
        ]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """Each filter that is on, one entry a value."""
        return [
            ActiveFilter(name, str(self.form.fields[name].label), text, address, count)
            for name in PARAMETERS
            if name in self.chosen and name != "sort"
            for text, address, count in self._values_of(name)
        ]

    @property
    def active_but_time(self) -> list[ActiveFilter]:
        """The same for pages that have a time of their own."""
        return [one for one in self.active if one.parameter not in TIMES]

    def _values_of(self, name):
        value = self.chosen[name]
        if name not in FACETS:
            others = without(self.chosen, name)
            yield self._text_of(name, value), self.address_with(**{name: ""}), self._count(others)
            return
        for word in words_of(self.index, name):
            if word.code in value:
                rest = toggled(value, word.code)
                others = {**self.chosen, name: rest} if rest else without(self.chosen, name)
                yield word.name, self.address_with(**{name: rest}), self._count(others)

    @staticmethod
    def _text_of(name, value):
        if name == "when":
            return str(PRESETS[value].label)
        return write_date(value) if isinstance(value, date) else value

    def _count(self, chosen):
        return self._select(chosen).event_count

    def counts_at(self, facet: str, when: str) -> dict[str, int]:
        """The number of events by the words of a facet, at a time by name; filters are kept."""
        return self._counts(facet, self._at_time(when))

    def nationwide_count(self, when: str) -> int:
        """The same for events that are spread over the whole country."""
        somewhere = 0
        for mask in self.index.event_masks.get("region", {}).values():
            somewhere |= mask
        return (self._at_time(when).events & ~somewhere).bit_count()

    def _at_time(self, when):
        others = {name: self.chosen[name] for name in self.chosen if name not in TIMES}
        return self._select(others, PRESETS[when])

    @property
    def at_any_time(self) -> int:
        """How many events there would be if time played no part."""
        return self._at_time("all").event_count

    @property
    def address_at_any_time(self) -> str:
        return self.address_with(**{"when": "all", "from": "", "to": ""})

    # Addresses and words

    @property
    def is_bare(self) -> bool:
        """Whether nothing is asked but the programme as it is."""
        return not self.chosen and not self.errors

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the programme but its time and order."""
        return any(name not in ("when", "sort") for name in [*self.chosen, *self.errors])

    def _pairs(self, **changes):
        return pairs_of(PARAMETERS, {**self.chosen, **changes})

    def pairs_without(self, *names: str) -> list[tuple[str, str]]:
        """The parameters of this programme, for a form that carries all but some of them."""
        return list(self._pairs(**dict.fromkeys(names, "")))

    def address_with(self, **changes) -> str:
        """The query string of this programme with some parameters changed; empty ones dropped."""
        return query_of(self._pairs(**changes))

    @property
    def page_address(self) -> str:
        """The query string to which the number of a page is added."""
        return self.address_with()

    @property
    def running_address(self) -> str:
        """The query string of a list of all that is folded."""
        return (
            self.address_with(when="now")
            if self.running_is_now
            else self.address_with(sort="-date")
        )

    @property
    def running_is_now(self) -> bool:
        """Whether what is folded is on at this moment, and not only before the days asked for."""
        return self.when in ("upcoming", "today") and "from" not in self.chosen

    @property
    def query_string(self) -> str:
        """This programme's parameters with their question mark; empty for the bare programme."""
        return self.page_address.removesuffix("?")

    @property
    def view_query(self) -> str:
        """The parameters that hold on the calendar and the map: those have a time of their own."""
        cleared = dict.fromkeys(("when", "from", "to", "sort"), "")
        return self.address_with(**cleared).removesuffix("?")

    @property
    def canonical_path(self) -> str | None:
        """The address search engines should keep: the bare list or a landing page, else none."""
        if self.errors:
            return None
        if not self.chosen:
            return reverse("events:programme")
        name, value = next(iter(self.chosen.items()))
        if len(self.chosen) == 1 and name in ("region", "category") and len(value) == 1:
            return reverse(f"events:{name}", args=value)
        return None

    @property
    def title(self) -> str:
        """The question in words: "Concerts in Abai Region, this weekend, free"."""
        return title_of(self)

    @property
    def subject(self) -> str:
        """The kinds and regions asked for, in words: "Concerts in Abai Region"."""
        return subject_of(self)

    @property
    def region_inside(self) -> str:
        """The one chosen region as it answers "where?"; empty for none or several."""
        chosen = self.chosen.get("region", [])
        inside = {word.code: word for word in self.index.words["inside"]}
        word = inside.get(chosen[0]) if len(chosen) == 1 else None
        return word.name if word and any(word.names.values()) else ""

    def names_of(self, facet: str) -> list[str]:
        """The chosen words of a facet, in the active language."""
        chosen = self.chosen.get(facet, [])
        return [word.name for word in words_of(self.index, facet) if word.code in chosen]


def occurrences_of(dates: Iterable[Date]) -> list[Occurrence]:
    """The rows of some dates with all that a list shows, in the same order and in one query."""
    starts = {one.pk: one.starts_at for one in dates}
    if not starts:
        return []
    rows = Occurrence.objects.for_cards()
    if len(starts) > MOST_KEYS:
        rows = rows.filter(starts_at__range=(min(starts.values()), max(starts.values())))
    else:
        # Not in_bulk: of more than 999 keys it makes several queries on SQLite.
        rows = rows.filter(pk__in=starts)
    found = {row.pk: row for row in rows.iterator() if row.pk in starts}
    return [found[key] for key in starts if key in found]


def by_day(occurrences: Iterable[Occurrence]) -> list[Day]:
    """Groups occurrences that stand in order by the day, or the month, on which they begin."""
    groups = groupby(occurrences, key=lambda one: (one.first_day, one.precision))
    return [Day(rows[0], rows) for rows in (list(group) for _key, group in groups)]


def _has_days(chosen):
    return "from" in chosen or "to" in chosen

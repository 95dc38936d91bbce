"""The question a visitor asks: parameters in; occurrences, words and errors out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assembly_site.languages.dates import write_weekday
from assembly_site.places.models import Region

from .models import Category, Occurrence

PRESETS = {
    "upcoming": pgettext_lazy("events", "Upcoming"),
    "past": pgettext_lazy("events", "Past"),
    "all": pgettext_lazy("events", "All"),
}
NEWEST_FIRST = {"past", "all"}


class ProgrammeFilter(django_filters.FilterSet):
    """Narrows occurrences by what stands in the address; unknown parameters are ignored."""

    region = django_filters.ModelChoiceFilter(
        label=_("Region"),
        field_name="event__region",
        to_field_name="slug",
        queryset=Region.objects.all(),
        empty_label=_("All regions"),
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Kind"),
        field_name="event__category",
        to_field_name="slug",
        queryset=Category.objects.all(),
        empty_label=_("All kinds"),
    )

    class Meta:
        model = Occurrence
        fields = ["region", "category"]


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
    """What the address asks for, at one moment."""

    def __init__(self, query: QueryDict, at: datetime):
        self.query = query
        self.at = at
        self.asked_when = query.get("when", "")
        self.when = self.asked_when if self.asked_when in PRESETS else "upcoming"
        self.filter = ProgrammeFilter(query, queryset=self._by_time(self.when))
        # An impossible value is named beside its field, and the list stands without it.
        self.errors = self.filter.form.errors
        self.when_is_unknown = bool(self.asked_when) and self.asked_when not in PRESETS
        self.shows_whole = self._nothing_ahead() and not self.asked_when
        if self.shows_whole:
            self.when = "all"
            self.filter.queryset = self._by_time("all")

    def _by_time(self, when):
        occurrences = Occurrence.objects.public(self.at).for_cards()
        if when == "past":
            return occurrences.over(self.at).newest_first()
        if when == "all":
            return occurrences.newest_first()
        return occurrences.ahead(self.at).in_order()

    def _nothing_ahead(self):
        return not Occurrence.objects.public(self.at).ahead(self.at).exists()

    @property
    def occurrences(self):
        """The occurrences asked for, in the order in which they are shown."""
        self.filter.form.is_valid()
        return self.filter.filter_queryset(self.filter.queryset)

    @property
    def is_valid(self) -> bool:
        """Whether every value in the address could be; feeds refuse to guess where it could not."""
        return not self.errors and not self.when_is_unknown

    def for_subscribers(self):
        """The occurrences for a calendar that keeps itself up to date."""
        if self.when != "upcoming":
            return self.occurrences
        coming = Occurrence.objects.public(self.at).for_cards().for_subscribers(self.at)
        return self.filter.filter_queryset(coming.in_order())

    @cached_property
    def event_count(self) -> int:
        """How many events the occurrences belong to: the number that visitors are told."""
        return self.occurrences.order_by().values("event").distinct().count()

    @property
    def is_bare(self) -> bool:
        """Whether nothing is asked but the programme as it is."""
        return not any(self.query.get(name) for name in ("when", "region", "category", "page"))

    @property
    def is_filtered(self) -> bool:
        """Whether a region or a kind is chosen, well or badly."""
        return any(self.query.get(name) for name in ("region", "category"))

    def address_with(self, **changes: str) -> str:
        """The query string of this programme with some parameters changed; empty ones dropped."""
        asked = {name: self.query.get(name, "") for name in ("when", "region", "category")}
        kept = {name: value for name, value in (asked | changes).items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def page_address(self) -> str:
        """The query string to which the number of a page is added."""
        return self.address_with(when=self.asked_when if not self.when_is_unknown else "")

    @property
    def presets(self) -> list[dict]:
        return [
            {
                "name": name,
                "title": title,
                "address": self.address_with(when=name),
                "is_current": name == self.when,
            }
            for name, title in PRESETS.items()
        ]


def by_day(occurrences: Iterable[Occurrence]) -> list[Day]:
    """Groups occurrences that stand in order by the day, or the month, on which they begin."""
    groups = groupby(occurrences, key=lambda one: (one.first_day, one.precision))
    return [Day(rows[0], rows) for rows in (list(group) for _key, group in groups)]

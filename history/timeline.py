"""The question a reader asks of the timeline: parameters in; stages, counts, addresses out.

The page, its JSON and its Atom ask one `Timeline`, so they cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assembly_site.front.addresses import pairs_of, query_of
from assembly_site.front.facets import ActiveFilter, Facet, Option, toggled, without
from assembly_site.places.models import PlaceName, Region

from .models import AssemblySession, Milestone, Stage

# Every parameter in the order in which it stands in an address.
PARAMETERS = ("theme", "region", "key", "view")
# Whether an entry fits the value of a parameter; `view` says how the entries are shown.
FITS = {
    "theme": lambda entry, themes: entry.milestone.theme in themes,
    "region": lambda entry, slugs: not entry.regions.isdisjoint(slugs),
    "key": lambda entry, _one: entry.milestone.key,
}
# The options of a facet to which an entry belongs.
CODES = {
    "theme": lambda entry: [entry.milestone.theme],
    "region": lambda entry: entry.regions,
    "key": lambda entry: ["1"] * entry.milestone.key,
}
MOST_YEARS = 8  # named where nothing was found

_UNKNOWN = gettext_lazy("This is not in the list: choose from the words below.")


class TimelineForm(forms.Form):
    """Reads and checks the parameters; each stands alone."""

    theme = forms.MultipleChoiceField(label=gettext_lazy("Theme"), required=False)
    region = forms.MultipleChoiceField(label=gettext_lazy("Region"), required=False)
    key = forms.ChoiceField(
        label=gettext_lazy("Importance"),
        choices=[("1", gettext_lazy("key dates only"))],
        required=False,
    )
    view = forms.ChoiceField(
        label=gettext_lazy("Reading"),
        choices=[("compact", gettext_lazy("dates and titles"))],
        required=False,
    )

    def __init__(self, query: QueryDict, regions: Iterable[Region]):
        super().__init__(query)
        self.fields["theme"].choices = Milestone.Theme.choices
        self.fields["region"].choices = [(region.slug, region.name) for region in regions]
        for field in self.fields.values():
            field.error_messages |= {"invalid_choice": _UNKNOWN, "invalid_list": _UNKNOWN}


@dataclass(frozen=True)
class Entry:
    """A milestone as the timeline tells of it."""

    milestone: Milestone
    # The slugs of today's regions whose history it belongs to.
    regions: frozenset[str]
    # The session that it belongs to, if visitors may see it.
    session: AssemblySession | None
    # Chosen regions that were then a part of where it happened, each with what it was a part of.
    parts: tuple[PlaceName, ...] = ()

    @property
    def year(self) -> int:
        return self.milestone.date.year


@dataclass(frozen=True)
class Year:
    """What a stage tells of one year."""

    year: int
    entries: list[Entry]
    # A year that two stages share is an address in the first of them alone.
    is_first: bool

    @property
    def anchor(self) -> str:
        return f"y{self.year}"


@dataclass(frozen=True)
class Chapter:
    """A stage with the years of which something is told."""

    stage: Stage
    years: list[Year]

    @property
    def count(self) -> int:
        return sum(len(year.entries) for year in self.years)


@dataclass(frozen=True)
class Decade:
    """Ten years, and those of them of which something is told, each with its number of entries."""

    first_year: int
    counts: list[tuple[int, int]]


@dataclass(frozen=True)
class Way:
    """What would be found without one filter that is on."""

    filter: ActiveFilter
    years: list[int]  # the first of them
    has_more: bool


class Timeline:
    """What the address asks for, at one moment. The language is the active one.

    `chosen` holds the valid parameters alone: an impossible value is named in `errors`, beside
    its field, and the timeline stands without it.
    """

    def __init__(self, query: QueryDict, at: datetime):
        self.at = at
        self.regions = list(Region.objects.prefetch_related("names"))
        self.form = TimelineForm(query, self.regions)
        self.errors = self.form.errors
        self.chosen = {
            name: list(dict.fromkeys(value)) if isinstance(value, list) else value
            for name, value in self.form.cleaned_data.items()
            if value
        }

    # What was found

    @cached_property
    def every(self) -> list[Entry]:
        """All that is public, in order, whatever was asked for."""
        regions = {region.pk: region for region in self.regions}
        stages = {stage.pk: stage for stage in self.stages}
        milestones = Milestone.objects.public(self.at).for_timeline().in_order()
        return [
            self._entry(_placed(one, stages, regions))
            for one in milestones
            # Read a moment after the stages, of which one may have become public since.
            if one.stage_id in stages
        ]

    def _entry(self, milestone):
        session = milestone.session
        if session and not session.is_public(self.at):
            session = None
        if not milestone.region_id:
            return Entry(milestone, frozenset(), session)
        here = milestone.region
        held = [name for name in self._wholes if name.held_on(milestone.date)]
        parts = {name.region.slug: name for name in held if name.whole_id == here.pk}
        wholes = [name.whole_id for name in held if name.region_id == here.pk]
        slugs = {one.slug for one in self.regions if one.pk in wholes}
        asked = self.chosen.get("region", [])
        marked = () if here.slug in asked else tuple(parts[one] for one in asked if one in parts)
        return Entry(milestone, frozenset({here.slug, *parts, *slugs}), session, marked)

    @cached_property
    def _wholes(self):
        """What each region was a part of, where that is a region still."""
        of_region, part_of = PlaceName.Of.REGION, PlaceName.Relation.PART_OF
        return [
            name
            for region in self.regions
            for name in region.names.all()
            if name.whole_id and (name.of, name.relation) == (of_region, part_of)
        ]

    @cached_property
    def entries(self) -> list[Entry]:
        """What was asked for, in order."""
        return self._fitting(self.chosen)

    def _fitting(self, chosen: Mapping) -> list[Entry]:
        asked = [(FITS[name], value) for name, value in chosen.items() if name in FITS]
        return [entry for entry in self.every if all(fits(entry, value) for fits, value in asked)]

    @cached_property
    def stages(self) -> list[Stage]:
        return list(Stage.objects.public(self.at))

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The stages in order; while filters are on, only those of which something is left."""
        by_stage = {stage.pk: [] for stage in self.stages}
        for entry in self.entries:
            by_stage[entry.milestone.stage_id].append(entry)
        told = set()
        chapters = []
        for stage in self.stages:
            years = []
            for year, entries in groupby(by_stage[stage.pk], key=lambda entry: entry.year):
                years.append(Year(year, list(entries), year not in told))
                told.add(year)
            chapters.append(Chapter(stage, years))
        return [one for one in chapters if one.years or not self.is_filtered]

    @cached_property
    def decades(self) -> list[Decade]:
        """The years that can be jumped to, by decades."""
        counts = sorted(Counter(entry.year for entry in self.entries).items())
        groups = groupby(counts, key=lambda one: one[0] // 10 * 10)
        return [Decade(decade, list(years)) for decade, years in groups]

    @property
    def count(self) -> int:
        return len(self.entries)

    @property
    def key_count(self) -> int:
        return sum(entry.milestone.key for entry in self.entries)

    @cached_property
    def first_year(self) -> int:
        return min(self._years_told())

    @cached_property
    def last_year(self) -> int:
        """The last year of the whole; of a stage that goes on, the present one."""
        goes_on = any(stage.end_year is None for stage in self.stages)
        return max([*self._years_told(), *([timezone.localdate(self.at).year] * goes_on)])

    def _years_told(self):
        for stage in self.stages:
            yield from (stage.start_year, stage.end_year or stage.start_year)
        yield from (entry.year for entry in self.every)

    # Facets and filters

    @cached_property
    def facets(self) -> list[Facet]:
        """Each option with what it would give, all other filters kept."""
        return [self._facet(name, codes_of) for name, codes_of in CODES.items()]

    @property
    def form_facets(self) -> list[Facet]:
        """Those of which several options can be chosen."""
        return [facet for facet in self.facets if facet.name != "key"]

    @property
    def key_facet(self) -> Facet:
        return next(facet for facet in self.facets if facet.name == "key")

    @property
    def kept_by_form(self) -> list[tuple[str, str]]:
        """The parameters that the form of the facets carries along."""
        return list(pairs_of(("key", "view"), self.chosen))

    def _facet(self, name, codes_of):
        field = self.form.fields[name]
        chosen = self.chosen.get(name, [])
        others = self._fitting(without(self.chosen, name))
        counts = Counter(code for entry in others for code in codes_of(entry))
        options = [
            Option(
                code,
                str(label),
                counts[code],
                code in chosen,
                self,
                {name: toggled(list(chosen), code)},
            )
            for code, label in field.choices
        ]
        errors = self.errors.get(name, [])
        return Facet(name, str(field.label), options, errors, stands_open=True)

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """Each filter that is on, one entry a value."""
        return [way.filter for way in self._ways]

    @property
    def ways_out(self) -> list[Way]:
        """For a timeline in which nothing is left: the filters without which something is."""
        return [way for way in self._ways if way.years]

    @cached_property
    def _ways(self):
        return [
            self._way(name, code, str(label))
            for name in FITS
            for code, label in self.form.fields[name].choices
            if code in self.chosen.get(name, [])
        ]

    def _way(self, name, code, text):
        rest = toggled(list(self.chosen[name]), code)
        others = {**self.chosen, name: rest} if rest else without(self.chosen, name)
        found = self._fitting(others)
        label, address = str(self.form.fields[name].label), self.address_with(**{name: rest})
        years = list(dict.fromkeys(entry.year for entry in found))
        active = ActiveFilter(name, label, text, address, len(found))
        return Way(active, years[:MOST_YEARS], len(years) > MOST_YEARS)

    # Addresses and words

    @property
    def is_valid(self) -> bool:
        """Whether every value in the address could be; feeds refuse to guess where it could not."""
        return not self.errors

    @property
    def is_bare(self) -> bool:
        """Whether nothing is asked but the timeline as it is."""
        return not self.chosen and not self.errors

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the timeline."""
        return any(name in FITS for name in self.chosen)

    @property
    def is_compact(self) -> bool:
        return self.chosen.get("view") == "compact"

    def address_with(self, **changes) -> str:
        """The query string of this timeline with some parameters changed; empty ones dropped."""
        return query_of(pairs_of(PARAMETERS, {**self.chosen, **changes}))

    @property
    def full_address(self) -> str:
        return self.address_with(view="")

    @property
    def compact_address(self) -> str:
        return self.address_with(view="compact")

    @property
    def query_string(self) -> str:
        """This timeline's parameters with their question mark; empty for the bare one."""
        return self.address_with().removesuffix("?")

    @property
    def title(self) -> str:
        """What the list is called where it stands alone: in a feed, in a file."""
        title = _("History of the Assembly of People of Kazakhstan")
        if not self.active:
            return title
        words = ", ".join(one.name for one in self.active)
        return _("%(title)s: %(words)s") % {"title": title, "words": words}


def _placed(milestone: Milestone, stages: Mapping, regions: Mapping) -> Milestone:
    """The milestone with its stage and its region from those at hand, by their keys."""
    milestone.stage = stages[milestone.stage_id]
    if milestone.region_id in regions:
        milestone.region = regions[milestone.region_id]
    return milestone

"""The programme by regions: a map and a table that says the same."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assembly_site.places.models import Region
from assembly_site.publishing.clock import moment_of

from ..programme import Programme
from .addresses import without_empty_parameters

# How many events make a region one step darker.
STEPS = (1, 3, 8, 20)
# The cities are too small to be hit or read: each has a circle outside the country, on a leader.
CITY_LABELS = {"KZ-71": (662, 30), "KZ-75": (868, 486), "KZ-79": (650, 536)}


@dataclass
class RegionRow:
    """A region with its numbers for the filters that are on."""

    region: Region
    upcoming: int
    this_month: int
    total: int
    address: str

    @property
    def label(self) -> tuple[float, float] | None:
        """Where the number stands on the map, in its own units."""
        here = (self.region.label_x, self.region.label_y)
        return CITY_LABELS.get(self.region.code) or (None if None in here else here)

    @property
    def shade(self) -> int:
        """How dark the region is drawn: 0 for no event, then 1 to 4."""
        return sum(1 for step in STEPS if self.total >= step)


@without_empty_parameters
def programme_map(request: HttpRequest) -> HttpResponse:
    query = request.GET.copy()
    query.pop("region", None)
    query.pop("page", None)
    asked = Programme(query, moment_of(request))
    everywhere = asked.region_counts("all")
    upcoming, this_month = asked.region_counts("upcoming"), asked.region_counts("month")
    rows = [
        RegionRow(
            region,
            upcoming.get(region.slug, 0),
            this_month.get(region.slug, 0),
            everywhere.get(region.slug, 0),
            _address(asked, region),
        )
        for region in Region.objects.all()
    ]
    nationwide = {when: asked.nationwide_count(when) for when in ("upcoming", "month", "all")}
    return render(
        request,
        "events/map.html",
        {"programme": asked, "rows": rows, "nationwide": nationwide, "at": asked.at},
    )


def _address(asked, region):
    """The landing page of a region; with filters on, the list that the number counts."""
    if not asked.view_query:
        return region.get_absolute_url()
    query = asked.address_with(
        **{"region": [region.slug], "when": "all", "from": "", "to": "", "sort": ""}
    )
    return f"{reverse('events:programme')}{query}"

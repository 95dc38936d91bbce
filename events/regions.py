"""The regions with the numbers of a programme, for the map and the table that says the same."""

from dataclasses import dataclass

from django.urls import reverse

from assembly_site.places.models import Region

from .programme import Programme

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


def region_rows(programme: Programme) -> list[RegionRow]:
    """Every region in Kazakh order, its numbers under the filters that are on."""
    counts = {when: programme.counts_at("region", when) for when in ("upcoming", "month", "all")}
    return [
        RegionRow(
            region,
            counts["upcoming"].get(region.slug, 0),
            counts["month"].get(region.slug, 0),
            counts["all"].get(region.slug, 0),
            _address(programme, region),
        )
        for region in Region.objects.all()
    ]


def _address(asked, region):
    """The landing page of a region; with filters on, the list that the number counts."""
    if not asked.view_query:
        return region.get_absolute_url()
    query = asked.address_with(
        **{"region": [region.slug], "when": "all", "from": "", "to": "", "sort": ""}
    )
    return f"{reverse('events:programme')}{query}"

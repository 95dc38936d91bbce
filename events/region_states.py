"""The secretariat's table: in which state the events of each region are, and how well kept."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.backoffice.dashboard import Desk
from assembly_site.backoffice.upkeep import NOWHERE, Look
from assembly_site.backoffice.weekly_scores import Line
from assembly_site.places.models import Region
from assembly_site.publishing.models import Status

from .models import Event

LATE = timedelta(days=7)
UNFINISHED = (Status.DRAFT, Status.IN_REVIEW, Status.RETURNED)
SHADES = 3


@dataclass(frozen=True)
class State:
    """A column of the table: its heading, and what an event is filtered by, here and there."""

    name: str
    heading: str
    filters: dict


@dataclass(frozen=True)
class Cell:
    number: int
    url: str
    shade: int  # 0 to 3, by the largest number of the column


@dataclass(frozen=True)
class Row:
    name: str
    cells: list[Cell]
    line: Line


def states(look: Look) -> list[State]:
    return [
        State("draft", _("Draft"), {"status__exact": Status.DRAFT}),
        State("review", _("In review"), {"status__exact": Status.IN_REVIEW}),
        State("returned", _("Returned"), {"status__exact": Status.RETURNED}),
        State(
            "ahead",
            _("Published ahead"),
            {"status__exact": Status.PUBLISHED, "publish_at__gt": look.at.isoformat()},
        ),
        State(
            "late",
            _("Late"),
            {"status__in": UNFINISHED, "first_day__lte": look.today + LATE},
        ),
    ]


def region_states(desk: Desk) -> dict | None:
    """The table for whoever decides on events of all regions: two queries."""
    if not desk.decides_on(Event) or Event not in desk.kinds:
        return None
    columns = states(desk.look)
    counts = {
        region: numbers
        for region, *numbers in desk.own(Event)
        .order_by()
        .values("region")
        .annotate(**{one.name: Count("pk", filter=Q(**one.filters)) for one in columns})
        .values_list("region", *(one.name for one in columns))
    }
    nothing = [0] * len(columns)
    most = [max(numbers) for numbers in zip(nothing, *counts.values(), strict=True)]
    rows = [
        Row(
            str(region),
            _cells(columns, counts.get(region.pk, nothing), most, {"region__id__exact": region.pk}),
            desk.line_of_region(region.pk),
        )
        for region in Region.objects.all()
    ]
    country = _cells(columns, counts.get(None, nothing), most, {"region__isnull": "True"})
    rows.append(Row(_("Whole country"), country, desk.line_of_region(NOWHERE)))
    return {"columns": columns, "rows": rows, "median": desk.median_line}


def _cells(columns, numbers, most, place):
    return [
        Cell(number, _list_url(state.filters | place), -(-number * SHADES // largest))
        if number
        else Cell(0, "", 0)
        for state, number, largest in zip(columns, numbers, most, strict=True)
    ]


def _list_url(filters):
    plain = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in filters.items()
    }
    return f"{reverse('admin:events_event_changelist')}?{urlencode(plain)}"

"""Two weeks of the programme, as an editor sees them: drafts too, and only what is one's own."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, DateField, Min, Q, Value
from django.urls import reverse

from assembly_site.backoffice.dashboard import Desk
from assembly_site.backoffice.kinds_together import first
from assembly_site.backoffice.upkeep import watched
from assembly_site.languages.texts import Wording, columns, wording

from .models import Event, Occurrence

DAYS = 14
SHOWN = 3  # events named for each day


@dataclass
class Day:
    day: date
    is_today: bool
    count: int
    events: list[tuple[str, Wording]] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.count - len(self.events)


def fortnight(desk: Desk) -> dict | None:
    """The days from today on, and the next day with an event: two queries."""
    if Event not in desk.kinds or desk.translates:
        return None
    today = desk.look.today
    days = [today + timedelta(days=number) for number in range(DAYS)]
    dates = Occurrence.objects.filter(
        event__in=watched(desk.own(Event)).order_by().values("pk"), precision="day"
    ).exclude(status=Occurrence.Status.CANCELLED)
    counted = dates.aggregate(
        **{f"day_{day:%j}": Count("event", distinct=True, filter=_on(day)) for day in days},
        next=Min("first_day", filter=Q(first_day__gte=today)),
    )
    found = {day: Day(day, day == today, counted[f"day_{day:%j}"]) for day in days}
    for day, key, *titles in _named(dates, days):
        found[day].events.append((reverse("admin:events_event_change", args=[key]), _title(titles)))
    return {"days": list(found.values()), "next": counted["next"]}


def _on(day):
    return Q(first_day__lte=day, last_day__gte=day)


def _named(dates, days):
    """The first few of each day; what begins on it stands before what goes on."""
    titles = [f"event__{column}" for column in columns("title")]
    parts = [
        first(dates.filter(_on(day)).order_by("-first_day", "starts_at", "pk"), SHOWN)
        .order_by()
        .annotate(on=Value(day, output_field=DateField()))
        .values_list("on", "event", *titles)
        for day in days
    ]
    return parts[0].union(*parts[1:]).order_by("on")


def _title(texts):
    return wording(Event(**dict(zip(columns("title"), texts, strict=True))), "title")

"""The questions that are asked of events and occurrences."""

from calendar import isleap
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Max, Min, OuterRef, Prefetch, Q, Subquery

from assembly_site.publishing.models import (
    PublicContentQuerySet,
    PublishableQuerySet,
    public_at,
)
from assembly_site.sources.models import with_citations

# A slip of the finger (20255) would make a calendar of eighteen thousand years.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
CANCELLED_STAYS_DAYS = 30
NEAR_DAYS = 60
COARSE_FIRST = ("year", "quarter", "month", "day")
AROUND_COMPARED = 100


class EventQuerySet(PublishableQuerySet):
    def for_page(self, at: datetime) -> Self:
        """With everything an event's own page shows; ties are shown through `public_ties`."""
        occurrences = self.model._meta.get_field("occurrences").related_model.objects
        return self.select_related(
            "category", "region", "picture", "session", "milestone", "stage", "part_of"
        ).prefetch_related(
            Prefetch("occurrences", occurrences.select_related("venue").in_order()),
            with_citations(),
        )

    def save_spans(self) -> None:
        """Writes the first and the last day of each event from its occurrences."""
        occurrences = self.model._meta.get_field("occurrences").related_model.objects
        own = occurrences.filter(event=OuterRef("pk")).order_by().values("event")
        self.update(
            first_day=Subquery(own.values_list(Min("first_day"))),
            last_day=Subquery(own.values_list(Max("last_day"))),
        )

    def with_precision(self) -> Self:
        """With `coarsest`, the precision of the date of which the least is known.

        Lists that show an event's span must not make days of a month.
        """
        from .models import Occurrence  # the models import this module

        coarseness = models.Case(
            *(models.When(precision=name, then=place) for place, name in enumerate(COARSE_FIRST)),
            output_field=models.IntegerField(),
        )
        dates = Occurrence.objects.filter(event=models.OuterRef("pk")).order_by(coarseness)
        return self.annotate(coarsest=models.Subquery(dates.values("precision")[:1]))

    def parts_of(self, event, at: datetime) -> Self:
        return self.public(at).filter(part_of=event)

    def near(self, event, at: datetime) -> Self:
        """The public events of the same region within two months of the given one."""
        if event.first_day is None:
            return self.none()
        span = timedelta(days=NEAR_DAYS)
        return (
            self.public(at)
            .filter(
                region=event.region,
                first_day__lte=event.last_day + span,
                last_day__gte=event.first_day - span,
            )
            .exclude(pk=event.pk)
        )

    def around(self, event, at: datetime, count: int) -> tuple[list, list]:
        """The parts of an event, and the few others nearest in place and time, in one query."""
        found = list(
            (self.parts_of(event, at) | self.near(event, at))
            .with_precision()
            .select_related("category", "region")
            .order_by("first_day")[:AROUND_COMPARED]
        )
        parts = [one for one in found if one.part_of_id == event.pk]
        others = [one for one in found if one.part_of_id != event.pk]
        others.sort(key=lambda one: abs(one.first_day - event.first_day))
        return parts, others[:count]


class OccurrenceQuerySet(PublicContentQuerySet):
    def public(self, at: datetime) -> Self:
        """Occurrences of events that visitors may see at this moment."""
        return self.filter(public_at(at, "event"))

    def on_day(self, month: int, day: int) -> Self:
        """What begins on this day and month in any year; only where the day is known.

        The days are listed, one a year, so that the index on the first day answers.
        """
        leap_only = (month, day) == (2, 29)
        years = range(EARLIEST.year, LATEST.year + 1)
        days = [date(year, month, day) for year in years if not leap_only or isleap(year)]
        return self.filter(first_day__in=days, precision="day")

    def ahead(self, at: datetime) -> Self:
        """What has not ended yet."""
        return self.filter(ends_at__gt=at)

    def over(self, at: datetime) -> Self:
        return self.filter(ends_at__lte=at)

    def for_subscribers(self, at: datetime) -> Self:
        """What is ahead, and what was cancelled, until thirty days after its date.

        A calendar that dropped a cancelled date would leave it standing in the subscriber's.
        """
        recently = at - timedelta(days=CANCELLED_STAYS_DAYS)
        return self.filter(Q(ends_at__gt=at) | Q(status="cancelled", ends_at__gt=recently))

    def now_on(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def overlapping(self, first: date, last: date) -> Self:
        """Occurrences with any part between two days, both included (site time)."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def in_order(self) -> Self:
        return self.order_by("starts_at", "precision", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-starts_at", "precision", "-pk")

    def for_cards(self) -> Self:
        """With all that a row of a list shows."""
        return self.select_related(
            "venue", "event", "event__category", "event__region", "event__picture"
        )

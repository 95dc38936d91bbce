"""The questions that are asked of events and occurrences."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Max, Min, OuterRef, Prefetch, Q, Subquery

from assembly_site.publishing.models import PublishableQuerySet, public_at
from assembly_site.sources.models import with_citations

CANCELLED_STAYS_DAYS = 30


class EventQuerySet(PublishableQuerySet):
    def for_page(self, at: datetime) -> Self:
        """With everything an event's own page shows; ties are shown through `public_ties`."""
        occurrences = self.model._meta.get_field("occurrences").related_model.objects
        return self.select_related(
            "category", "region", "picture", "session", "milestone", "stage", "part_of"
        ).prefetch_related(
            Prefetch("occurrences", occurrences.select_related("venue").in_order()),
            Prefetch("parts", self.model.objects.public(at).order_by("first_day")),
            "audiences",
            "languages",
            "access",
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


class OccurrenceQuerySet(models.QuerySet):
    def public(self, at: datetime) -> Self:
        """Occurrences of events that visitors may see at this moment."""
        return self.filter(public_at(at, "event"))

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

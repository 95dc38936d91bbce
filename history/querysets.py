"""The questions that are asked of the history."""

from datetime import datetime
from typing import Self

from django.db.models import Count, Prefetch, Q

from assembly_site.publishing.models import PublishableQuerySet, public_at
from assembly_site.sources.models import with_citations


class StageQuerySet(PublishableQuerySet):
    def with_milestone_counts(self, at: datetime) -> Self:
        """Adds `milestone_count`: the milestones visitors may see."""
        return self.annotate(
            milestone_count=Count("milestones", filter=public_at(at, "milestones"), distinct=True)
        ).order_by("number")  # a grouped query forgets the order of the model

    def with_milestones(self, at: datetime) -> Self:
        """With the public milestones of each stage, in order, ready for a list."""
        milestones = self.model._meta.get_field("milestones").related_model.objects
        return self.prefetch_related(
            Prefetch("milestones", milestones.public(at).for_lists().in_order())
        )


class BodyQuerySet(PublishableQuerySet):
    def the_assembly(self, at: datetime):
        """The Assembly itself, ready to tell its name of any day; None while it is no page."""
        assembly = self.model.Kind.ASSEMBLY
        return self.public(at).filter(kind=assembly).prefetch_related("names").first()


class DatedQuerySet(PublishableQuerySet):
    def on_day(self, month: int, day: int) -> Self:
        """What happened on this day and month in any year; only where the day is known."""
        return self.filter(date__endswith=f"-{month:02}-{day:02}")


class MilestoneQuerySet(DatedQuerySet):
    def public(self, at: datetime) -> Self:
        """A milestone hangs on its stage: without the stage it is not shown."""
        return super().public(at).filter(public_at(at, "stage"))

    def in_order(self) -> Self:
        return self.order_by("date", "weight", "pk")

    def for_lists(self) -> Self:
        """With what a row of the timeline shows."""
        return self.select_related("region", "picture")

    def for_page(self) -> Self:
        """With everything a milestone's own page shows."""
        return self.select_related("stage", "region", "picture", "session").prefetch_related(
            "region__names", with_citations()
        )

    def neighbours(self, milestone) -> dict:
        """The milestones just before and just after this one in the thread, or None."""
        here = {"date": milestone.date, "weight": milestone.weight}
        before = (
            Q(date__lt=milestone.date)
            | Q(date=milestone.date, weight__lt=milestone.weight)
            | Q(**here, pk__lt=milestone.pk)
        )
        after = (
            Q(date__gt=milestone.date)
            | Q(date=milestone.date, weight__gt=milestone.weight)
            | Q(**here, pk__gt=milestone.pk)
        )
        return {
            "previous": self.filter(before).order_by("-date", "-weight", "-pk").first(),
            "next": self.filter(after).in_order().first(),
        }


class SessionQuerySet(DatedQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("region").prefetch_related("region__names")

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def near(self, number: int) -> Self:
        """The session of this number with those just before and after it."""
        return self.filter(number__range=(number - 1, number + 1))

    def for_page(self, at: datetime) -> Self:
        """With everything a session's own page shows; of decisions, only public milestones."""
        decided = self.model._meta.get_field("decisions").related_model
        milestones = decided._meta.get_field("milestones").related_model.objects
        return (
            self.for_lists()
            .select_related("venue", "picture", "chair", "stage")
            .prefetch_related(
                "decisions",
                Prefetch("decisions__milestones", milestones.public(at)),
                with_citations(),
            )
        )

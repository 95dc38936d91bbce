"""The questions that are asked of the history."""

from datetime import datetime
from typing import Self

from django.db.models import (
    Count,
    FilteredRelation,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from assembly_site.languages.texts import columns
from assembly_site.places.joined_names import gathered, with_joined_names
from assembly_site.publishing.models import PublishableQuerySet, public_at
from assembly_site.sources.models import with_citations


class InOrderQuerySet(PublishableQuerySet):
    """Things that stand one after another; `thread` names the fields that put them so."""

    thread = ("date", "pk")

    def in_order(self) -> Self:
        return self.order_by(*self.thread)

    def neighbours(self, instance) -> dict:
        """What stands just before and just after an instance, or None; in one query."""
        last_first = [f"-{name}" for name in self.thread]
        before = self.filter(self._beyond(instance, "lt")).order_by(*last_first)
        after = self.filter(self._beyond(instance, "gt")).in_order()
        found = self.filter(
            Q(pk=Subquery(before.values("pk")[:1])) | Q(pk=Subquery(after.values("pk")[:1]))
        )
        here = self._place(instance)
        near = {"previous" if self._place(one) < here else "next": one for one in found}
        return {"previous": None, "next": None} | near

    def _beyond(self, instance, side):
        """Earlier (`lt`) or later (`gt`) than an instance: by the first field that differs."""
        beyond, equal = Q(pk__in=[]), {}
        for name in self.thread:
            value = getattr(instance, name)
            beyond |= Q(**equal, **{f"{name}__{side}": value})
            equal[name] = value
        return beyond

    def _place(self, instance):
        return [
            value if isinstance(value, int) else str(value)
            for value in (getattr(instance, name) for name in self.thread)
        ]


class DatedQuerySet(PublishableQuerySet):
    def on_day(self, month: int, day: int) -> Self:
        """What happened on this day and month in any year; only where the day is known."""
        return self.filter(date__endswith=f"-{month:02}-{day:02}")


class StageQuerySet(PublishableQuerySet):
    def with_milestone_counts(self, at: datetime) -> Self:
        """Adds `milestone_count`: the milestones visitors may see."""
        return self.annotate(
            milestone_count=Count("milestones", filter=public_at(at, "milestones"), distinct=True)
        ).order_by("number")  # a grouped query forgets the order of the model


class BodyQuerySet(PublishableQuerySet):
    def the_assembly(self, at: datetime):
        """The Assembly itself, ready to tell its name of any day; None while it is no page."""
        assembly = self.model.Kind.ASSEMBLY
        rows = with_joined_names(self.public(at).filter(kind=assembly))
        return next(iter(gathered(rows)), None)

    def for_lists(self) -> Self:
        """With what a card shows: the figures of which the newest is told."""
        return self.prefetch_related("figures")

    def for_page(self) -> Self:
        return self.select_related("picture", "part_of")

    def read_page(self, instance, at: datetime) -> None:
        """Reads what a body's own page shows; of others, only what is public."""
        appointments = _by_term(_related(self, "appointments").filter(public_at(at, "person")))
        prefetch_related_objects(
            [instance],
            "figures",
            "names",
            Prefetch("parts", self.model.objects.public(at)),
            Prefetch("appointments", appointments.select_related("person")),
            Prefetch("documents", _related(self, "documents").public(at).in_order()),
            Prefetch("milestones", _related(self, "milestones").public(at).in_order()),
            with_citations(),
        )


def _related(queryset, name):
    """The objects of the model at the other end of a relation."""
    return queryset.model._meta.get_field(name).related_model.objects


def _by_term(appointments):
    """Offices as they were held one after another; those of no known date come last."""
    return appointments.order_by(Coalesce("start", "seen_from", "end").asc(nulls_last=True), "pk")


class PersonQuerySet(InOrderQuerySet):
    """People by the Kazakh alphabet."""

    thread = ("sort_name", "pk")

    def for_page(self) -> Self:
        return self.select_related("picture")

    def read_page(self, instance, at: datetime) -> None:
        """Reads what a person's own page shows; of others, only what is public.

        An appointment has its body, where that is public, as `public_body`.
        """
        appointments = _by_term(_related(self, "appointments").all())
        body = FilteredRelation("body", condition=public_at(at, "body"))
        prefetch_related_objects(
            [instance],
            Prefetch(
                "appointments",
                appointments.annotate(public_body=body).select_related("public_body"),
            ),
            Prefetch("milestones", _related(self, "milestones").public(at).in_order()),
            Prefetch("documents", _related(self, "documents").public(at).in_order()),
            with_citations(),
        )


class DocumentQuerySet(InOrderQuerySet, DatedQuerySet):
    """Documents by their dates."""

    def for_page(self) -> Self:
        return self.select_related("session", "milestone", "milestone__stage", "author")

    def read_page(self, instance, at: datetime) -> None:
        """Reads what a document's own page shows; of others, only what is public."""
        prefetch_related_objects(
            [instance],
            Prefetch("bodies", _related(self, "bodies").public(at)),
            with_citations(),
        )


class MilestoneQuerySet(InOrderQuerySet, DatedQuerySet):
    thread = ("date", "weight", "pk")

    def public(self, at: datetime) -> Self:
        """A milestone hangs on its stage: without the stage it is not shown."""
        return super().public(at).filter(public_at(at, "stage"))

    def for_lists(self) -> Self:
        """With what a row of the timeline shows."""
        return self.select_related("region", "picture")

    def for_timeline(self) -> Self:
        """With what the timeline shows of each of hundreds, and no more: no texts of the story.

        Adds `source_count`, and `disputed_count` of those that say otherwise. The region is not
        among it: the timeline has them all in hand.
        """
        told = (
            "stage", "region", "slug", "date", "end", "circa", "theme", "key", "publish_at",
            "updated_at", *columns("title"), *columns("summary"), "session__number",
            "session__status", "session__publish_at", "session__unpublish_at",
        )  # fmt: skip
        return (
            self.select_related("session")
            .only(*told)
            .annotate(
                source_count=Count("citations"),
                disputed_count=Count("citations", filter=Q(citations__state="disputed")),
            )
        )

    def for_page(self) -> Self:
        return self.select_related("stage", "region", "picture", "session")

    def read_page(self, instance, at: datetime) -> None:
        """Reads what a milestone's own page shows; of others, only what is public."""
        prefetch_related_objects(
            [instance],
            "region__names",
            Prefetch("people", _related(self, "people").public(at)),
            Prefetch("bodies", _related(self, "bodies").public(at)),
            Prefetch("documents", _related(self, "documents").public(at).in_order()),
            with_citations(),
        )

    def with_slug(self, slug: str):
        """The one with this slug, its region's former names read along; None if it is not here."""
        rows = with_joined_names(self.filter(slug=slug), "region__names")
        return next(iter(gathered(rows, lambda one: one.region)), None)


class SessionQuerySet(DatedQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("region").prefetch_related("region__names")

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def near(self, number: int) -> Self:
        """The session of this number with those just before and after it."""
        return self.filter(number__range=(number - 1, number + 1))

    def for_table(self, at: datetime) -> Self:
        """With what a row of the list of all sessions shows, public documents alone counted."""
        return (
            self.for_lists()
            .select_related("chair", "stage", "venue")
            .annotate(
                document_count=Count("documents", filter=public_at(at, "documents"), distinct=True),
                decision_count=Count("decisions", distinct=True),
            )
        )

    def of_person(self, person) -> list:
        """Those in which a person was in the chair or had another part, the first one first."""
        own = self.filter(Q(chair=person) | Q(people=person)).order_by("number")
        rows = with_joined_names(own.select_related("region"), "region__names")
        return gathered(rows, lambda one: one.region)

    def with_former_names(self) -> list:
        """With what a session's own page says of itself, read in one query."""
        rows = self.select_related("region", "venue", "picture", "chair", "stage")
        return gathered(with_joined_names(rows, "region__names"), lambda one: one.region)

    def read_page(self, instance, at: datetime) -> None:
        """Reads what a session's own page shows, but not what its decisions led to."""
        prefetch_related_objects(
            [instance],
            "region__names",
            "decisions",
            Prefetch("people", _related(self, "people").public(at)),
            with_citations(),
        )

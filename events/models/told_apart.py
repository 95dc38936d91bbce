"""Pairs of events that look like duplicates and are two, because an editor looked and said so."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assembly_site.publishing.journal import JournalEntry, write_down

from .event import Event

Deed = JournalEntry.Deed


class ToldApartQuerySet(models.QuerySet):
    def since(self, day: date) -> Self:
        """The pairs of which both begin on this day or later: older ones are compared no more."""
        return self.filter(first__first_day__gte=day, second__first_day__gte=day)

    def pairs(self) -> set[tuple[int, int]]:
        """The keys of each pair, the smaller one first."""
        return set(self.values_list("first", "second"))

    def from_event(self, pk: int | None) -> set[int]:
        """The keys of the events that were told apart from this one; of none, from nothing."""
        found = self.filter(Q(first=pk) | Q(second=pk)) if pk is not None else self.none()
        return {key for pair in found.pairs() for key in pair} - {pk}

    def tell(self, one: Event, other: Event, user, at: datetime) -> None:
        """Keeps that the two are different, and writes it into the log of both; once."""
        with transaction.atomic():
            _pair, is_new = self.get_or_create(
                **_in_order(one, other), defaults={"told_by": user, "told_at": at}
            )
            if is_new:
                _write_down(Deed.TOLD_APART, one, other, user, at)

    def take_back(self, one: Event, other: Event, user, at: datetime) -> None:
        """They may be one after all; nothing happens where nobody had told them apart."""
        with transaction.atomic():
            gone, _models = self.filter(**_in_order(one, other)).delete()
            if gone:
                _write_down(Deed.LIKENED, one, other, user, at)


class ToldApart(models.Model):
    """Two events of which somebody said that they are different.

    It holds for the two events, not for their words: when titles or dates change so that the pair
    looks quite different, or still more alike, they stay told apart until that is taken back.
    """

    first = models.ForeignKey(Event, models.CASCADE, related_name="+")
    second = models.ForeignKey(Event, models.CASCADE, related_name="+")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField()

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of different events")
        verbose_name_plural = _("pairs of different events")
        default_permissions = ()
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_told_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="the_smaller_key_of_a_pair_is_first"
            ),
        ]

    def __str__(self):
        return f"{self.first} / {self.second}"


def _in_order(one, other):
    first, second = sorted((one, other), key=lambda event: event.pk)
    return {"first": first, "second": second}


def _write_down(deed, one, other, user, at):
    for event, against in ((one, other), (other, one)):
        write_down(deed, event, user, at, gettext("The other one: “%(name)s”") % {"name": against})

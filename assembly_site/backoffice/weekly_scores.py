"""The scores of the last twelve weeks, so that one sees whether things become better.

No clock runs on this site: the first desk that is opened in a week, whosever it is, counts
everything that exists. A week in which nobody opened one stays empty, and is shown as a gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db import models

from .upkeep import Look, kept_kinds, tally

WEEKS = 12
WIDE, HIGH, MARGIN = 96, 28, 4  # the drawing of a line
# A line of small changes is not drawn as a mountain: its whole height is at least so many points.
LEAST_SPAN = 10


class Counted(NamedTuple):
    """What `score` needs of one kind in one region, as it was counted in an earlier week."""

    model: type[models.Model]
    region: int
    lost: int
    possible: int


def weeks_until(day: date) -> list[date]:
    """The Mondays of twelve weeks, that of the day last."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=before) for before in reversed(range(WEEKS))]


class WeeklyScoreQuerySet(models.QuerySet):
    def keep(self, look: Look) -> None:
        """Writes down what this week began with, unless that is done: one query, or three.

        Of two desks opened at once, both may write; what the first wrote stays.
        """
        week = weeks_until(look.today)[-1]
        if self.filter(week=week).exists():
            return
        everything = tally([one._default_manager.all() for one in kept_kinds()], look)
        rows = [
            self.model(
                week=week,
                kind=one.model._meta.label_lower,
                region=one.region,
                lost=one.lost,
                possible=one.possible,
            )
            for one in everything
        ]
        # In one order, so that two who write at once do not wait for each other for ever.
        rows.sort(key=lambda row: (row.kind, row.region))
        self.bulk_create(rows, ignore_conflicts=True)

    def of_weeks(
        self, weeks: Iterable[date], kinds: Iterable[type[models.Model]]
    ) -> list[list[Counted]]:
        """What was counted in each of the weeks, of these kinds: one query."""
        by_label = {one._meta.label_lower: one for one in kinds}
        found = {week: [] for week in weeks}
        rows = self.filter(week__in=found, kind__in=by_label)
        for week, label, *rest in rows.values_list("week", "kind", "region", "lost", "possible"):
            found[week].append(Counted(by_label[label], *rest))
        return list(found.values())


class WeeklyScore(models.Model):
    """What the things of one kind in one region had lost at the first look of a week."""

    week = models.DateField()  # its Monday
    kind = models.CharField(max_length=60)  # "events.event"
    # The key of the region or NOWHERE; what was counted stays true when a region goes.
    region = models.PositiveBigIntegerField()
    lost = models.PositiveBigIntegerField()
    possible = models.PositiveBigIntegerField()

    objects = WeeklyScoreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["week", "kind", "region"], name="one_score_a_week_kind_and_region"
            )
        ]

    def __str__(self):
        return f"{self.kind}, {self.region}: {self.week:%d.%m.%Y}"


@dataclass(frozen=True)
class Line:
    """A score week by week, that of today last; None where nothing was counted."""

    scores: tuple[int | None, ...]

    @property
    def now(self) -> int | None:
        return self.scores[-1]

    @cached_property
    def _known(self) -> list[tuple[int, int]]:
        return [(place, one) for place, one in enumerate(self.scores) if one is not None]

    @property
    def is_drawn(self) -> bool:
        """One point makes no line."""
        return self.now is not None and len(self._known) > 1

    @property
    def first(self) -> int:
        """The earliest score that is known."""
        return self._known[0][1]

    @property
    def weeks(self) -> int:
        """How many weeks the line is long, this one included."""
        return len(self.scores) - self._known[0][0]

    @property
    def path(self) -> str:
        """The line for a drawing of WIDE by HIGH; it is broken where a week is missing."""
        # Neighbours have the same distance between their place among all and among the known.
        runs = groupby(enumerate(self._known), key=lambda one: one[1][0] - one[0])
        return "".join(self._run([point for _number, point in run]) for _distance, run in runs)

    def _run(self, points):
        (x, y), *others = [self._at(place, one) for place, one in points]
        # A week alone is a dot: a line of no length with round ends.
        return f"M{x} {y}" + ("".join(f"L{x} {y}" for x, y in others) or "h0")

    @property
    def end(self) -> tuple[int, int]:
        return self._at(*self._known[-1])

    def _at(self, place, one):
        values = [value for _place, value in self._known]
        middle = (min(values) + max(values)) / 2
        span = max(max(values) - min(values), LEAST_SPAN)
        step = (WIDE - 2 * MARGIN) / (len(self.scores) - 1)
        height = (HIGH - 2 * MARGIN) * (one - middle) / span
        return round(MARGIN + place * step), round(HIGH / 2 - height)


@dataclass(frozen=True)
class Standing:
    """What a score is of, and how it went."""

    name: str
    line: Line
    is_aside: bool = False  # only there to be compared with

    @property
    def score(self) -> int | None:
        return self.line.now

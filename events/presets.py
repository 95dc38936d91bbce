"""The times a visitor may choose by name; a new one is a new row."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from .querysets import CANCELLED_STAYS_DAYS
from .selections import Selection

SATURDAY, SUNDAY = 5, 6

Narrow = Callable[[Selection, datetime, date], Selection]


@dataclass(frozen=True)
class Preset:
    """What a name means for a selection at a moment, `today` being that moment's day in Astana."""

    label: str | Promise
    narrow: Narrow
    # As a part of a title: "Concerts, this weekend"; empty where it goes without saying.
    in_title: str | Promise = ""
    # The first day that is asked for; what began before it is folded. None: the past counts too.
    first_day: Callable[[date], date] | None = None
    newest_first: bool = False


def _all(selection, at, today):
    return selection


def _upcoming(selection, at, today):
    return selection.of_dates(selection.index.ahead(at))


def _past(selection, at, today):
    return selection.without(selection.index.ahead(at))


def _now(selection, at, today):
    index = selection.index
    return selection.of_dates(index.begun(at)).of_dates(index.ahead(at))


def _days(first: Callable[[date], date], last: Callable[[date], date]) -> Narrow:
    """What is on between two days, both included, and is not over by now."""

    def narrow(selection, at, today):
        index = selection.index
        found = selection.of_dates(index.overlapping(first(today), last(today)))
        return found.of_dates(index.ahead(at))

    return narrow


def _of_known_days(narrow: Narrow) -> Narrow:
    """Without what is known to the month only: nobody can go to it today."""

    def narrow_further(selection, at, today):
        return narrow(selection, at, today).of_dates(selection.index.of_known_days)

    return narrow_further


def _today(today):
    return today


def _start_of_weekend(today):
    return max(today, today + timedelta(days=SATURDAY - today.weekday()))


def _end_of_week(today):
    return today + timedelta(days=SUNDAY - today.weekday())


def _end_of_month(today):
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _subscribed(selection, at, today):
    """What is ahead, and what was cancelled until thirty days after its date.

    A calendar that dropped a cancelled date would leave it standing in the subscriber's.
    """
    index = selection.index
    recent = selection.of_dates(index.ahead(at - timedelta(days=CANCELLED_STAYS_DAYS)))
    cancelled = index.date_masks.get("status", {}).get("cancelled")
    ahead = _upcoming(selection, at, today)
    return ahead.joined(recent.of_dates(cancelled)) if cancelled else ahead


PRESETS: dict[str, Preset] = {
    "upcoming": Preset(pgettext_lazy("events", "Upcoming"), _upcoming, first_day=_today),
    "now": Preset(
        pgettext_lazy("events", "Now on"),
        _of_known_days(_now),
        pgettext_lazy("title", "now on"),
    ),
    "today": Preset(
        pgettext_lazy("events", "Today"),
        _of_known_days(_days(_today, _today)),
        pgettext_lazy("title", "today"),
        first_day=_today,
    ),
    "weekend": Preset(
        pgettext_lazy("events", "This weekend"),
        _of_known_days(_days(_start_of_weekend, _end_of_week)),
        pgettext_lazy("title", "this weekend"),
        first_day=_start_of_weekend,
    ),
    "week": Preset(
        pgettext_lazy("events", "This week"),
        _of_known_days(_days(_today, _end_of_week)),
        pgettext_lazy("title", "this week"),
        first_day=_today,
    ),
    "month": Preset(
        pgettext_lazy("events", "This month"),
        _days(_today, _end_of_month),
        pgettext_lazy("title", "this month"),
        first_day=_today,
    ),
    "past": Preset(
        pgettext_lazy("events", "Past"),
        _past,
        pgettext_lazy("title", "past"),
        newest_first=True,
    ),
    "all": Preset(pgettext_lazy("events", "All"), _all, newest_first=True),
}
# Not for visitors to choose: what a subscribed calendar holds.
SUBSCRIBED = Preset("", _subscribed)

"""A visitor's own programme: some events by their keys, kept in an address and nowhere else."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from .itinerary import FarApart, Overlap, clashes_of
from .models import Change, Event, Occurrence
from .programme import Day, by_day
from .shared_list import MOST_EVENTS

CLASHES_SHOWN = 12


class OwnProgramme:
    """The public events among the given keys, at one moment, with all their dates.

    What is unknown, a draft or withdrawn is passed over without a hint of which it is; what goes
    beyond the most that a list may hold is cut.
    """

    def __init__(self, keys: Iterable[int], at: datetime):
        asked = list(dict.fromkeys(keys))
        self.at = at
        self.keys = asked[:MOST_EVENTS]
        self.is_cut = len(asked) > MOST_EVENTS

    @cached_property
    def events(self) -> dict[int, Event]:
        """The public events by key, in the order in which they were asked for."""
        rows = Event.objects.public(self.at).select_related("category", "region", "picture")
        found = rows.in_bulk(self.keys)
        return {key: found[key] for key in self.keys if key in found}

    @property
    def passed_over(self) -> list[int]:
        """The keys that lead to nothing a visitor may see."""
        return [key for key in self.keys if key not in self.events]

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """Every date of the events, in order."""
        return self._complete(Occurrence.objects.filter(event__in=self.events))

    @property
    def coming(self) -> list[Day]:
        return by_day(one for one in self.occurrences if not one.is_over(self.at))

    @property
    def past(self) -> list[Occurrence]:
        return [one for one in self.occurrences if one.is_over(self.at)]

    @property
    def without_dates(self) -> list[Event]:
        dated = {one.event_id for one in self.occurrences}
        return [event for key, event in self.events.items() if key not in dated]

    @property
    def for_subscribers(self) -> list[Occurrence]:
        """The dates for a calendar that keeps itself up to date."""
        chosen = Occurrence.objects.filter(event__in=self.events)
        return self._complete(chosen.for_subscribers(self.at))

    def _complete(self, chosen):
        found = list(chosen.select_related("venue").in_order())
        for one in found:
            one.event = self.events[one.event_id]
        return found

    @cached_property
    def clashes(self) -> list[Overlap | FarApart]:
        return clashes_of(self.occurrences, self.at)

    @property
    def clashes_shown(self) -> list[Overlap | FarApart]:
        return self.clashes[:CLASHES_SHOWN]

    @property
    def more_clashes(self) -> int:
        return len(self.clashes) - len(self.clashes_shown)

    def changes_since(self, day: date) -> list[Change]:
        """What was announced of these events on that day (site time) or later, newest first."""
        start = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
        found = Change.objects.public(self.at).filter(event__in=self.events, changed_at__gte=start)
        changes = list(found.newest_first())
        for change in changes:
            change.event = self.events[change.event_id]
        return changes

    @property
    def ids(self) -> str:
        """The keys of the public events as they stand in an address."""
        return ",".join(map(str, self.events))

    @property
    def address(self) -> str:
        return address_of(self.events)

    def address_without(self, event: Event) -> str:
        """The address of this list with one event taken off."""
        return address_of(key for key in self.events if key != event.pk)


def address_of(keys: Iterable[int]) -> str:
    """The address of a list of events; of the empty page for none."""
    ids = ",".join(map(str, dict.fromkeys(keys)))
    return f"{reverse('events:mine')}?ids={ids}" if ids else reverse("events:mine")


def plain_title(text: str) -> str:
    """A title on one line, without signs that are not seen and turn or hide others."""
    seen = (" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(s for s in seen if unicodedata.category(s)[0] != "C").split())

"""What happened, and what is held, on one day of the year: history and programme side by side."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assembly_site.languages.dates import PartialDate, write_day_of_year
from assembly_site.publishing.clock import moment_of
from events.models import Holiday, Occurrence
from history.models import AssemblySession, Document, Milestone

# A leap year, in which every day of a year can be found.
ANY_YEAR = 2000
MOST_EVENTS = 50


@dataclass
class Entry:
    """One thing of this day; `kind` is the name of its model, `date` the day it happened."""

    kind: str
    instance: Model
    date: PartialDate
    today: date

    @property
    def distance(self) -> str:
        """How long ago, in words; empty for this year and for what is still to come."""
        years = self.today.year - self.date.year
        if years < 1:
            return ""
        return ngettext("%(count)s year ago", "%(count)s years ago", years) % {"count": years}


class DayOfYear:
    """A day in every year: the entries of the history and the events held on it.

    `asked` is the text of a request, "03-01"; without one, the day is that of `at` in Astana. For
    an impossible one the day is today's too, and `error` says so in a sentence.
    """

    def __init__(self, asked: str, at: datetime):
        self.at = at
        self.today = timezone.localdate(at)
        self.error = ""
        day = self.today
        if asked:
            try:
                day = _day(asked)
            except ValueError:
                self.error = _(
                    "There is no day “%(day)s” in the year. "
                    "Write month and day, such as %(example)s."
                ) % {"day": asked[:20], "example": "03-01"}
        self.month, self.day = day.month, day.day

    @property
    def is_today(self) -> bool:
        return (self.month, self.day) == (self.today.month, self.today.day)

    @property
    def name(self) -> str:
        return write_day_of_year(self.month, self.day)

    @property
    def before(self) -> "DayOfYear":
        return self._moved(-1)

    @property
    def after(self) -> "DayOfYear":
        return self._moved(1)

    def _moved(self, days):
        # The leap year is followed by a year without 29 February, but by a 1 January all the same.
        day = date(ANY_YEAR, self.month, self.day) + timedelta(days=days)
        return DayOfYear(f"{day:%m-%d}", self.at)

    def get_absolute_url(self) -> str:
        address = reverse("on-this-day")
        return address if self.is_today else f"{address}?date={self.month:02}-{self.day:02}"

    @cached_property
    def history(self) -> list[Entry]:
        """Milestones by year, with the sessions and documents that none of them tells of."""
        on_day = {"month": self.month, "day": self.day}
        milestones = list(Milestone.objects.public(self.at).on_day(**on_day).in_order())
        told = {one.session_id for one in milestones}
        sessions = AssemblySession.objects.public(self.at).on_day(**on_day).exclude(pk__in=told)
        documents = (
            Document.objects.public(self.at).on_day(**on_day).exclude(milestone__in=milestones)
        )
        found = [*milestones, *sessions, *documents]
        return sorted((self._entry(one) for one in found), key=lambda entry: entry.date)

    @cached_property
    def events(self) -> list[Occurrence]:
        """The dates of the programme that begin on this day, the newest first."""
        found = Occurrence.objects.public(self.at).on_day(self.month, self.day)
        return list(found.for_cards().newest_first()[:MOST_EVENTS])

    @cached_property
    def holidays(self) -> list[Holiday]:
        return list(Holiday.objects.filter(month=self.month, day=self.day))

    @cached_property
    def other_days(self) -> list["DayOfYear"]:
        """The days of the same month on which the history has an entry."""
        in_month = {"date__regex": rf"^\d{{4}}-{self.month:02}-\d{{2}}$"}
        dates = (
            model.objects.public(self.at).filter(**in_month).order_by().values_list("date")
            for model in (Milestone, AssemblySession, Document)
        )
        first, *rest = dates
        days = {one.day for (one,) in first.union(*rest)}
        return [DayOfYear(f"{self.month:02}-{day:02}", self.at) for day in sorted(days)]

    def _entry(self, instance):
        return Entry(instance._meta.model_name, instance, instance.date, self.today)


def _day(text):
    """The day of a text such as "03-01", in a leap year. Raises ValueError for any other."""
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(f"{ANY_YEAR}-{text}")


def on_this_day(request: HttpRequest) -> HttpResponse:
    day = DayOfYear(request.GET.get("date", ""), moment_of(request))
    return render(request, "history/on_this_day.html", {"day": day, "at": day.at})

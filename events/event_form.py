"""The form of an event: its rows of dates, and how one event becomes the next of a series."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assembly_site.backoffice.admin.content import ContentForm
from assembly_site.publishing.models import Status

from .models import Event, Occurrence

MOST_WEEKS = 60
# What belongs to the one event and not to its copy.
NOT_COPIED = {
    "id", "slug", "status", "publish_at", "unpublish_at", "created_at", "updated_at", "note",
    "first_day", "last_day", "participants", "plan_year", "plan_number",
    "report_kk", "report_ru", "report_en",
}  # fmt: skip


class EventForm(ContentForm):
    weekly_until = forms.DateField(
        label=gettext_lazy("Repeat the last date weekly until"),
        required=False,
        help_text=gettext_lazy("Adds a row for each week, which can then be changed singly."),
        widget=forms.DateInput(attrs={"placeholder": "28.06.2025", "size": 12}),
    )

    def repeat_weekly(self, event: Event) -> int:
        """Adds the weekly rows that were asked for; gives their number."""
        until = self.cleaned_data.get("weekly_until")
        if until is None:
            return 0
        last = event.occurrences.order_by("first_day", "pk").last()
        days = weeks_after(last.first_day, until) if last is not None and last.has_day else []
        for day in days:
            _copy_of(last, event, day - last.first_day).save()
        return len(days)

    def clean_weekly_until(self):
        until = self.cleaned_data["weekly_until"]
        if until is None:
            return None
        starts = [day for day in map(self._day, self._first_days()) if day]
        if not starts:
            raise ValidationError(_("Write the first date; then it can be repeated."))
        if until <= max(starts):
            raise ValidationError(_("This day is not after the last date."))
        if len(weeks_after(max(starts), until)) > MOST_WEEKS:
            raise ValidationError(
                _("That would be more than %(most)s dates: choose an earlier day.")
                % {"most": MOST_WEEKS}
            )
        return until

    def _first_days(self):
        return [
            text
            for name, text in self.data.items()
            if name.startswith("occurrences-") and name.endswith("-first_day")
        ]

    @staticmethod
    def _day(text):
        try:
            return forms.DateField().clean(text)
        except ValidationError:
            return None


def weeks_after(first: date, until: date) -> list[date]:
    """The same day of the week, from the week after `first` to `until`, both ends included."""
    count = (until - first).days // 7
    return [first + timedelta(weeks=week) for week in range(1, count + 1)]


def duplicate(event: Event) -> Event:
    """A draft with the same words and without dates, report, numbers and address."""
    return _copy(event)


def next_in_series(event: Event) -> Event:
    """A draft of the next one: a week later, part of the same whole."""
    with transaction.atomic():
        copy = _copy(event)
        for one in event.occurrences.all():
            if one.has_day:
                _copy_of(one, copy, timedelta(weeks=1)).save()
        copy.save_span()
    return copy


def _copy(event):
    fields = {
        field.attname: getattr(event, field.attname)
        for field in event._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    with transaction.atomic():
        copy = Event(**fields, status=Status.DRAFT)
        copy.save()
        for name in ("audiences", "languages", "access"):
            getattr(copy, name).set(getattr(event, name).all())
        for citation in event.citations.all():
            citation.pk = None
            citation._state.adding = True
            citation.target = copy
            citation.save()
    return copy


def _copy_of(occurrence, event, moved):
    """The date moved by some days, as if it were new: nothing of its past goes with it."""
    return Occurrence(
        event=event,
        first_day=occurrence.first_day + moved,
        last_day=occurrence.last_day + moved,
        start_time=occurrence.start_time,
        end_time=occurrence.end_time,
        all_day=occurrence.all_day,
        time_to_be_confirmed=occurrence.time_to_be_confirmed,
        precision=occurrence.precision,
        venue=occurrence.venue,
        room=occurrence.room,
    )

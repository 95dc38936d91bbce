"""One date of an event: when, where, and whether it holds."""

import calendar
import uuid
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDate, write_quarter, write_span
from assembly_site.languages.texts import columns, translated
from assembly_site.places.models import Venue
from assembly_site.publishing.models import PublicContent

from ..querysets import EARLIEST, LATEST, OccurrenceQuerySet
from .event import Event

OUT_OF_TIME = _("A date lies between the years 1900 and 2100: look at the year again.")

# A change in one of these is a change of time, place or status (RFC 5545, SEQUENCE).
WATCHED = ("starts_at", "ends_at", "all_day", "precision", "venue_id", "room", "status")


class Occurrence(PublicContent):
    """Days are kept as days and clock times beside them, so an unknown time stays unknown.

    `starts_at` and `ends_at` are the moments between which the occurrence is ahead, now on or
    over. They are made from the fields in `save` and are for asking, never for showing: where
    no end is known, the end of the last day stands in.
    """

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        QUARTER = "quarter", _("quarter")
        YEAR = "year", _("year")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        RESCHEDULED = "rescheduled", _("rescheduled")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")
        MOVED_ONLINE = "moved-online", _("moved online")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="occurrences", verbose_name=_("event")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), blank=True, help_text=_("Empty: the same day."))
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    time_to_be_confirmed = models.BooleanField(_("time to be confirmed"), default=False)
    precision = models.CharField(
        _("the date is known to the"),
        max_length=8,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text=_("Month, quarter, year: any day of it as first day; no day is shown."),
    )
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="occurrences",
        verbose_name=_("venue"),
    )
    room = models.CharField(_("room"), max_length=80, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.SCHEDULED
    )
    reason = translated(models.CharField(_("reason"), max_length=200, blank=True))
    previous_first_day = models.DateField(_("moved from: day"), null=True, blank=True)
    previous_start_time = models.TimeField(_("moved from: time"), null=True, blank=True)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    # RFC 5545: the UID never changes, SEQUENCE grows with each change that matters.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at"]),
            models.Index(fields=["ends_at"]),
            models.Index(fields=["first_day", "last_day"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="occurrence_last_day_not_before_first",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__gte=EARLIEST, last_day__lte=LATEST),
                name="occurrence_within_two_centuries",
                violation_error_message=OUT_OF_TIME,
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="occurrence_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(all_day=False) | Q(start_time=None, end_time=None),
                name="occurrence_all_day_has_no_time",
                violation_error_message=_("“All day” and a clock time cannot stand together."),
            ),
            models.CheckConstraint(
                condition=Q(precision="day") | Q(start_time=None, end_time=None),
                name="occurrence_time_needs_a_day",
                violation_error_message=_("A clock time needs a known day."),
            ),
        ]

    def __str__(self):
        return self.when

    def clean(self):
        super().clean()
        if self.first_day is None:
            return
        for name in ("first_day", "last_day"):
            if not EARLIEST <= (getattr(self, name) or self.first_day) <= LATEST:
                raise ValidationError({name: OUT_OF_TIME})
        self._complete()
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first day.")})
        if self.ends_at < self.starts_at:
            raise ValidationError({"end_time": _("The end is before the start.")})
        if self.end_time and not self.start_time:
            raise ValidationError({"start_time": _("Give the start as well as the end.")})
        needs_reason = (self.Status.POSTPONED, self.Status.CANCELLED)
        if self.status in needs_reason and not all(
            getattr(self, column) for column in columns("reason")[:2]
        ):
            raise ValidationError(
                {"reason_kk": _("Say why, in Kazakh and in Russian: visitors will ask.")}
            )

    def save(self, *args, **kwargs):
        """Saves; what visitors must learn of raises SEQUENCE and is written down as a Change."""
        self._complete()
        stored = Occurrence.objects.filter(pk=self.pk).first() if self.pk else None
        at = timezone.now()
        # What is over, before and after, is a correction of the archive and no news.
        announced = (
            stored is not None
            and self.event.is_announced(at)
            and not (self.is_over(at) and stored.is_over(at))
        )
        if announced:
            self._note_the_move(stored)
        differs = stored is not None and stored._watched() != self._watched()
        with transaction.atomic():
            if differs:
                self.sequence = F("sequence") + 1
            super().save(*args, **kwargs)
            if differs:
                self.refresh_from_db(fields=["sequence"])
            if differs and announced:
                self.event.changes.record(self, stored, at)

    def delete(self, *args, **kwargs):
        """Deletes; a date that visitors could still go to is written down as withdrawn."""
        at = timezone.now()
        with transaction.atomic():
            if self.event.is_announced(at):
                self.event.changes.record_withdrawal(self, at)
            return super().delete(*args, **kwargs)

    def _watched(self):
        # Only what a calendar must learn of; a typo in the reason is none of it.
        return tuple(getattr(self, name) for name in WATCHED)

    def _note_the_move(self, stored):
        """Keeps the start from which an announced date was moved, so that an editor need not."""
        if not (self.has_day and stored.has_day) or self.start == stored.start:
            return
        if self.first_day == stored.first_day and None in (self.start_time, stored.start_time):
            return  # a clock time became known or unknown: nothing was moved
        came_back = self.start in (self.previous_start_parts, stored.previous_start_parts)
        if came_back and self.status in (self.Status.RESCHEDULED, self.Status.SCHEDULED):
            self.previous_first_day = self.previous_start_time = None
            self.status = self.Status.SCHEDULED
            return
        if self.previous_start_parts == stored.previous_start_parts:
            self.previous_first_day, self.previous_start_time = stored.start
        if self.status == self.Status.SCHEDULED:
            self.status = self.Status.RESCHEDULED

    @property
    def start(self) -> tuple[date, time | None]:
        """First day and clock time, as far as it is known."""
        return self.first_day, self.start_time

    @property
    def previous_start_parts(self) -> tuple[date | None, time | None]:
        return self.previous_first_day, self.previous_start_time

    def _complete(self):
        self.last_day = self.last_day or self.first_day
        if self.precision != self.Precision.DAY:
            self.first_day = _first_of(self.first_day, self.precision)
            self.last_day = _last_of(self.last_day, self.precision)
        self.starts_at = _moment(self.first_day, self.start_time or time.min)
        if self.end_time:
            self.ends_at = _moment(self.last_day, self.end_time)
        else:
            self.ends_at = _moment(self.last_day + timedelta(days=1), time.min)

    @property
    def when(self) -> str:
        """The days in words of the active language, to the precision that is known."""
        if self.precision == self.Precision.QUARTER:
            return write_quarter(self.first_day.year, (self.first_day.month + 2) // 3)
        return write_span(self.first_partial, self.last_partial)

    @property
    def first_partial(self) -> PartialDate:
        return _partial(self.first_day, self.precision)

    @property
    def last_partial(self) -> PartialDate:
        return _partial(self.last_day, self.precision)

    @property
    def attendance_mode(self) -> str:
        """How one takes part on this date: moving one date online moves no other."""
        if self.status == self.Status.MOVED_ONLINE:
            return Event.AttendanceMode.ONLINE
        return self.event.attendance_mode

    @property
    def marked_title(self) -> str:
        """The event's title, after the word for what happened to the date, if anything did."""
        if self.status in (self.Status.SCHEDULED, self.Status.RESCHEDULED):
            return self.event.title
        word = str(self.get_status_display())
        return f"{word[:1].upper()}{word[1:]}: {self.event.title}"

    @property
    def clock_times(self) -> str:
        """«15:00–17:00» or «15:00»; empty where no clock time is known."""
        if not self.start_time:
            return ""
        text = f"{self.start_time:%H:%M}"
        return f"{text}–{self.end_time:%H:%M}" if self.end_time else text

    @property
    def when_in_full(self) -> str:
        """Days and clock times in words of the active language."""
        return f"{self.when}, {self.clock_times}" if self.clock_times else self.when

    def day_number(self, at: datetime) -> int | None:
        """Which of its days it is now: 2 on the second of five; None when it is not on."""
        if not (self.many_days and self.is_on(at)):
            return None
        return (timezone.localdate(at) - self.first_day).days + 1

    @property
    def day_count(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def previous_when(self) -> str:
        """The day, and the clock time if known, from which the date was moved; empty if never."""
        if not self.previous_first_day:
            return ""
        day = write_span(self.previous_first_day, None)
        clock = self.previous_start_time
        return f"{day}, {clock:%H:%M}" if clock else day

    @property
    def has_day(self) -> bool:
        return self.precision == self.Precision.DAY

    @property
    def many_days(self) -> bool:
        return self.has_day and self.last_day > self.first_day

    @property
    def is_timed(self) -> bool:
        """Whether a calendar may show it by the clock.

        Of several days whose last hour is not known a calendar would keep the first alone: those
        are shown as days.
        """
        return self.start_time is not None and not (self.many_days and self.end_time is None)

    def previous_start(self) -> datetime | None:
        """The start this occurrence had before it was moved, in UTC.

        Only when its clock time was known (schema.org previousStartDate takes a date else).
        """
        if not (self.previous_first_day and self.previous_start_time):
            return None
        return _moment(self.previous_first_day, self.previous_start_time)

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def is_on(self, at: datetime) -> bool:
        return self.has_day and self.starts_at <= at < self.ends_at


def _moment(day: date, clock: time) -> datetime:
    """A day and a clock time of the site's zone as a moment."""
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def _partial(day, precision):
    if precision == Occurrence.Precision.YEAR:
        return PartialDate(day.year)
    if precision == Occurrence.Precision.DAY:
        return PartialDate(day.year, day.month, day.day)
    return PartialDate(day.year, day.month)


_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def _first_of(day, precision):
    months = _MONTHS_IN[precision]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _last_of(day, precision):
    months = _MONTHS_IN[precision]
    month = (day.month - 1) // months * months + months
    return day.replace(month=month, day=calendar.monthrange(day.year, month)[1])

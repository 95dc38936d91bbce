"""What visitors must learn of: a date that moved, was cancelled, or goes another way."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import LANGUAGE_CODES, Wording, wording
from assembly_site.publishing.models import public_at

from .event import Event
from .occurrence import Occurrence

DATES = ("first_day", "last_day", "start_time", "end_time", "precision")


class ChangeQuerySet(models.QuerySet):
    def public(self, at: datetime):
        return self.filter(public_at(at, "event"), changed_at__lte=at)

    def newest_first(self):
        return self.order_by("-changed_at", "-pk")

    def for_lists(self):
        return self.select_related("event", "event__region", "event__category", "occurrence")

    def announced(self, at: datetime, count: int) -> list["Change"]:
        """The latest changes and the events added since, the newest first.

        An addition is no row: publishing happens by time alone. What was over when it was
        published is an addition to the archive and no news.
        """
        changes = list(self.public(at).for_lists().newest_first()[:count])
        added = (
            Event.objects.public(at)
            .filter(last_day__gte=TruncDate("publish_at"))
            .with_precision()
            .select_related("region", "category")
            .order_by("-publish_at", "-pk")[:count]
        )
        changes += [
            Change(event=event, kind=Change.Kind.ADDED, changed_at=event.publish_at)
            for event in added
        ]
        return sorted(changes, key=lambda one: one.changed_at, reverse=True)[:count]

    def record(self, occurrence: Occurrence, stored: Occurrence, at: datetime) -> None:
        """Writes down how a date differs from what was stored."""
        self.create(
            event=occurrence.event,
            occurrence=occurrence,
            kind=_kind(occurrence, stored),
            changed_at=at,
            before=state_of(stored),
            after=state_of(occurrence),
        )

    def record_withdrawal(self, occurrence: Occurrence, at: datetime) -> None:
        if occurrence.is_over(at):
            return
        self.create(
            event=occurrence.event,
            kind=Change.Kind.WITHDRAWN,
            changed_at=at,
            before=state_of(occurrence),
            after={},
        )

    def record_mode(self, event: Event, stored: Event, at: datetime) -> None:
        """Writes down that an event goes online, or back; every date ahead gets a new SEQUENCE."""
        ahead = Occurrence.objects.filter(event=event).ahead(at)
        if not ahead.exists():
            return
        ahead.update(sequence=F("sequence") + 1, updated_at=at)
        self.create(
            event=event,
            kind=Change.Kind.MODE,
            changed_at=at,
            before={"mode": stored.attendance_mode},
            after={"mode": event.attendance_mode},
        )


class Change(models.Model):
    """One announced change. It is written when an occurrence is saved and never edited.

    `before` and `after` keep the state as plain values, so that the list stays true when the
    venue is renamed or the date is moved once more.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("new in the programme")
        MOVED = "moved", _("moved")
        TIME = "time", _("another time")
        CONFIRMED = "confirmed", _("date or time confirmed")
        PLACE = "place", _("another place")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")
        ONLINE = "online", _("moved online")
        MODE = "mode", _("another way to take part")
        RESTORED = "restored", _("takes place after all")
        WITHDRAWN = "withdrawn", _("date withdrawn")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="changes", verbose_name=_("event")
    )
    occurrence = models.ForeignKey(
        Occurrence,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("date"),
    )
    kind = models.CharField(_("what changed"), max_length=10, choices=Kind.choices)
    changed_at = models.DateTimeField(_("changed"), db_index=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-changed_at", "-pk"]

    def __str__(self):
        return f"{self.event}: {self.get_kind_display()}"

    @property
    def heading(self) -> str:
        word = str(self.get_kind_display())
        return f"{word[:1].upper()}{word[1:]}"

    @property
    def identity(self) -> str:
        """Names the change for ever, in feeds."""
        return f"change-{self.pk}" if self.pk else f"event-{self.event_id}-added"

    @property
    def sentence(self) -> str:
        """What was and what is now, in plain words of the active language."""
        parts = []
        if self.shows_dates:
            parts.append(_was_and_is(self.old.dates.when_in_full, self.new.dates.when_in_full))
        elif self.old.dates or self.new.dates:
            parts.append((self.new.dates or self.old.dates).when_in_full)
        if self.shows_places:
            parts.append(_was_and_is(self.old.place.text or "—", self.new.place.text or "—"))
        if self.new.mode:
            parts.append(_was_and_is(self.old.mode, self.new.mode))
        return ". ".join([*parts, *filter(None, [self.reason.text])])

    @property
    def old(self) -> "State":
        return State(self.before)

    @property
    def new(self) -> "State":
        return State(self.after)

    @property
    def shows_dates(self) -> bool:
        """Whether the days or clock times differ, so that both are worth showing."""
        return self._differs(*DATES)

    @property
    def shows_places(self) -> bool:
        return self._differs("venue", "room")

    def _differs(self, *names):
        if not (self.before and self.after):
            return False
        return any(self.before.get(name) != self.after.get(name) for name in names)

    @property
    def reason(self) -> Wording:
        return self.new.words("reason")


class State:
    """A date as it stood at one moment, read back from plain values."""

    def __init__(self, values: dict):
        self.values = values

    @property
    def dates(self) -> Occurrence | None:
        """An occurrence that was never saved, to write its days and times in words."""
        if "first_day" not in self.values:
            return None
        return Occurrence(
            first_day=date.fromisoformat(self.values["first_day"]),
            last_day=date.fromisoformat(self.values["last_day"]),
            start_time=_clock(self.values["start_time"]),
            end_time=_clock(self.values["end_time"]),
            status=self.values["status"],
            precision=self.values["precision"],
        )

    @property
    def place(self) -> Wording:
        """The venue under the name that it had, with the room."""
        venue = self.words("venue")
        room = self.values.get("room", "")
        text = ", ".join(part for part in (venue.text, room) if part)
        return Wording(text, venue.language)

    @property
    def mode(self) -> str:
        """How one takes part, in words of the active language; empty where it did not change."""
        value = self.values.get("mode", "")
        return str(Event.AttendanceMode(value).label) if value else ""

    def words(self, name: str) -> Wording:
        texts = self.values.get(name) or {}
        return wording(_Texts(texts), "text")


class _Texts:
    """Lets the one rule of falling back between languages read a dictionary."""

    def __init__(self, texts: dict):
        for code in LANGUAGE_CODES:
            setattr(self, f"text_{code}", texts.get(code, ""))


def state_of(occurrence: Occurrence) -> dict:
    """What is kept of a date: plain values, the words in every language."""
    return {
        "first_day": occurrence.first_day.isoformat(),
        "last_day": occurrence.last_day.isoformat(),
        "start_time": _iso(occurrence.start_time),
        "end_time": _iso(occurrence.end_time),
        "precision": occurrence.precision,
        "status": occurrence.status,
        "venue": _texts(occurrence.venue, "name") if occurrence.venue else {},
        "room": occurrence.room,
        "reason": _texts(occurrence, "reason"),
    }


def _texts(instance, name):
    return {code: getattr(instance, f"{name}_{code}") for code in LANGUAGE_CODES}


def _iso(clock: time | None):
    return clock.isoformat(timespec="minutes") if clock else ""


def _clock(text):
    return time.fromisoformat(text) if text else None


def _was_and_is(old, new):
    return gettext("%(new)s instead of %(old)s") % {"old": old, "new": new}


_KINDS_OF_STATUS = {
    Occurrence.Status.CANCELLED: Change.Kind.CANCELLED,
    Occurrence.Status.POSTPONED: Change.Kind.POSTPONED,
    Occurrence.Status.MOVED_ONLINE: Change.Kind.ONLINE,
}
_DOES_NOT_HOLD = (Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED)


def _kind(occurrence, stored):
    if occurrence.status != stored.status and occurrence.status in _KINDS_OF_STATUS:
        return _KINDS_OF_STATUS[occurrence.status]
    if stored.status in _DOES_NOT_HOLD and occurrence.status not in _DOES_NOT_HOLD:
        return Change.Kind.RESTORED
    if (occurrence.venue_id, occurrence.room) != (stored.venue_id, stored.room) and (
        occurrence.start == stored.start and occurrence.last_day == stored.last_day
    ):
        return Change.Kind.PLACE
    if occurrence.has_day and not stored.has_day:
        return Change.Kind.CONFIRMED
    if (occurrence.first_day, occurrence.last_day) != (stored.first_day, stored.last_day):
        return Change.Kind.MOVED
    return Change.Kind.TIME if stored.start_time else Change.Kind.CONFIRMED

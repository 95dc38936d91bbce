"""What could be better about the events of the programme."""

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from assembly_site.backoffice.upkeep import Look, Rule, keep_up
from assembly_site.backoffice.upkeep_rules import language_rules, late_approval, no_source

from .likely_duplicates import likely_duplicates
from .models import Category, Event, Occurrence

DOES_NOT_HOLD = (Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED)
NO_REPORT = "no-report"


def _dates(of="pk"):
    """The dates of the event of an outer query; `of` names its column with the event's key."""
    return Occurrence.objects.filter(event=OuterRef(of)).exclude(status__in=DOES_NOT_HOLD)


def _ahead(look: Look, of="pk"):
    return _dates(of).filter(ends_at__gt=look.at)


def _unconfirmed(look: Look, of="pk"):
    open_day = ~Q(precision=Occurrence.Precision.DAY)
    return _ahead(look, of).filter(open_day | Q(time_to_be_confirmed=True))


def _without_venue(look: Look, of="pk"):
    return _ahead(look, of).filter(venue=None).exclude(status=Occurrence.Status.MOVED_ONLINE)


def _is_over(look: Look) -> Q:
    return Q(last_day__lt=look.today)


def _without_report(look: Look) -> Q:
    return _is_over(look) & Q(Exists(_dates()), report_kk="", report_ru="", report_en="")


def _held_somewhere() -> Q:
    return ~Q(attendance_mode=Event.AttendanceMode.ONLINE)


def _without_access(look: Look) -> Q:
    ticked = Event.access.through.objects.filter(event=OuterRef("pk"))
    known = _dates().filter(venue__step_free__isnull=False)
    return _held_somewhere() & Q(Exists(_ahead(look))) & ~Q(Exists(ticked)) & ~Q(Exists(known))


def _row_of_the_form(dates, look: Look):
    """The number of the first row among the form's dates that is one of `dates`."""
    breaks_at = dates(look, of="event").order_by("starts_at").values("starts_at")[:1]
    before = (
        Occurrence.objects.filter(event=OuterRef("pk"), starts_at__lt=Subquery(breaks_at))
        .order_by()
        .values("event")
        .annotate(rows=Count("pk"))
        .values("rows")
    )
    return Cast(Coalesce(Subquery(before), Value(0)), CharField())


def _venue_field(look: Look):
    row = _row_of_the_form(_without_venue, look)
    return Concat(Value("occurrences-"), row, Value("-venue"), output_field=CharField())


def _unconfirmed_field(look: Look):
    """The day, or the clock time where the day is known already."""
    row = _row_of_the_form(_unconfirmed, look)
    open_day = _ahead(look).exclude(precision=Occurrence.Precision.DAY)
    field = Case(When(Exists(open_day), then=Value("-first_day")), default=Value("-start_time"))
    return Concat(Value("occurrences-"), row, field, output_field=CharField())


EVENTS = (
    Rule(
        code=NO_REPORT,
        heading=_("Ended without a report"),
        says=_("The event is over, and nothing says how it went"),
        why=_("Whoever reads of it later learns only that it was planned."),
        mend=_("Write two sentences on how it went; pictures and a number help."),
        weight=12,
        minutes=10,
        fails=_without_report,
        field="report_kk",
    ),
    Rule(
        code="to-be-confirmed",
        says=_("The day or the time is not confirmed yet"),
        why=_("Nobody can put the event into a calendar."),
        mend=_("Write the day and the hour, and take the tick away."),
        weight=12,
        minutes=3,
        fails=lambda look: Q(Exists(_unconfirmed(look))),
        field=_unconfirmed_field,
    ),
    Rule(
        code="no-venue",
        says=_("The event is ahead and has no venue"),
        why=_("Visitors do not know where to go."),
        mend=_("Choose the venue of the date, or add one."),
        weight=8,
        minutes=3,
        fails=lambda look: _held_somewhere() & Q(Exists(_without_venue(look))),
        field=_venue_field,
    ),
    Rule(
        code="no-access",
        says=_("Nothing says whether everybody can get in"),
        why=_("People in wheelchairs, deaf or blind people stay at home when they cannot know."),
        mend=_("Tick what there is, or say at the venue whether it is step-free."),
        weight=6,
        minutes=2,
        fails=_without_access,
        field="access",
    ),
    Rule(
        code="likely-duplicate",
        says=_("Another event of the same weeks and region has nearly the same title"),
        why=_("Visitors and calendars get the same event twice."),
        mend=_(
            "Delete one of the two, make one a part of the other, or say under “Likely duplicates”"
            " that they are two."
        ),
        weight=6,
        minutes=4,
        fails=lambda look: Q(pk__in={pk for pair in look.once(likely_duplicates)
                                     for pk in pair.keys}),
        field="title_kk",
    ),
)  # fmt: skip


def keep_up_programme() -> None:
    rules = (
        *language_rules(Event),
        *EVENTS,
        no_source(Event, 4, only=Q(first_day__isnull=False)),
        late_approval(8),
    )
    keep_up(Event, rules, oldest_by="first_day")
    keep_up(Category, language_rules(Category, ["title"]))

"""Threads of the history that lead on into the programme; the roof knows both."""

from datetime import datetime

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Cast, Substr

from events.models import Event, Occurrence
from history import threads

# How much of an ISO date a precision leaves; a quarter is no month, so the year alone remains.
SIGNS = {
    Occurrence.Precision.DAY: 10,
    Occurrence.Precision.MONTH: 7,
    Occurrence.Precision.QUARTER: 4,
    Occurrence.Precision.YEAR: 4,
}


def register() -> None:
    threads.register("event", "events:event", events_on_threads)


def events_on_threads(at: datetime) -> QuerySet:
    """Public events with the first day of each as far as it is known, as an ISO text."""
    kept = Case(
        *(When(coarsest=precision, then=Value(signs)) for precision, signs in SIGNS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        Event.objects.public(at)
        .with_precision()
        .annotate(knot_date=Substr(Cast(F("first_day"), CharField()), 1, kept))
    )

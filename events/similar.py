"""Events that may be the same as another: titles that sound alike, near in place and time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from rapidfuzz import fuzz, process

from assembly_site.languages.folding import fold
from assembly_site.languages.texts import columns

from .models import Event

ALIKE = 82  # of 100
DAYS_APART = 45
MOST_SHOWN = 5
MOST_COMPARED = 4000


class Similar(NamedTuple):
    """An event that may be meant, and how much alike the titles are (0 to 100)."""

    event: Event
    likeness: float


def similar_events(
    title: str, events: Iterable[Event], *, near: date | None = None, but: int | None = None
) -> list[Similar]:
    """The events with the most similar titles among `events` (a QuerySet), best first.

    `near` is a first day: events farther than six weeks from it are not meant; those without a
    date may be. `but` is the key of the event that is being written. Titles are compared folded
    and whatever the order of their words, in all languages.
    """
    wanted = fold(title)
    if len(wanted) < 4:
        return []
    if near is not None:
        span = timedelta(days=DAYS_APART)
        close = Q(first_day__lte=near + span, last_day__gte=near - span)
        events = events.filter(close | Q(first_day=None))
    rows = events.exclude(pk=but).order_by("-pk").values_list("pk", *columns("title"))
    titles = {}
    for pk, *texts in rows[:MOST_COMPARED]:
        for place, text in enumerate(texts):
            if text:
                titles[pk, place] = fold(text)
    best: dict[int, float] = {}
    for _text, likeness, (pk, _place) in process.extract(
        wanted, titles, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=4 * MOST_SHOWN
    ):
        best[pk] = max(likeness, best.get(pk, 0))
    chosen = sorted(best, key=lambda pk: (-best[pk], pk))[:MOST_SHOWN]
    found = Event.objects.with_precision().select_related("region").in_bulk(chosen)
    return [Similar(found[pk], best[pk]) for pk in chosen]

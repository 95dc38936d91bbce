"""Events that are likely one and the same: nearly one title, one region, the same weeks."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from assembly_site.backoffice.upkeep import Look, watched
from assembly_site.languages.folding import fold

from .models import Event, ToldApart

NEAR = timedelta(days=14)
# What is longer over is no trouble to anybody any more.
LOOKED_BACK = timedelta(days=60)
ALIKE = 85  # of 100
MOST_PAIRS = 100
MOST_SHOWN = 5
MOST_TOLD_APART = 20


@dataclass(frozen=True)
class Candidate:
    pk: int
    part_of: int | None
    region: int | None
    first_day: date
    title: str

    def is_tied_to(self, other: "Candidate") -> bool:
        """Whether an editor has said that the two belong together."""
        if self.part_of and self.part_of == other.part_of:
            return True
        return self.part_of == other.pk or other.part_of == self.pk


@dataclass(frozen=True)
class Pair:
    keys: tuple[int, int]
    region: int | None
    likeness: float


def likely_duplicates(look: Look) -> list[Pair]:
    """The pairs most alike, in two queries; titles are compared in their folded form.

    Titles with different numbers, «2nd round» and «3rd round», are different events; so are those
    of which an editor said so.
    """
    told_apart = ToldApart.objects.since(look.today - LOOKED_BACK).pairs()
    found = {}
    for rivals in _by_region_and_numbers(look):
        for one, other in _near(rivals):
            likeness = fuzz.ratio(one.title, other.title, score_cutoff=ALIKE)
            if not likeness or one.pk == other.pk or one.is_tied_to(other):
                continue
            pair = Pair((min(one.pk, other.pk), max(one.pk, other.pk)), one.region, likeness)
            if pair.keys not in told_apart:
                best = found.get(pair.keys, pair)
                found[pair.keys] = max(best, pair, key=lambda pair: pair.likeness)
    ordered = sorted(found.values(), key=lambda pair: (-pair.likeness, pair.keys))
    return ordered[:MOST_PAIRS]


def _by_region_and_numbers(look):
    events = Event.objects.filter(first_day__gte=look.today - LOOKED_BACK)
    rows = (
        watched(_rivals_of(look.about, events) if isinstance(look.about, Event) else events)
        .order_by("first_day")
        .values_list("pk", "part_of", "region", "first_day", "title_kk", "title_ru")
    )
    rivals = defaultdict(list)
    for *ties, title_kk, title_ru in rows:
        for language, title in (("kk", title_kk), ("ru", title_ru)):
            if title:
                one = Candidate(*ties, fold(title))
                numbers = tuple(re.findall(r"\d+", one.title))
                rivals[one.region, language, numbers].append(one)
    return rivals.values()


def _rivals_of(event, events):
    """Of all events those that may be the same as this one, itself among them."""
    if event.first_day is None:
        return events.none()
    near = (event.first_day - NEAR, event.first_day + NEAR)
    return events.filter(region=event.region_id, first_day__range=near)


def _near(rivals):
    """Each two of a list sorted by day that lie near each other."""
    for place, one in enumerate(rivals):
        for other in rivals[place + 1 :]:
            if other.first_day - one.first_day > NEAR:
                break
            yield one, other


def pairs_side_by_side(desk) -> dict | None:
    """The own pairs with what helps to tell whether the two are one, and those told apart.

    Two queries.
    """
    if Event not in desk.kinds or desk.translates:
        return None
    own = desk.own(Event)
    rows, told = _rows(desk, own), _told_apart(desk, own)
    return {"rows": rows, "told": told} if rows or told else None


def _rows(desk, own):
    regions = {region.pk for region in desk.regions}
    pairs = [
        pair
        for pair in desk.look.once(likely_duplicates)
        if not desk.is_bound or pair.region in regions
    ][:MOST_SHOWN]
    keys = {key for pair in pairs for key in pair.keys}
    events = own.select_related("region", "category").in_bulk(keys)
    return [
        {"events": [events[key] for key in pair.keys], "likeness": int(pair.likeness)}
        for pair in pairs
        if all(key in events for key in pair.keys)
    ]


def _told_apart(desk, own):
    keys = own.order_by().values("pk")
    pairs = ToldApart.objects.since(desk.look.today - LOOKED_BACK)
    pairs = pairs.filter(first__in=keys, second__in=keys)
    return list(pairs.select_related("first", "second", "told_by")[:MOST_TOLD_APART])

"""The events of a seed, by their numbers.

What a number gives depends on the seed, on the day around which the dates lie and on the regions,
kinds and short lists of the site; never on the clock.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from assembly_site.languages.slugs import slugify
from assembly_site.places.models import Region, Venue
from assembly_site.publishing.models import Status

from ..models import AccessProvision, Audience, Category, Event, Occurrence, SpokenLanguage
from .venues import venue_key
from .words import WORDS, event_texts, in_columns, kind_of, report_texts, towns_of

HALF_A_YEAR = 182  # days

# How many cards of each there are in a deck.
PUBLISHING = {
    "published": 31, "until": 1, "later": 2, "draft": 2, "in-review": 1, "returned": 1,
    "withdrawn": 1, "archived": 1,
}  # fmt: skip
STATUSES = {
    "scheduled": 16, "rescheduled": 1, "postponed": 1, "cancelled": 1, "moved-online": 1,
}  # fmt: skip
PRECISIONS = {"day": 17, "month": 1, "quarter": 1, "year": 1}
CLOCKS = {"start-and-end": 6, "start": 2, "all_day": 2, "time_to_be_confirmed": 2, "unknown": 1}
ATTENDANCE = {"in-person": 7, "mixed": 2, "online": 1}
ADMISSION = {"free": 5, "ticket": 2, "registration": 2, "invitation": 1, "": 2}


@dataclass
class Surroundings:
    """What the site has of its own, and the made-up venues: events are made among these."""

    regions: Sequence[Region]
    categories: Sequence[Category]
    audiences: Sequence[Audience]
    languages: Sequence[SpokenLanguage]
    access: Sequence[AccessProvision]
    venues: dict[tuple[int, str], Venue]  # by the id of the region and the Kazakh name


@dataclass
class MadeUp:
    """One event with all that hangs on it."""

    event: Event
    occurrences: list[Occurrence]
    audiences: list[Audience]
    languages: list[SpokenLanguage]
    access: list[AccessProvision]


class Deck:
    """Cards dealt in an order of the seed; each comes up before any comes up again."""

    def __init__(self, seed: str, cards: Iterable):
        self.seed = seed
        self.cards = list(cards)
        self._round: tuple[int, list] = (-1, [])

    def card(self, number: int):
        turn, place = divmod(number, len(self.cards))
        if self._round[0] != turn:
            self._round = (turn, _chance(f"{self.seed} {turn}").sample(self.cards, len(self.cards)))
        return self._round[1][place]


class MadeUpProgramme:
    """The events of one seed around one day; the numbers begin at 1."""

    def __init__(self, seed: int, around: date, surroundings: Surroundings):
        self.seed = seed
        self.around = around
        self.surroundings = surroundings
        decks = {
            "region": [*surroundings.regions, None],
            "category": surroundings.categories,
            "audience": surroundings.audiences or [None],
            "language": surroundings.languages or [None],
            "access": [*surroundings.access, None, None],
            "day": range(-HALF_A_YEAR, HALF_A_YEAR + 1),
            "publishing": _cards(PUBLISHING),
            "status": _cards(STATUSES),
            "precision": _cards(PRECISIONS),
            "clock": _cards(CLOCKS),
            "attendance": _cards(ATTENDANCE),
            "admission": _cards(ADMISSION),
        }
        self.decks = {name: Deck(f"{seed} {name}", cards) for name, cards in decks.items()}

    @property
    def note(self) -> str:
        """What editors read in each event; it tells the seed and the day."""
        return f"Made-up event for tests: seed {self.seed}, around {self.around.isoformat()}."

    def event(self, number: int) -> MadeUp:
        chance = _chance(f"{self.seed} {number}")
        card = {name: deck.card(number) for name, deck in self.decks.items()}
        kind = kind_of(card["category"])
        town = chance.choice(towns_of(card["region"])) if card["region"] else None
        occurrences = self._occurrences(card, kind, chance)
        address = f"https://example.org/made-up/{self.seed}-{number}/"
        event = Event(
            category=card["category"],
            region=card["region"],
            note=self.note,
            contact_email="made-up@example.org",
            **event_texts(kind, town, chance),
            **self._publishing(card["publishing"], chance),
            **_admission(card["admission"], address, occurrences[0], chance),
            **_attendance(card["attendance"], address, occurrences[0]),
            **self._report(occurrences, chance),
        )
        event.slug = slugify(f"made-up {self.seed} {number} {event.title_kk}")
        if town and kind["venues"] and event.attendance_mode != Event.AttendanceMode.ONLINE:
            key = venue_key(card["region"], chance.choice(kind["venues"]), town)
            for occurrence in occurrences:
                occurrence.venue = self.surroundings.venues.get(key)
        return MadeUp(
            event,
            occurrences,
            _distinct(card["audience"], self.decks["audience"].card(number + 1)),
            _distinct(card["language"], *self.surroundings.languages[:1]),
            _distinct(card["access"]),
        )

    def _occurrences(self, card, kind, chance):
        first = self.around + timedelta(days=card["day"])
        if card["precision"] == Occurrence.Precision.DAY:
            made = _days(first, _clock(card["clock"], kind, chance), kind, chance)
        else:
            made = [Occurrence(first_day=first, precision=card["precision"])]
        _set_status(made[0], card["status"], chance)
        for occurrence in made:
            occurrence.uid = uuid.UUID(int=chance.getrandbits(128), version=4)
            occurrence.clean()
        return made

    def _publishing(self, card, chance):
        before = _morning(self.around - timedelta(days=chance.randint(1, 120)))
        after = _morning(self.around + timedelta(days=chance.randint(1, 60)))
        return {
            "published": {"status": Status.PUBLISHED, "publish_at": before},
            "until": {"status": Status.PUBLISHED, "publish_at": before, "unpublish_at": after},
            "later": {"status": Status.PUBLISHED, "publish_at": after},
            "draft": {"status": Status.DRAFT},
            "in-review": {"status": Status.IN_REVIEW},
            "returned": {"status": Status.RETURNED},
            "withdrawn": {"status": Status.WITHDRAWN, "publish_at": before},
            "archived": {"status": Status.ARCHIVED, "publish_at": before},
        }[card]

    def _report(self, occurrences, chance):
        """What came of it, for half of what is over and was held."""
        held = occurrences[0].status not in (
            Occurrence.Status.CANCELLED,
            Occurrence.Status.POSTPONED,
        )
        over = all(one.last_day < self.around for one in occurrences)
        if not (held and over and chance.random() < 0.5):
            return {}
        participants = chance.randint(20, 900)
        return {"participants": participants, **report_texts(participants)}


def _days(first, clock, kind, chance):
    length = chance.randint(*kind["days"])
    step = max(length, chance.choice((1, 7, 14)))
    count = chance.randint(1, kind["dates"])
    starts = [first + timedelta(days=step * turn) for turn in range(count)]
    return [
        Occurrence(first_day=start, last_day=start + timedelta(days=length - 1), **clock)
        for start in starts
    ]


def _clock(card, kind, chance):
    if card in ("all_day", "time_to_be_confirmed"):
        return {card: True}
    if card == "unknown":
        return {}
    start = time.fromisoformat(chance.choice(kind["hours"]))
    if card == "start":
        return {"start_time": start}
    return {
        "start_time": start,
        "end_time": start.replace(hour=start.hour + chance.randint(1, 3)),
    }


def _set_status(occurrence, status, chance):
    occurrence.status = status
    if status in WORDS["reasons"]:
        reason = in_columns("reason", chance.choice(WORDS["reasons"][status]))
        for column, text in reason.items():
            setattr(occurrence, column, text)
    if status == Occurrence.Status.RESCHEDULED:
        moved = timedelta(days=chance.randint(1, 30))
        occurrence.previous_first_day = occurrence.first_day - moved
        occurrence.previous_start_time = occurrence.start_time


def _admission(card, address, occurrence, chance):
    more = {
        Event.Admission.TICKET: {
            "price": Decimal(chance.randrange(500, 6000, 500)),
            "registration_url": address,
            **in_columns("admission_note", WORDS["sentences"]["discount"]),
        },
        Event.Admission.REGISTRATION: {
            "registration_url": address,
            "registration_until": _morning(occurrence.first_day - timedelta(days=1)),
        },
    }
    return {"admission": card, **more.get(card, {})}


def _attendance(card, address, occurrence):
    if occurrence.status == Occurrence.Status.MOVED_ONLINE:
        card = Event.AttendanceMode.ONLINE
    if card == Event.AttendanceMode.IN_PERSON:
        return {"attendance_mode": card}
    return {"attendance_mode": card, "online_url": f"{address}live/"}


def _chance(seed):
    return Random(seed)  # noqa: S311 (the same for everyone who knows the seed, on purpose)


def _cards(deck):
    return [card for card, count in deck.items() for _ in range(count)]


def _distinct(*things):
    return list(dict.fromkeys(one for one in things if one is not None))


def _morning(day):
    return datetime.combine(day, time(9), tzinfo=timezone.get_default_timezone())

"""Event (what) has occurrences (when, where, in what state)."""

from .change import Change
from .event import Event
from .holiday import Holiday
from .occurrence import Occurrence
from .told_apart import ToldApart
from .vocabulary import AccessProvision, Audience, Category, SpokenLanguage

__all__ = [
    "AccessProvision",
    "Audience",
    "Category",
    "Change",
    "Event",
    "Holiday",
    "Occurrence",
    "SpokenLanguage",
    "ToldApart",
]

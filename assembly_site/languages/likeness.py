"""How alike two titles are, whatever their letters, endings and order of words."""

from rapidfuzz import fuzz

from .folding import fold


def likeness(one: str, other: str) -> float:
    """From 0 to 1; 1 for titles of the same folded words, in any order."""
    return fuzz.token_sort_ratio(fold(one), fold(other)) / 100


def alike(title: str, titles: dict, at_least: float = 0.85) -> list:
    """The keys of the titles that are most like the given one, the nearest first."""
    found = sorted((-likeness(title, other), key) for key, other in titles.items())
    return [key for minus, key in found if -minus >= at_least]

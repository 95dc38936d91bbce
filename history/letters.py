"""People under the letters of the Kazakh alphabet."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from .models import Person


class Letter(NamedTuple):
    """A letter, its anchor and the people whose surnames begin with it."""

    sign: str
    anchor: str
    people: list[Person]


def by_letter(people: Iterable[Person]) -> list[Letter]:
    """People who stand in order, under the first letters of their surnames."""
    groups = groupby(people, key=lambda one: one.letter)
    return [
        Letter(sign, f"letter-{number}", list(group))
        for number, (sign, group) in enumerate(groups, start=1)
    ]

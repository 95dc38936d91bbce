"""What a visitor is offered: options with the number of things that each would give."""

from dataclasses import dataclass
from typing import Protocol


class Question(Protocol):
    """What a list with filters is asked by: it knows the address of itself with some changes."""

    def address_with(self, **changes) -> str:
        """The query string with some parameters changed."""


@dataclass
class Option:
    """One choice of a facet: how many things it would give, and what choosing it changes."""

    code: str
    name: str
    count: int
    is_chosen: bool
    question: Question
    changes: dict

    @property
    def address(self) -> str:
        """The query string that toggles it. Made when asked: of most options none is shown."""
        return self.question.address_with(**self.changes)

    @property
    def is_disabled(self) -> bool:
        return self.count == 0 and not self.is_chosen


@dataclass
class Facet:
    """The options of one parameter, and what is wrong with what was chosen."""

    name: str
    label: str
    options: list[Option]
    errors: list[str]
    stands_open: bool = False

    @property
    def chosen_count(self) -> int:
        return sum(1 for option in self.options if option.is_chosen)

    @property
    def is_open(self) -> bool:
        return self.stands_open or bool(self.chosen_count or self.errors)


@dataclass
class ActiveFilter:
    """A filter that is on: what it says, the address without it, and what that would give."""

    parameter: str
    label: str
    name: str
    address: str
    count_without: int


def without(chosen: dict, name: str) -> dict:
    """The chosen values but those of one parameter."""
    return {other: value for other, value in chosen.items() if other != name}


def toggled(chosen: list[str], code: str) -> list[str]:
    """The chosen codes with one more, or without it where it is chosen."""
    return [one for one in chosen if one != code] if code in chosen else [*chosen, code]

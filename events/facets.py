"""What a visitor is offered: options with the number of events that each would give."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .filters import OPEN_FACETS

if TYPE_CHECKING:
    from .programme import Programme


@dataclass
class Option:
    """One choice of a facet: how many events it would give, and what choosing it changes."""

    code: str
    name: str
    count: int
    is_chosen: bool
    programme: "Programme"
    changes: dict

    @property
    def address(self) -> str:
        """The query string that toggles it. Made when asked: of most options none is shown."""
        return self.programme.address_with(**self.changes)

    @property
    def is_disabled(self) -> bool:
        return self.count == 0 and not self.is_chosen


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option]
    errors: list[str]

    @property
    def chosen_count(self) -> int:
        return sum(1 for option in self.options if option.is_chosen)

    @property
    def is_open(self) -> bool:
        return self.name in OPEN_FACETS or bool(self.chosen_count or self.errors)


@dataclass
class ActiveFilter:
    """A filter that is on: what it says, the address without it, and what that would give."""

    parameter: str
    label: str
    name: str
    address: str
    count_without: int

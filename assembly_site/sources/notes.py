"""What the notes of one object say together: how many are checked, and where they differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from .models import Citation

FEW = 6  # notes that a line may name by their publishers


@dataclass
class Difference:
    """Facts on which sources differ: the notes that agree with the page, and those that do not."""

    facts: tuple[Citation.Fact, ...]
    agreeing: list[Citation] = field(default_factory=list)
    otherwise: list[Citation] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"versions-{self.otherwise[0].number}"

    @property
    def are_few(self) -> bool:
        """Whether the agreeing notes may be named in full, and not by their numbers alone."""
        return len(self.agreeing) <= FEW

    @property
    def names(self) -> str:
        """The facts in words of the active language: "date, place"."""
        return ", ".join(str(fact.label) for fact in self.facts)


def differences(citations: Iterable[Citation]) -> list[Difference]:
    """The facts of which a source says otherwise; those that one source joins stand together."""
    citations = list(citations)
    found: list[Difference] = []
    for citation in citations:
        if citation.state == Citation.State.DISPUTED:
            found = _with(found, citation)
    for difference in found:
        difference.agreeing = [
            citation
            for citation in citations
            if citation.state != Citation.State.DISPUTED
            and set(citation.facts) & set(difference.facts)
        ]
    return sorted(found, key=lambda one: one.otherwise[0].number)


def _with(found, citation):
    """Adds a citation to the difference with which it shares a fact, or as one of its own."""
    # A source that differs in a date differs in the text about it too: only the date is named.
    facts = [fact for fact in citation.facts if fact != Citation.Fact.TEXT] or citation.facts
    near = [one for one in found if one.facts == tuple(facts) or set(one.facts) & set(facts)]
    joined = Difference(
        tuple(dict.fromkeys([*(fact for one in near for fact in one.facts), *facts])),
        otherwise=[*(other for one in near for other in one.otherwise), citation],
    )
    return [*(one for one in found if one not in near), joined]


def sum_in_words(citations: Iterable[Citation]) -> str:
    """ "5 sources: 4 checked, 1 says otherwise", in the active language."""
    states = Counter(citation.state for citation in citations)
    total = states.total()
    sources = ngettext("%(count)d source", "%(count)d sources", total) % {"count": total}
    parts = [_counted(state, states[state]) for state in _ORDER if states[state]]
    return f"{sources}: {', '.join(parts)}"


_ORDER = (Citation.State.CHECKED, Citation.State.UNCHECKED, Citation.State.DISPUTED)


def _counted(state, count):
    if state == Citation.State.CHECKED:
        words = ngettext("%(count)d checked", "%(count)d checked", count)
    elif state == Citation.State.UNCHECKED:
        words = ngettext("%(count)d not yet checked", "%(count)d not yet checked", count)
    else:
        words = ngettext("%(count)d says otherwise", "%(count)d say otherwise", count)
    return words % {"count": count}

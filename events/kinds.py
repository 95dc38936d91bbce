"""How many events there are of each kind, as bars."""

from django.urls import reverse

from assembly_site.languages.texts import Wording
from assembly_site.pictures.charts import Bar, BarChart, bar_chart

from .filters import words_of
from .programme import Programme


def kinds_of_events(programme: Programme) -> BarChart:
    """A bar for each kind with events at any time, the most frequent first.

    The other filters of the programme are kept, so the numbers are those of its list.
    """
    counts = programme.counts_at("category", "all")
    kinds = [word for word in words_of(programme.index, "category") if counts.get(word.code)]
    return bar_chart(
        [
            Bar(
                label=Wording(word.name, word.language),
                value=counts[word.code],
                url=reverse("events:category", args=[word.code]),
            )
            for word in sorted(kinds, key=lambda word: -counts[word.code])
        ]
    )

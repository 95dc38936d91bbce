"""The programme as a window in another site: what it shows, and the code that puts it there."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from assembly_site.languages.texts import columns
from assembly_site.places.models import Region

from .filters import words_of
from .itinerary import Point, distance_km
from .models import Occurrence
from .programme import Programme, occurrences_of

MOST_ROWS = 24
USUAL = {"rows": 8, "theme": "auto"}
# What began earlier and is still on stands first, but may not fill the window.
RUNNING_SHOWN = 2
NEAREST_SHOWN = 3
THEMES = {
    "auto": gettext_lazy("As the visitor’s device has them"),
    "light": gettext_lazy("Light"),
    "dark": gettext_lazy("Dark"),
}
# For a frame that cannot learn the height of its content, in CSS pixels.
HEIGHT_OF_FURNITURE = 150
HEIGHT_OF_ROW = 92

_ROWS_MISTAKE = gettext_lazy("Choose a number of rows from 1 to 24.")
_THEME_MISTAKE = gettext_lazy("Choose the colours: auto, light or dark.")


class EmbedForm(forms.Form):
    """What a window has besides the question to the programme."""

    rows = forms.IntegerField(
        label=gettext_lazy("Rows"),
        min_value=1,
        max_value=MOST_ROWS,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _ROWS_MISTAKE),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        choices=list(THEMES.items()),
        required=False,
        error_messages={"invalid_choice": _THEME_MISTAKE},
    )


@dataclass
class EmbedRow:
    """A date with the names of the languages spoken there."""

    occurrence: Occurrence
    languages: list[str]


@dataclass
class NearRegion:
    region: Region
    count: int
    query: str


class Embed:
    """The window that an address asks for, at one moment and in the active language.

    An impossible value is named in `errors`, and the window stands without it.
    """

    def __init__(self, query: QueryDict, at: datetime):
        self.programme = Programme(query, at)
        self._query = query
        form = EmbedForm(query)
        form.is_valid()
        self.rows = form.cleaned_data.get("rows") or USUAL["rows"]
        self.theme = form.cleaned_data.get("theme") or USUAL["theme"]
        self.errors = [
            (one[name].label, message)
            for one in (self.programme.form, form)
            for name, messages in one.errors.items()
            for message in messages
        ]

    @property
    def title(self) -> str:
        if self.programme.chosen:
            return self.programme.title
        return _("Programme of the Assembly’s 30th anniversary")

    @cached_property
    def dates(self) -> list[EmbedRow]:
        """The rows of the window, the first ones of the list."""
        index = self.programme.index
        names = {word.code: word.name for word in words_of(index, "language")}
        running = self.programme.running[:RUNNING_SHOWN]
        shown = [*running, *self.programme.dates[: self.rows]][: self.rows]
        languages = {
            one.pk: [names[code] for code in index.codes_of(one)["language"]] for one in shown
        }
        return [EmbedRow(one, languages[one.pk]) for one in occurrences_of(shown)]

    @cached_property
    def nearest(self) -> list[NearRegion]:
        """The regions nearest to the one asked for that have something coming."""
        chosen = self.programme.chosen.get("region", [])
        regions = {
            region.slug: region
            for region in Region.objects.only("slug", *columns("name"), "latitude", "longitude")
            if region.latitude is not None
        }
        home = regions.pop(chosen[0], None) if len(chosen) == 1 else None
        if home is None:
            return []
        counts = self._everywhere.counts_at("region", "upcoming")
        busy = [region for region in regions.values() if counts.get(region.slug)]
        busy.sort(key=lambda region: distance_km(_point(home), _point(region)))
        return [self._near(region, counts[region.slug]) for region in busy[:NEAREST_SHOWN]]

    @property
    def _everywhere(self):
        """The same question without the region."""
        query = self._query.copy()
        query.pop("region", None)
        return Programme(query, self.programme.at)

    def _near(self, region, count):
        query = self.programme.address_with(
            **{"region": [region.slug], "when": "", "from": "", "to": ""}
        )
        return NearRegion(region, count, query)

    # The code for the other site

    def path(self, language: str | None = None) -> str:
        """The address of the window in a language; what is usual is left out."""
        own = {"rows": self.rows, "theme": self.theme}.items() - USUAL.items()
        query = urlencode([*self.programme.pairs_without(), *sorted(own)])
        with override(language or get_language()):
            return f"{reverse('embed')}?{query}" if query else reverse("embed")

    @property
    def height(self) -> int:
        """Enough for the rows on a desk, in CSS pixels."""
        return HEIGHT_OF_FURNITURE + self.rows * HEIGHT_OF_ROW

    def frame(self, language: str) -> str:
        """The HTML of a frame that any page may hold, to be shown as code."""
        with override(language):
            title = escape(self.title)
        address = escape(f"{settings.SITE_URL}{self.path(language)}")
        return (
            f'<iframe src="{address}" title="{title}" width="100%" height="{self.height}"'
            ' loading="lazy" style="border:0"></iframe>'
        )

    def frame_with_script(self, language: str) -> str:
        """The same with the script that gives the frame the height of its content."""
        # Without the hash of the static storage: other sites keep this address for years.
        script = escape(f"{settings.SITE_URL}{settings.STATIC_URL}js/embed-height.js")
        return f'{self.frame(language)}\n<script src="{script}" async></script>'


def _point(region):
    return Point(float(region.latitude), float(region.longitude))

"""The parameters of the programme, read and checked: django-filter narrows a Selection here.

Each filter keeps of a `Selection` what a visitor asked for, as django-filter's own filters keep
rows of a QuerySet.
"""

from datetime import date

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assembly_site.languages.texts import printable

from .models import Event, Occurrence
from .presets import PRESETS
from .programme_index import ProgrammeIndex, Word
from .selections import Selection

SORTS = {
    "date": pgettext_lazy("events", "By date"),
    "-date": pgettext_lazy("events", "By date, the last first"),
    "title": pgettext_lazy("events", "By title"),
}
MOST_LETTERS = 100
# The facets in the order of the page, and the label of each.
FACETS = {
    "region": _("Region"),
    "category": _("Kind"),
    "audience": _("For whom"),
    "language": _("Spoken language"),
    "mode": _("How to take part"),
    "admission": _("Admission"),
    "access": _("Access"),
    "status": _("Status"),
}
OPEN_FACETS = ("region", "category")
# Every parameter in the order in which it stands in an address; `page` is not a part of a question.
PARAMETERS = ("q", "when", "from", "to", *FACETS, "sort")
TIMES = ("when", "from", "to")
# Words that stand in the code and not in a vocabulary of the editors.
CHOICES = {
    "mode": Event.AttendanceMode,
    "admission": Event.Admission,
    "status": Occurrence.Status,
}


class WordsField(forms.CharField):
    """Words to look for, without signs that are no part of words: controls and angle brackets.

    So the title of a list, which repeats the words, may stand in any format.
    """

    def to_python(self, value):
        text = super().to_python(value)
        if "\x00" in text:
            return text  # refused by the field's own validator
        return " ".join(printable(text).replace("<", " ").replace(">", " ").split())


class OfWords(django_filters.CharFilter):
    field_class = WordsField

    def filter(self, selection: Selection, value: str) -> Selection:
        return selection.of_events(selection.index.mask_of_words(value)) if value else selection


class OfEvents(django_filters.MultipleChoiceFilter):
    """Keeps the events that have any of the chosen words."""

    def filter(self, selection: Selection, value: list[str]) -> Selection:
        if not value:
            return selection
        masks = selection.index.event_masks.get(self.field_name, {})
        chosen = 0
        for code in value:
            chosen |= masks.get(code, 0)
        return selection.of_events(chosen)


class OfDates(django_filters.MultipleChoiceFilter):
    """Keeps the dates that have any of the chosen words."""

    def filter(self, selection: Selection, value: list[str]) -> Selection:
        if not value:
            return selection
        masks = selection.index.date_masks.get(self.field_name, {})
        found = [masks[code] for code in value if code in masks]
        joined = tuple(_or(layers) for layers in zip(*found, strict=True)) if found else None
        return selection.of_dates(joined or (0,) * len(selection.layers))


def _or(masks):
    joined = 0
    for mask in masks:
        joined |= mask
    return joined


class From(django_filters.DateFilter):
    def filter(self, selection: Selection, value: date | None) -> Selection:
        if value is None:
            return selection
        return selection.of_dates(selection.index.overlapping(value, date.max))


class To(django_filters.DateFilter):
    def filter(self, selection: Selection, value: date | None) -> Selection:
        if value is None:
            return selection
        return selection.of_dates(selection.index.overlapping(date.min, value))


class Unfiltering(django_filters.ChoiceFilter):
    """Checked with the others; what it means is decided by the programme."""

    def filter(self, selection: Selection, value: str) -> Selection:
        return selection


class ProgrammeForm(forms.Form):
    """Checks the parameters; two swapped days are one mistake and drop both."""

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day is before the first day: swap them."))
            cleaned.pop("from")
        return cleaned


_UNKNOWN = _("This is not in the list: choose from the words below.")
_NO_DATE = _("This is not a date: write it as 2025-06-05 or 05.06.2025.")


def _date_filter(kind, name, label):
    return kind(
        label=label,
        field_name=name,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _NO_DATE},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _choice_filter(kind, name, label, choices=()):
    messages = {"invalid_choice": _UNKNOWN, "invalid_list": _UNKNOWN}
    return kind(
        label=label,
        field_name=name,
        choices=choices,
        error_messages=messages if kind is not Unfiltering else {"invalid_choice": _UNKNOWN},
    )


class ProgrammeFilter(django_filters.FilterSet):
    """Reads and checks the parameters and narrows a Selection where Django narrows a QuerySet."""

    class Meta:
        form = ProgrammeForm

    def __init__(self, query: QueryDict, index: ProgrammeIndex):
        super().__init__(query, queryset=Occurrence.objects.none())
        for name, choices in _choices(index).items():
            self.filters[name].extra["choices"] = choices


# `from` is a word of Python and cannot be the name of a class attribute.
ProgrammeFilter.base_filters.update(
    {
        "q": OfWords(
            label=_("Words"),
            max_length=MOST_LETTERS,
            error_messages={"max_length": _("Use at most %(limit_value)d letters.")},
        ),
        "when": _choice_filter(
            Unfiltering, "when", _("When"), [(name, one.label) for name, one in PRESETS.items()]
        ),
        "from": _date_filter(From, "from", _("From")),
        "to": _date_filter(To, "to", _("To")),
        **{
            name: _choice_filter(OfDates if name in ("status", "mode") else OfEvents, name, label)
            for name, label in FACETS.items()
        },
        "sort": _choice_filter(Unfiltering, "sort", _("Order"), list(SORTS.items())),
    }
)


def _choices(index):
    return {name: [(word.code, word.name) for word in words_of(index, name)] for name in FACETS}


def words_of(index: ProgrammeIndex, facet: str) -> list[Word]:
    """The options of a facet in their order."""
    if facet in CHOICES:
        return [Word(code, {"kk": str(label)}) for code, label in CHOICES[facet].choices]
    return index.words[facet]

"""A found entry as a row of a list: marked title, snippet, kind."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from .entries import registered
from .marks import has_marks, marked, needles_of, shortened, snippet
from .models import Entry
from .question import Reading


class Row:
    def __init__(self, entry: Entry, needles: tuple[str, ...], today: date):
        self.entry = entry
        self.is_past = entry.is_past(today)
        self._needles = needles

    @property
    def address(self) -> str:
        return self.entry.address

    @property
    def kind(self) -> str:
        """What it is, in the active language."""
        return capfirst(registered[self.entry.kind].model._meta.verbose_name)

    @property
    def title(self) -> SafeString:
        return marked(self.entry.title, self._needles)

    @property
    def text(self) -> SafeString:
        """The summary if a word stands in it, else the place in the text where one does."""
        return marked(self._text[0], self._needles)

    @property
    def text_language(self) -> str:
        return self._text[1]

    @cached_property
    def _text(self):
        entry = self.entry
        summary = shortened(entry.summary), entry.summary_language
        if has_marks(summary[0], self._needles):
            return summary
        for text, folded, language in (
            (entry.summary, entry.folded_summary, entry.summary_language),
            (entry.body, entry.folded_body, entry.body_language),
        ):
            found = snippet(text, folded, self._needles)
            if found:
                return found, language
        return summary if entry.summary else (shortened(entry.body), entry.body_language)


def rows_of(entries: Iterable[Entry], readings: list[Reading], today: date) -> list[Row]:
    needles = needles_of(readings)
    return [Row(entry, needles, today) for entry in entries]

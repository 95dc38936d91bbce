"""How an app puts its objects into the index: a subclass of `Entries` a model, and `register`."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from html import unescape
from typing import ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.folding import fold
from assembly_site.languages.texts import LANGUAGE_CODES, columns, wording
from assembly_site.publishing.models import Status

from .models import Entry

# The tabs of the results, in their order.
TYPES = {
    "events": _("Events"),
    "history": _("History"),
    "people": _("People"),
    "bodies": _("Bodies"),
    "documents": _("Documents"),
    "regions": _("Regions"),
    "pages": _("Pages"),
}
ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
# A day's weight in the order of entries; the weights of the kinds lie below it.
ONE_DAY = 1000


class Entries:
    """What is found of one model. A subclass names the model and overrides what differs."""

    model: ClassVar[type[models.Model]]
    type: ClassVar[str]
    kind: ClassVar[str]
    # Among equals the smaller stands first.
    weight: ClassVar[int] = 500
    title_field: ClassVar[str] = "title"
    summary_field: ClassVar[str] = "summary"
    body_fields: ClassVar[tuple[str, ...]] = ("body",)
    # Other models whose rows show in an entry, each with the way that leads from the object to it.
    parts: ClassVar[dict[type[models.Model], tuple[str, ...]]] = {}

    def objects(self) -> models.QuerySet:
        """Those that visitors see now or will see by time alone, with all that is read of them."""
        return self.model._default_manager.filter(status=Status.PUBLISHED)

    def window(self, one) -> tuple[datetime, datetime | None]:
        """From when until when visitors see it."""
        return one.publish_at, one.unpublish_at

    def title(self, one, language: str):
        return wording(one, self.title_field, language)

    def words(self, one) -> Iterable[str]:
        """By what else it is found: names of its place, of its kind, dates, numbers."""
        return ()

    def keys(self, one) -> Iterable[str]:
        """Whoever types one of these means this object and no other."""
        return ()

    def when(self, one) -> str:
        """Its date in words of the active language."""
        return ""

    def place(self, one) -> str:
        """The name of its region in the active language."""
        return ""

    def last_day(self, one) -> date | None:
        """The day after which it is past; None for what does not pass."""
        return None

    def weight_of(self, one) -> int:
        return self.weight

    def of(self, one) -> list[Entry]:
        """The entries of an object, one for each language, without their generation."""
        common = {
            "folded_words": _padded(fold(" ".join(self._common_words(one)))),
            "keys": "\n".join(dict.fromkeys(filter(None, map(fold, self.keys(one))))),
        }
        entries = [self._entry(one, language, common) for language in LANGUAGE_CODES]
        titles = dict.fromkeys(entry.folded_title for entry in entries)
        for entry in entries:
            entry.folded_others = "\n".join(one for one in titles if one != entry.folded_title)
        return entries

    def _common_words(self, one):
        """In all languages: who reads in Kazakh may well type in Russian."""
        yield from map(str, filter(None, self.words(one)))
        for language in LANGUAGE_CODES:
            with translation.override(language):
                yield self.when(one)

    def _entry(self, one, language, common):
        with translation.override(language):
            title = self.title(one, language)
            summary = wording(one, self.summary_field, language)
            bodies = [wording(one, name, language) for name in self.body_fields]
            body = " ".join(filter(None, (plain_text(found.text) for found in bodies)))
            start, end = self.window(one)
            last_day, weight = self.last_day(one), self.weight_of(one)
            past = (date.max - last_day).days * ONE_DAY if last_day else 0
            summary_text = plain_text(summary.text)
            return Entry(
                language=language,
                type=self.type,
                kind=self.kind,
                object_id=one.pk,
                address=one.get_absolute_url(),
                title=title.text,
                title_language=title.language,
                summary=summary_text,
                summary_language=summary.language,
                body=body,
                body_language=next((found.language for found in bodies if found.text), language),
                when=self.when(one),
                place=self.place(one),
                folded_title=_padded(fold(title.text)),
                folded_summary=_padded(fold(summary_text)),
                folded_body=_padded(fold(body)),
                publish_at=start,
                unpublish_at=end,
                last_day=last_day,
                weight=weight,
                order=past + weight,
                **common,
            )


def _padded(folded):
    return f" {folded} " if folded else ""


def texts_of(one, name: str) -> list[str]:
    """A translated text in each language that has it; none of no object."""
    return [text for column in columns(name) if one and (text := getattr(one, column))]


def names_of_region(region) -> list[str]:
    """Names of a region and its centre, of today and of before, in each language.

    Needs the region's `names`.
    """
    if region is None:
        return []
    former = [text for name in region.names.all() for text in texts_of(name, "name")]
    return [*texts_of(region, "name"), *texts_of(region, "centre"), *former]


def plain_text(html: str) -> str:
    """A text for lists: without tags and the marks of notes, in one line."""
    without_tags = re.sub(r"<[^>]+>", " ", html) if "<" in html else html
    return " ".join(re.sub(r"\s*\[\d{1,2}\]", "", unescape(without_tags)).split())


registered: dict[str, Entries] = {}


def register(*kinds: type[Entries]) -> None:
    """Puts the objects of these kinds into the index, now and after every write."""
    from .index import follow_entries  # it builds entries by this register

    for kind in kinds:
        registered[kind.kind] = kind()
    follow_entries()

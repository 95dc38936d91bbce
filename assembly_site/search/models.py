"""What is looked through: one entry for each public object and language, and its synonyms."""

from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.folding import fold
from assembly_site.publishing.models import PublicContent, PublicContentQuerySet

FIRST_GENERATION = 1


class Index(models.Model):
    """Which generation of entries answers, and how old it is. One row.

    While another generation is being built, `building` says so: both are kept up to date, and the
    old one answers until the new one is whole.
    """

    generation = models.PositiveIntegerField(default=FIRST_GENERATION)
    building = models.PositiveIntegerField(null=True)
    built_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"generation {self.generation}"

    @classmethod
    def now(cls) -> Self:
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def generations(self) -> list[int]:
        """Those that every write goes into."""
        return [one for one in (self.generation, self.building) if one is not None]


class EntryQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those of the generation that answers, found in the same query.

        Asked as a difference, which no index answers: all entries but those of a build belong to
        it, and SQLite would walk them one by one beside the few that hold the words. `row` is the
        key for questions that shall walk in order instead (see `engines`).
        """
        serving = Index.objects.filter(pk=1).values("generation")[:1]
        behind = F("generation") - Coalesce(Subquery(serving), Value(FIRST_GENERATION))
        return self.alias(behind=behind, row=F("id") + 0).filter(behind=0)

    def public(self, at: datetime) -> Self:
        """The rule of `publishing.public_at`; drafts have no entry at all."""
        return self.filter(Q(unpublish_at=None) | Q(unpublish_at__gt=at), publish_at__lte=at)

    def for_rank(self) -> Self:
        """With what decides the order, and nothing of the long texts."""
        return self.only(
            "type", "kind", "object_id", "title", "address", "keys", "last_day", "weight",
            "folded_title", "folded_others", "folded_words", "folded_summary",
        )  # fmt: skip

    def ahead(self, today: date) -> Self:
        return self.filter(type="events", last_day__gte=today).order_by("last_day", "pk")


class Entry(models.Model):
    """An object in one language: what is shown of it, what it is found by, when it is public.

    The folded texts begin and end with a space, and so does every word in them: a needle that
    begins with a space finds the beginning of a word.
    """

    generation = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    type = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    address = models.CharField(max_length=300)
    title = models.TextField()
    title_language = models.CharField(max_length=2)
    summary = models.TextField(blank=True)
    summary_language = models.CharField(max_length=2)
    body = models.TextField(blank=True)
    body_language = models.CharField(max_length=2)
    when = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=160, blank=True)
    # Divided by lines: whoever types one of these means this very object.
    keys = models.TextField(blank=True)
    folded_title = models.TextField()
    # Its titles in the other languages, one a line.
    folded_others = models.TextField(blank=True)
    folded_words = models.TextField(blank=True)
    folded_summary = models.TextField(blank=True)
    folded_body = models.TextField(blank=True)
    publish_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)
    weight = models.PositiveSmallIntegerField()
    # The order of entries that a question fits equally well: what has no date, then the latest.
    order = models.BigIntegerField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language", "generation"],
                name="one_entry_an_object_and_language",
            ),
        ]
        indexes = [
            models.Index(fields=["language", "order", "id", "generation"]),
            models.Index(fields=["language", "type", "order", "id", "generation"]),
            models.Index(fields=["language", "type", "last_day"]),
        ]

    def __str__(self):
        return self.title

    def is_past(self, today: date) -> bool:
        return self.last_day is not None and self.last_day < today


class SynonymQuerySet(PublicContentQuerySet):
    def groups(self) -> list[list[str]]:
        """The folded phrases of each row; one question may be read with any of a row."""
        return [
            [phrase for phrase in map(fold, text.split(",")) if phrase]
            for text in self.values_list("words", flat=True)
        ]


class Synonym(PublicContent):
    """Words and names that mean the same to a visitor: one finds what is written with another."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=400,
        help_text=_(
            "Divided by commas, in any language. "
            "Letter case, Kazakh letters and endings do not matter."
        ),
    )
    note = models.CharField(
        _("note for editors"), max_length=200, blank=True, help_text=_("Visitors never see it.")
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        if len({fold(word) for word in self.words.split(",")} - {""}) < 2:
            raise ValidationError(
                {"words": _("Write at least two different words, divided by a comma.")}
            )

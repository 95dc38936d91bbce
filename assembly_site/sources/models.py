"""A Source is what was read; a Citation says what on this site it shows."""

from datetime import datetime
from typing import Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assembly_site.languages.dates import PartialDateField
from assembly_site.languages.texts import columns, translated
from assembly_site.publishing.models import PublicContent, PublicContentQuerySet, Publishable


class Source(PublicContent):
    """A page, an article, a law: anything with a title that can be opened again."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    url = models.URLField(
        _("address"), max_length=1000, blank=True, validators=[URLValidator(["http", "https"])]
    )
    archive_url = models.URLField(
        _("address of an archived copy"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(["http", "https"])],
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    published_on = PartialDateField(_("published"), null=True, blank=True)
    read_on = models.DateField(_("last read"), null=True, blank=True)
    unreachable_since = models.DateField(
        _("address no longer answers since"),
        null=True,
        blank=True,
        help_text=_("Visitors are told so, and offered the archived copy."),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title"]

    def __str__(self):
        return f"{self.title} ({self.publisher})" if self.publisher else self.title


class CitationQuerySet(PublicContentQuerySet):
    def with_sources(self) -> Self:
        return self.select_related("source").order_by("number")

    def public(self, at: datetime) -> Self:
        """Notes under what visitors may see; what that is, each kind's own rule says."""
        shown = models.Q(pk__in=[])
        for model in citing_models():
            kind = ContentType.objects.get_for_model(model)
            objects = model._default_manager.all()
            if issubclass(model, Publishable):
                objects = objects.public(at)
            shown |= models.Q(target_type=kind, target_id__in=objects.order_by().values("pk"))
        return self.filter(shown)


class Citation(PublicContent):
    """One numbered note under an object: the source, and what of the object it shows."""

    class State(models.TextChoices):
        UNCHECKED = "unchecked", _("not yet checked")
        CHECKED = "checked", _("checked")
        DISPUTED = "disputed", _("says otherwise")

    class Fact(models.TextChoices):
        DATE = "date", pgettext_lazy("what a note shows", "date")
        PLACE = "place", pgettext_lazy("what a note shows", "place")
        NUMBER = "number", pgettext_lazy("what a note shows", "number")
        NAME = "name", pgettext_lazy("what a note shows", "name")
        TEXT = "text", pgettext_lazy("what a note shows", "text")

    target_type = models.ForeignKey(ContentType, models.CASCADE)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), default=1, help_text=_("[1] in the text points at note 1.")
    )
    supports = models.CharField(
        _("what it shows"),
        max_length=80,
        blank=True,
        help_text=_("date, place, number, name, text; divided by commas"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.UNCHECKED
    )
    statement = translated(
        models.CharField(
            _("what it says otherwise"),
            max_length=300,
            blank=True,
            help_text=_("For a source that disagrees: its version, in a sentence."),
        )
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "number"], name="one_note_a_number"
            ),
        ]

    def __str__(self):
        return f"[{self.number}] {self.source}"

    @property
    def facts(self) -> list[Fact]:
        """What of the object the source shows; words that are no fact are passed over."""
        words = [word.strip() for word in self.supports.split(",")]
        return [self.Fact(word) for word in words if word in self.Fact.values]

    @property
    def facts_in_words(self) -> str:
        """ "date, place" in the active language; empty when nothing is said."""
        return ", ".join(str(fact.label) for fact in self.facts)

    def clean(self):
        super().clean()
        if self.state == self.State.DISPUTED and not any(
            getattr(self, column) for column in columns("statement")
        ):
            raise ValidationError(
                {"statement_kk": _("Say in a sentence what this source says otherwise.")}
            )


def citations() -> GenericRelation:
    """The field that gives a model its numbered notes."""
    return GenericRelation(Citation, content_type_field="target_type", object_id_field="target_id")


def citing_models() -> list[type[models.Model]]:
    """Every model that has numbered notes."""
    return [
        model
        for model in apps.get_models()
        if any(
            isinstance(one, GenericRelation) and one.related_model is Citation
            for one in model._meta.private_fields
        )
    ]


def with_citations() -> models.Prefetch:
    """Notes and their sources in one query, for `prefetch_related`."""
    return models.Prefetch("citations", Citation.objects.with_sources())

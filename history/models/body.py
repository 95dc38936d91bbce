from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDate, PartialDateField
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import columns, translated
from assembly_site.pictures.models import Picture
from assembly_site.places.models import FormerName
from assembly_site.publishing.models import PublicContent, Publishable, Slugged
from assembly_site.sources.models import citations

from ..dates import write_held
from ..querysets import BodyQuerySet
from .stage import Stage


class Body(Slugged, Publishable):
    """A council, a secretariat, a house, an association: whatever carries the work."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("the Assembly itself")
        GOVERNING = "governing", _("governing body")
        ADVISORY = "advisory", _("advisory council")
        REGIONAL = "regional", _("in the regions")
        YOUTH = "youth", _("youth")
        CHARITY = "charity", _("charity")
        ACADEMIC = "academic", _("science and teaching")
        PARLIAMENTARY = "parliamentary", _("in parliament")
        ASSOCIATION = "association", _("associations")
        SUCCESSOR = "successor", _("successor")

    required_texts = ("title", "summary")

    title = translated(models.CharField(_("title"), max_length=160, blank=True))
    summary = translated(models.TextField(_("summary"), blank=True))
    body = translated(rich_text(_("text")))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.GOVERNING)
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    founded = PartialDateField(_("founded"), null=True, blank=True)
    ended = PartialDateField(_("ended"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("picture")
    )
    citations = citations()

    objects = BodyQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["order", "slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("history:body", args=[self.slug])

    @property
    def key_figure(self) -> "Figure | None":
        """The newest number that is told of it; reads the prefetched `figures`."""
        return max(self.figures.all(), key=lambda one: str(one.date), default=None)

    def name_on(self, day: PartialDate | None) -> "BodyName | None":
        """The former name in force on `day`, or None; reads the prefetched `names`."""
        if day is None:
            return None
        return next((name for name in self.names.all() if name.held_on(day)), None)


class BodyName(FormerName):
    """What a body was called between two days: the Assembly of Peoples until 2007."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="names", verbose_name=_("body"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["body", "valid_to"]

    @property
    def when(self) -> str:
        """How long it was the name, in words; empty when neither end is known."""
        return write_held(self.valid_from, self.valid_to)


class Figure(PublicContent):
    """A number with its date: of a body, of a stage, or of both."""

    series = models.SlugField(
        _("series"), max_length=60, help_text=_("The same word for the same thing counted.")
    )
    label = translated(models.CharField(_("what is counted"), max_length=160, blank=True))
    value = models.DecimalField(_("number"), max_digits=14, decimal_places=2)
    approximate = models.BooleanField(_("about"), default=False)
    date = PartialDateField(_("as of"))
    body = models.ForeignKey(
        Body,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("body"),
    )
    stage = models.ForeignKey(
        Stage,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("stage"),
    )
    citation_number = models.PositiveSmallIntegerField(
        _("note"), null=True, blank=True, help_text=_("Number of the citation that shows it.")
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["series", "date"]

    def __str__(self):
        return f"{self.label}: {self.value:f}"

    @property
    def counted(self) -> tuple[str, ...]:
        """What is counted, in every language; figures that differ in it are not to be compared."""
        return tuple(getattr(self, column) for column in columns("label"))

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region
from assembly_site.publishing.models import Publishable, Slugged
from assembly_site.sources.models import citations

from ..dates import Dated
from ..querysets import MilestoneQuerySet
from .person import Person
from .session import AssemblySession
from .stage import Stage


class Milestone(Slugged, Dated, Publishable):
    """Something that happened, with its date and its sources."""

    class Theme(models.TextChoices):
        INSTITUTION = "institution", _("institution")
        LAW = "law", _("law")
        SESSION = "session", _("session")
        CULTURE = "culture", _("culture")
        YOUTH = "youth", _("youth")
        CHARITY = "charity", _("charity")
        PLACE = "place", _("place")

    required_texts = ("title", "body")

    stage = models.ForeignKey(
        Stage, models.PROTECT, related_name="milestones", verbose_name=_("stage")
    )
    theme = models.CharField(
        _("theme"), max_length=12, choices=Theme.choices, default=Theme.INSTITUTION
    )
    title = translated(models.CharField(_("title"), max_length=200, blank=True))
    summary = translated(models.CharField(_("summary"), max_length=300, blank=True))
    body = translated(rich_text(_("text")))
    key = models.BooleanField(
        _("key date"), default=False, help_text=_("Belongs to the few that must not be missed.")
    )
    weight = models.SmallIntegerField(
        _("order within one date"), default=0, help_text=_("Smaller comes first.")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("region"),
    )
    session = models.ForeignKey(
        AssemblySession,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("session"),
    )
    people = models.ManyToManyField(
        Person, blank=True, related_name="milestones", verbose_name=_("people who took part")
    )
    bodies = models.ManyToManyField(
        "history.Body", blank=True, related_name="milestones", verbose_name=_("bodies")
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("picture")
    )
    citations = citations()

    objects = MilestoneQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "weight", "pk"]
        constraints = [*Publishable.Meta.constraints, *Dated.Meta.constraints]
        indexes = [
            models.Index(fields=["stage", "date"]),
            models.Index(fields=["status", "publish_at"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("history:milestone", args=[self.slug])

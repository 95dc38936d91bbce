from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDateField
from assembly_site.languages.numerals import roman
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region, Venue
from assembly_site.publishing.models import PublicContent, Publishable
from assembly_site.sources.models import citations

from ..dates import Dated
from ..querysets import SessionQuerySet
from .stage import Stage


class AssemblySession(Dated, Publishable):
    """A session of the Assembly. Of some only the number is known."""

    required_texts = ()

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    date = PartialDateField(_("date"), null=True, blank=True)
    stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("stage"),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("city"),
        help_text=_("The page shows the name that the city had on that day."),
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, verbose_name=_("venue in the list")
    )
    venue_text = translated(models.CharField(_("venue"), max_length=160, blank=True))
    theme = translated(models.CharField(_("theme"), max_length=250, blank=True))
    summary = translated(models.TextField(_("summary"), blank=True))
    body = translated(rich_text(_("text")))
    chair = models.ForeignKey(
        "history.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions_chaired",
        verbose_name=_("in the chair"),
    )
    people = models.ManyToManyField(
        "history.Person",
        blank=True,
        related_name="sessions",
        verbose_name=_("people who spoke or took part"),
    )
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    participants_note = translated(
        models.CharField(_("note on the participants"), max_length=200, blank=True)
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("picture")
    )
    citations = citations()

    objects = SessionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["number"]
        constraints = [
            *Publishable.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=3999),
                name="session_number_can_be_roman",
                violation_error_message=_("A session has a number from 1 to 3999."),
            ),
        ]

    def __str__(self):
        return _("Session %(number)s") % {"number": self.roman}

    def get_absolute_url(self):
        return reverse("history:session", args=[self.number])

    @property
    def roman(self) -> str:
        return roman(self.number) if self.number and self.number > 0 else ""

    def public_chair(self, at: datetime):
        """Who was in the chair, as far as visitors may see the person."""
        return self.chair if self.chair and self.chair.is_public(at) else None

    def public_stage(self, at: datetime):
        """The stage, as far as visitors may see it."""
        return self.stage if self.stage and self.stage.is_public(at) else None

    @property
    def city(self) -> str:
        """The city as it was called on that day, in the active language."""
        if not self.region:
            return ""
        former = self.region.name_on(self.date, of="centre")
        return former.name if former else self.region.centre

    @property
    def city_today(self) -> str:
        """Today's name, when it is another; empty else."""
        if not self.region or self.city == self.region.centre:
            return ""
        return self.region.centre


class Decision(PublicContent):
    """What a session asked for, and what came of it."""

    class State(models.TextChoices):
        DONE = "done", _("done")
        IN_PROGRESS = "in-progress", _("in progress")
        BECAME_LAW = "became-law", _("became law")
        LAPSED = "lapsed", _("lapsed")
        UNKNOWN = "unknown", _("outcome not known")

    session = models.ForeignKey(
        AssemblySession, models.CASCADE, related_name="decisions", verbose_name=_("session")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    text = translated(models.TextField(_("decision"), blank=True))
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UNKNOWN
    )
    outcome = translated(models.TextField(_("what came of it"), blank=True))
    milestones = models.ManyToManyField(
        "history.Milestone", blank=True, related_name="decisions", verbose_name=_("milestones")
    )
    documents = models.ManyToManyField(
        "history.Document", blank=True, related_name="decisions", verbose_name=_("documents")
    )
    bodies = models.ManyToManyField(
        "history.Body", blank=True, related_name="decisions", verbose_name=_("bodies")
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["session", "number"]

    def __str__(self):
        return self.text[:80]

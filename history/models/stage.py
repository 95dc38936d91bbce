from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Ornament, Picture
from assembly_site.publishing.models import Publishable, Slugged
from assembly_site.sources.models import citations

from ..querysets import StageQuerySet


class Stage(Slugged, Publishable):
    """One of the five stages of the Assembly's history."""

    required_texts = ("title", "summary")

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    start_year = models.PositiveSmallIntegerField(_("from the year"))
    end_year = models.PositiveSmallIntegerField(
        _("to the year"), null=True, blank=True, help_text=_("Empty: it goes on.")
    )
    title = translated(models.CharField(_("title"), max_length=160, blank=True))
    summary = translated(models.TextField(_("summary"), blank=True))
    body = translated(rich_text(_("the story")))
    change = translated(
        models.TextField(_("what changed between this stage and the next"), blank=True)
    )
    ornament = models.CharField(
        _("ornament"),
        max_length=8,
        choices=Ornament.choices,
        default=Ornament.HORN,
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("picture")
    )
    citations = citations()

    objects = StageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["number"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end_year=None) | Q(end_year__gte=F("start_year")),
                name="stage_ends_after_it_starts",
                violation_error_message=_("The last year is before the first."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("history:stage", args=[self.slug])

    @property
    def colour(self) -> str:
        """The name of its colour in the style sheet; stages beyond the fifth begin again."""
        return f"stage-{(self.number - 1) % 5 + 1}"

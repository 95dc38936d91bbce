"""A picture with its focal point and the words that stand for it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from assembly_site.languages.texts import columns, translated
from assembly_site.places.models import Region
from assembly_site.publishing.models import PublicContent

from .copies import FORMATS


class Ornament(models.TextChoices):
    """The five units of the thread, one for each stage of the history."""

    HORN = "horn", _("ram’s horn")
    WING = "wing", _("bird’s wing")
    FLOWER = "flower", _("steppe flower")
    WATER = "water", _("water")
    SUN = "sun", _("sun ray")


class Picture(PublicContent):
    title = models.CharField(
        _("title"), max_length=160, help_text=_("For finding it in the library.")
    )
    image = ImageField(
        _("file"),
        upload_to="originals/%Y/%m",
        max_length=200,
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        formats=FORMATS,
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    focal_point = PPOIField(_("focal point"))
    alternative = translated(
        models.CharField(
            _("alt text"),
            max_length=300,
            blank=True,
            help_text=_("What is to be seen, for those who cannot see it. Not the file’s name."),
        )
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Says nothing that the text does not say.")
    )
    caption = translated(models.CharField(_("caption"), max_length=300, blank=True))
    credit = models.CharField(_("author"), max_length=160)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    region = models.ForeignKey(
        Region, models.SET_NULL, null=True, blank=True, verbose_name=_("region")
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if not self.decorative and not any(
            getattr(self, column) for column in columns("alternative")
        ):
            raise ValidationError(
                {
                    "alternative_kk": _(
                        "Describe the picture in a sentence, or mark it as decorative."
                    )
                }
            )

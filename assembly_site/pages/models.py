"""A page of plain text."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import translated
from assembly_site.publishing.models import Publishable, Slugged
from assembly_site.sources.models import citations


class Page(Slugged, Publishable):
    title = translated(models.CharField(_("title"), max_length=160, blank=True))
    summary = translated(models.CharField(_("summary"), max_length=300, blank=True))
    body = translated(rich_text(_("text")))
    in_footer = models.BooleanField(_("linked at the foot of every page"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    citations = citations()

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])

"""The short lists that events are described with; each is data, a new word is a new row."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Ornament
from assembly_site.publishing.models import PublicContent, Slugged


class Category(Slugged, PublicContent):
    """A kind of event, with the schema.org type that fits it."""

    title = translated(models.CharField(_("title"), max_length=80, blank=True))
    introduction = translated(models.TextField(_("introduction"), blank=True))
    schema_type = models.CharField(
        _("schema.org type"),
        max_length=40,
        default="Event",
        help_text=_("Event, Festival, MusicEvent, TheaterEvent, SportsEvent…"),
    )
    ornament = models.CharField(
        _("ornament"), max_length=8, choices=Ornament.choices, default=Ornament.HORN
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "slug"]

    def __str__(self):
        return self.title

    @property
    def colour_number(self) -> int:
        """Which of the five colours of the site the kind is drawn in."""
        return self.order % 5 + 1

    def get_absolute_url(self):
        return reverse("events:category", args=[self.slug])


class Term(PublicContent):
    """A word that visitors filter by: a code for addresses and a name in three languages."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    title = translated(models.CharField(_("title"), max_length=80, blank=True))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self):
        return self.title


class Audience(Term):
    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class AccessProvision(Term):
    """What makes an event open to more people: step-free, sign language, subtitles."""

    class Meta(Term.Meta):
        verbose_name = _("access provision")
        verbose_name_plural = _("access provisions")


class SpokenLanguage(Term):
    """A language spoken at events; the code is a BCP 47 tag (`inLanguage` of schema.org)."""

    class Meta(Term.Meta):
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")

from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.front.templatetags.front import without_notes
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import translated
from assembly_site.publishing.models import Publishable, Slugged
from assembly_site.sources.models import citations

from ..dates import Dated
from ..querysets import DocumentQuerySet
from .body import Body
from .milestone import Milestone
from .person import Person
from .session import AssemblySession


class Document(Slugged, Dated, Publishable):
    """A law, a decree, a doctrine, a plan: with its number, its date and where to read it."""

    class Kind(models.TextChoices):
        CONSTITUTION = "constitution", _("constitution")
        LAW = "law", _("law")
        DECREE = "decree", _("decree")
        DOCTRINE = "doctrine", _("doctrine")
        CONCEPT = "concept", _("concept")
        PLAN = "plan", _("plan")
        SPEECH = "speech", _("speech")
        RESOLUTION = "resolution", _("resolution")

    title = translated(models.CharField(_("title"), max_length=250, blank=True))
    summary = translated(models.TextField(_("summary"), blank=True))
    body = translated(rich_text(_("text")))
    issuer = translated(models.CharField(_("issued by"), max_length=160, blank=True))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.LAW)
    number = models.CharField(_("number"), max_length=40, blank=True)
    url = models.URLField(
        _("where to read it"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(["http", "https"])],
    )
    file_language = models.CharField(_("language of the document"), max_length=8, blank=True)
    session = models.ForeignKey(
        AssemblySession,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("session"),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("milestone"),
    )
    author = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("author or signatory"),
    )
    bodies = models.ManyToManyField(
        Body,
        blank=True,
        related_name="documents",
        verbose_name=_("bodies"),
        help_text=_("The bodies that it founded, changed or speaks of."),
    )
    citations = citations()

    objects = DocumentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["date", "pk"]
        constraints = [*Publishable.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("history:document", args=[self.slug])

    @property
    def reference(self) -> str:
        """The words by which the act is cited, with all of it that is known, in one line."""
        number = f"№ {self.number}" if self.number else ""
        known = [self.issuer, self.when, number]
        ends = [without_notes(self.title), ", ".join(part for part in known if part), self.url]
        return ". ".join(part for part in ends if part)

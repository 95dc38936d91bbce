from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDateField, write_span
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.sorting import kazakh_sort_text
from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Picture
from assembly_site.publishing.models import PublicContent, Publishable, Slugged
from assembly_site.sources.models import citations


class Person(Slugged, Publishable):
    """Somebody who holds or held a public office of the Assembly; nothing private."""

    slug_from = "name"
    required_texts = ("name",)

    name = translated(models.CharField(_("name"), max_length=120, blank=True))
    summary = translated(models.TextField(_("summary"), blank=True))
    body = translated(rich_text(_("text")))
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("portrait")
    )
    sort_name = models.CharField(max_length=200, editable=False, db_index=True, default="")
    citations = citations()

    class Meta(Publishable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # By surname, which stands last in the names as they are written here.
        words = (self.name_kk or self.name_ru or self.name_en).split()
        self.sort_name = kazakh_sort_text(" ".join(words[-1:] + words[:-1]))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("history:person", args=[self.slug])


class Appointment(PublicContent):
    """An office, in a body or of the whole Assembly, between two dates as far as known."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="appointments", verbose_name=_("person")
    )
    body = models.ForeignKey(
        "history.Body",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("body"),
    )
    role = translated(models.CharField(_("office"), max_length=160, blank=True))
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("until"), null=True, blank=True)
    seen_from = PartialDateField(
        _("seen in office from"),
        null=True,
        blank=True,
        help_text=_("Where the start is not known: the first date at which a source shows it."),
    )
    seen_to = PartialDateField(_("seen in office until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["start", "seen_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(start=None) | Q(end__gte=F("start")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("“Until” is before “from”."),
            ),
        ]

    def __str__(self):
        return self.role

    @property
    def is_exact(self) -> bool:
        return self.start is not None

    @property
    def when(self) -> str:
        """The term in words; for an unknown start, the dates at which sources show it."""
        first = self.start or self.seen_from
        last = self.end if self.start else self.seen_to
        return write_span(first, last) if first else ""

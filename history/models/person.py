from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDateField, check_span, write_span
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.sorting import kazakh_sort_text
from assembly_site.languages.texts import translated
from assembly_site.pictures.models import Picture
from assembly_site.publishing.models import PublicContent, Publishable, Slugged
from assembly_site.sources.models import citations

from ..dates import write_held
from ..querysets import PersonQuerySet


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

    objects = PersonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_name = kazakh_sort_text(self.surname_first)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("history:person", args=[self.slug])

    @property
    def surname_first(self) -> str:
        """As it stands in the alphabet; in the names as they are written here it stands last."""
        words = (self.name_kk or self.name_ru or self.name_en).split()
        return " ".join(words[-1:] + words[:-1])

    @property
    def letter(self) -> str:
        """The capital under which the person is listed."""
        return self.surname_first[:1].upper()


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

    def clean(self):
        super().clean()
        check_span(self.start, self.end, "end", _("“Until” is before “from”."))
        check_span(self.seen_from, self.seen_to, "seen_to", _("“Until” is before “from”."))
        if self.seen_to and not self.seen_from:
            raise ValidationError(
                {"seen_from": _("Write the first date too: with one date alone, write it in both.")}
            )

    @property
    def is_exact(self) -> bool:
        """Whether the beginning or the end of the term is known, and not only a day within it."""
        return bool(self.start or self.end)

    @property
    def when(self) -> str:
        """The term in words; for an unknown term, the dates at which sources show it."""
        if self.is_exact:
            return write_held(self.start, self.end)
        return write_span(self.seen_from, self.seen_to) if self.seen_from else ""

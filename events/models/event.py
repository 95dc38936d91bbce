"""An event: what it is, for whom, and who makes it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDate, write_span
from assembly_site.languages.rich_text import rich_text
from assembly_site.languages.texts import columns, translated
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region
from assembly_site.publishing.models import Publishable, Slugged
from assembly_site.sources.models import citations

from ..querysets import EventQuerySet
from .vocabulary import AccessProvision, Audience, Category, SpokenLanguage

WEB_ADDRESS = URLValidator(["http", "https"])


class Event(Slugged, Publishable):
    class AttendanceMode(models.TextChoices):
        IN_PERSON = "in-person", _("in person")
        ONLINE = "online", _("online")
        MIXED = "mixed", _("in person and online")

    class Admission(models.TextChoices):
        FREE = "free", _("free")
        TICKET = "ticket", _("with a ticket")
        REGISTRATION = "registration", _("with registration")
        INVITATION = "invitation", _("by invitation")

    required_texts = ("title", "summary")
    reserved_slugs = ("calendar", "map", "regions", "categories", "changes", "mine")

    # The form that publishes sets it: what is changed in the same save is no news to anyone.
    is_being_published = False

    title = translated(models.CharField(_("title"), max_length=200, blank=True))
    summary = translated(
        models.CharField(
            _("summary"),
            max_length=250,
            blank=True,
            help_text=_("One or two sentences for lists and for sharing."),
        )
    )
    body = translated(rich_text(_("text")))
    report = translated(rich_text(_("how it went")))
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="events", verbose_name=_("category")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("region"),
        help_text=_("Empty: all over the country."),
    )
    organiser = translated(models.CharField(_("organiser"), max_length=200, blank=True))
    audiences = models.ManyToManyField(Audience, blank=True, verbose_name=_("audience"))
    languages = models.ManyToManyField(
        SpokenLanguage, blank=True, verbose_name=_("languages spoken")
    )
    access = models.ManyToManyField(AccessProvision, blank=True, verbose_name=_("access"))
    attendance_mode = models.CharField(
        _("attendance"),
        max_length=10,
        choices=AttendanceMode.choices,
        default=AttendanceMode.IN_PERSON,
    )
    online_url = models.URLField(_("online address"), blank=True, validators=[WEB_ADDRESS])
    admission = models.CharField(
        _("admission"),
        max_length=12,
        choices=Admission.choices,
        blank=True,
        help_text=_("Empty: not known."),
    )
    price = models.DecimalField(
        _("price in tenge"), max_digits=9, decimal_places=0, null=True, blank=True
    )
    admission_note = translated(
        models.CharField(_("note on admission"), max_length=200, blank=True)
    )
    registration_url = models.URLField(
        _("address for tickets or registration"), blank=True, validators=[WEB_ADDRESS]
    )
    registration_until = models.DateTimeField(_("registration until"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web page of the event"), blank=True, validators=[WEB_ADDRESS])
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("picture"),
    )
    gallery = models.ManyToManyField(
        Picture, blank=True, related_name="+", verbose_name=_("pictures of how it went")
    )
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    plan_year = models.PositiveSmallIntegerField(_("year of the plan"), null=True, blank=True)
    plan_number = models.CharField(_("number in the plan"), max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    session = models.ForeignKey(
        "history.AssemblySession",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("why: session"),
    )
    milestone = models.ForeignKey(
        "history.Milestone",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("why: milestone"),
    )
    stage = models.ForeignKey(
        "history.Stage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("why: stage"),
    )
    # The event's own span, written by `save_span`, so that lists sort on one indexed row.
    # The next start is not stored beside it: it would grow stale with no one saving.
    first_day = models.DateField(_("first day"), null=True, blank=True, editable=False)
    last_day = models.DateField(_("last day"), null=True, blank=True, editable=False)
    citations = citations()

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-first_day", "-pk"]
        indexes = [
            models.Index(fields=["status", "publish_at"]),
            models.Index(fields=["first_day", "last_day"]),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan_year", "plan_number"],
                condition=~Q(plan_number=""),
                name="one_event_a_plan_number_and_year",
                violation_error_message=_(
                    "Another event has this number in the plan of that year."
                ),
            ),
            models.CheckConstraint(
                condition=Q(plan_number="") | Q(plan_year__isnull=False),
                name="plan_number_has_a_year",
                violation_error_message=_("A number in the plan needs the year of the plan."),
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day__gte=F("first_day")),
                name="event_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.pk and self.part_of_id == self.pk:
            raise ValidationError({"part_of": _("An event cannot be a part of itself.")})

    def get_absolute_url(self):
        return reverse("events:event", args=[self.slug])

    def save(self, *args, **kwargs):
        """Saves; a public event that goes online, or back, is a change that visitors learn of."""
        at = timezone.now()
        stored = Event.objects.filter(pk=self.pk).first() if self.pk else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if stored and self.is_public(at) and stored.attendance_mode != self.attendance_mode:
                self.changes.record_mode(self, stored, at)

    def is_announced(self, at: datetime) -> bool:
        """Whether visitors may have made plans by what stands here."""
        return self.is_public(at) and not self.is_being_published

    @cached_property
    def terms(self) -> dict[str, list]:
        """Audiences, spoken languages and access provisions in their order, in one query."""
        names = columns("title")
        queries = [
            field.related_model.objects.filter(event=self)
            .order_by()
            .values_list(
                Value(field.name, output_field=models.CharField()), "order", "code", *names
            )
            for field in self._term_fields()
        ]
        terms = {field.name: [] for field in self._term_fields()}
        kinds = {field.name: field.related_model for field in self._term_fields()}
        for name, _order, code, *texts in sorted(queries[0].union(*queries[1:], all=True)):
            terms[name].append(kinds[name](code=code, **dict(zip(names, texts, strict=True))))
        return terms

    def _term_fields(self):
        return [self._meta.get_field(name) for name in ("audiences", "languages", "access")]

    @property
    def span_in_words(self) -> str:
        """From the first day to the last, no more exactly than is known.

        Needs `with_precision`: of some occurrences only the month or the year is known.
        """
        if self.first_day is None:
            return ""
        days = (self.first_day, self.last_day)
        if self.coarsest == "year":
            return write_span(*(PartialDate(day.year) for day in days))
        if self.coarsest != "day":
            return write_span(*(PartialDate(day.year, day.month) for day in days))
        return write_span(*days)

    def save_span(self) -> None:
        """Writes first and last day from the occurrences; called wherever those are saved."""
        Event.objects.filter(pk=self.pk).save_spans()
        self.refresh_from_db(fields=["first_day", "last_day"])

    def next_occurrence(self, at: datetime):
        """The occurrence a visitor would go to next; the last one when all are over."""
        occurrences = list(self.occurrences.all())
        coming = [one for one in occurrences if one.ends_at > at]
        return next(iter(coming), occurrences[-1] if occurrences else None)

    def public_ties(self, at: datetime) -> dict:
        """What the event belongs to, by the name of the field; what is not public is left out."""
        ties = {name: getattr(self, name) for name in ("part_of", "stage", "session", "milestone")}
        return {name: tie for name, tie in ties.items() if tie and tie.is_public(at)}

    def is_over(self, at: datetime) -> bool:
        """Whether no occurrence is still to end. An event without dates is not over."""
        occurrences = list(self.occurrences.all())
        return bool(occurrences) and all(one.ends_at <= at for one in occurrences)

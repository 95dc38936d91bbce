"""The 20 regions, what they and their centres were called, and the venues in them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import PartialDate, PartialDateField
from assembly_site.languages.texts import translated
from assembly_site.publishing.models import PublicContent, Slugged
from assembly_site.sources.models import citations


class Region(Slugged, PublicContent):
    """One of the 20 first-level units: 17 regions and 3 cities."""

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        CITY = "city", _("city")

    slug_from = "name"

    name = translated(models.CharField(_("name"), max_length=80, blank=True))
    name_inside = translated(
        models.CharField(
            _("name after “where?”"),
            max_length=80,
            blank=True,
            help_text=_("As in “Concerts in Abai Region”: Абай облысында, в области Абай."),
        )
    )
    centre = translated(models.CharField(_("centre"), max_length=80, blank=True))
    introduction = translated(models.TextField(_("introduction"), blank=True))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.REGION)
    code = models.CharField(_("code"), max_length=6, unique=True, help_text="ISO 3166-2")
    kato = models.CharField(_("KATO code"), max_length=9, unique=True)
    sort_order = models.PositiveSmallIntegerField(
        _("place in the Kazakh alphabet"), default=0, db_index=True
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True)
    outline = models.TextField(_("outline"), blank=True, help_text=_("An SVG path on the map."))
    label_x = models.FloatField(_("label: from the left"), null=True, blank=True)
    label_y = models.FloatField(_("label: from the top"), null=True, blank=True)
    label_room = models.FloatField(_("room for the label"), null=True, blank=True)
    citations = citations()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["sort_order"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:region", args=[self.slug])

    @property
    def code_for_css(self) -> str:
        return self.code.lower()

    def name_on(self, day: PartialDate | None, of: str = "region") -> "PlaceName | None":
        """The former name in force on `day`; None when it bore today's name.

        Of a region that was not yet there, the name of the one it was part of; a city keeps its
        own. Reads the prefetched `names`. A date known by its year alone is judged by its first
        day.
        """
        former = self._name_held(of, PlaceName.Relation.NAME, day)
        if former or of != PlaceName.Of.REGION or self.kind == self.Kind.CITY:
            return former
        return self.part_of_on(day)

    def part_of_on(self, day: PartialDate | None) -> "PlaceName | None":
        """The region that all of this one was part of on `day`, under its name of then.

        Its `whole` is that region as it is today, where there still is one. Reads `names`.
        """
        return self._name_held(PlaceName.Of.REGION, PlaceName.Relation.PART_OF, day)

    def _name_held(self, of, relation, day):
        if day is None:
            return None
        for name in self.names.all():
            if (name.of, name.relation) == (of, relation) and name.held_on(day):
                return name
        return None

    def called_on(self, day: PartialDate | None) -> "PlaceName | None":
        """What stands for the region in a text about `day`; None when today's name does.

        As `name_on`, and of a city the name of its centre, which is the city. Reads `names`.
        """
        former = self.name_on(day)
        if former is None and self.kind == self.Kind.CITY:
            former = self.name_on(day, of="centre")
        return former


class FormerName(PublicContent):
    """What something was called between two days; the last day belongs to the next name."""

    name = translated(models.CharField(_("name"), max_length=160, blank=True))
    valid_from = PartialDateField(_("from"), null=True, blank=True)
    valid_to = PartialDateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def held_on(self, day: PartialDate) -> bool:
        starts = self.valid_from is None or self.valid_from.first_day <= day.first_day
        ends = self.valid_to is None or day.first_day < self.valid_to.first_day
        return starts and ends


class PlaceName(FormerName):
    """What a region or its centre was called, or was part of, between two days."""

    class Of(models.TextChoices):
        REGION = "region", _("the region")
        CENTRE = "centre", _("its centre")
        PART = "part", _("a part of it")

    class Relation(models.TextChoices):
        NAME = "name", _("was called")
        PART_OF = "part-of", _("was part of")

    region = models.ForeignKey(
        Region, models.CASCADE, related_name="names", verbose_name=_("region")
    )
    of = models.CharField(_("whose name"), max_length=8, choices=Of.choices, default=Of.REGION)
    relation = models.CharField(
        _("relation"), max_length=8, choices=Relation.choices, default=Relation.NAME
    )
    whole = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="former_parts",
        verbose_name=_("which region that is today"),
        help_text=_("For “was part of”: filters find what happened there then. Empty: none now."),
    )

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["region", "valid_to"]
        constraints = [
            models.CheckConstraint(
                condition=Q(whole=None) | Q(relation="part-of"),
                name="place_name_whole_of_a_part",
                violation_error_message=_("Only what “was part of” another has a region there."),
            ),
            models.CheckConstraint(
                condition=Q(whole=None) | ~Q(whole=F("region")),
                name="place_name_whole_is_another",
                violation_error_message=_("A region is no part of itself: choose another."),
            ),
        ]


class Venue(PublicContent):
    """A building or a square where things happen."""

    name = translated(models.CharField(_("name"), max_length=160, blank=True))
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="venues", verbose_name=_("region")
    )
    address = translated(models.CharField(_("address"), max_length=200, blank=True))
    directions = translated(models.TextField(_("how to get there"), blank=True))
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    step_free = models.BooleanField(_("step-free access"), null=True, blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["region", "name_kk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90)) | Q(latitude=None),
                name="venue_latitude_on_earth",
                violation_error_message=_("Latitude lies between −90 and 90."),
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180)) | Q(longitude=None),
                name="venue_longitude_on_earth",
                violation_error_message=_("Longitude lies between −180 and 180."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="venue_both_coordinates_or_none",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self):
        return self.name

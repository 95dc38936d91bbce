"""A picture with its focal point and the words that stand for it."""

from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from assembly_site.languages.slugs import slugify
from assembly_site.languages.texts import LANGUAGE_CODES, translated
from assembly_site.places.models import Region
from assembly_site.publishing.models import (
    REQUIRED_LANGUAGES,
    PublicContent,
    PublicContentQuerySet,
)

from . import uses
from .copies import FORMATS, forget_copies, forget_other_copies, upright_size
from .descriptions import describes

REQUIRED_ALTERNATIVES = tuple(f"alternative_{code}" for code in REQUIRED_LANGUAGES)


class Ornament(models.TextChoices):
    """The five units of the thread, one for each stage of the history."""

    HORN = "horn", _("ram’s horn")
    WING = "wing", _("bird’s wing")
    FLOWER = "flower", _("steppe flower")
    WATER = "water", _("water")
    SUN = "sun", _("sun ray")


def place_of_original(_picture, name: str) -> str:
    """Where an upload is kept: a short ASCII name, for the copies carry it into their addresses."""
    path = PurePosixPath(name)
    stem = slugify(path.stem, 60) or "picture"
    return f"originals/{timezone.localdate():%Y/%m}/{stem}{path.suffix.lower()[:5]}"


class PictureQuerySet(PublicContentQuerySet):
    def with_uses(self) -> Self:
        """Each with `uses`, the number of objects that show it, drafts included."""
        return self.annotate(uses=uses.number_of_uses(self.model))

    def used(self) -> Self:
        return self.filter(uses.is_used(self.model))

    def unused(self) -> Self:
        return self.exclude(uses.is_used(self.model))

    def live(self) -> Self:
        """Those that something published shows."""
        return self.filter(uses.is_live(self.model))

    def undescribed(self) -> Self:
        """Those without a text that is needed before they are shown to visitors."""
        missing = Q(*((column, "") for column in REQUIRED_ALTERNATIVES), _connector=Q.OR)
        return self.filter(missing, decorative=False)

    def delete(self):
        """Deletes pictures that nothing shows, with their copies; raises ProtectedError otherwise.

        The originals stay where nobody is served from, so that a picture can be brought back.
        """
        with transaction.atomic():
            self._refuse_used()
            images = [picture.image for picture in self]
            deleted = super().delete()
            for image in images:
                transaction.on_commit(partial(forget_copies, image, image.name), robust=True)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True

    def _refuse_used(self):
        used = set(self.used())
        if used:
            raise models.ProtectedError(str(_("A picture that is shown is not deleted.")), used)


class Picture(PublicContent):
    title = models.CharField(
        _("title"), max_length=160, help_text=_("For finding it in the library.")
    )
    image = ImageField(
        _("file"),
        upload_to=place_of_original,
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
    people = models.CharField(
        _("people shown"),
        max_length=300,
        blank=True,
        help_text=_("Their names, divided by commas: the search of the library finds them."),
    )
    credit = models.CharField(_("author"), max_length=160)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    region = models.ForeignKey(
        Region, models.SET_NULL, null=True, blank=True, verbose_name=_("region")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        wrong = self._wrong_alternatives() | self._lost_alternatives()
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args, **kwargs):
        """Stores the file and its copies first: no other writer waits while they are made."""
        former = type(self).objects.filter(pk=self.pk).values_list("image", flat=True).first()
        if self.image and not self.image._committed:
            size = upright_size(self.image.file)
            self.image.save(self.image.name, self.image.file, save=False)
            self.width, self.height = size
        for name in FORMATS if self.image else ():
            self.image.process(name)
        self._skip_generate_files = True  # imagefield's own word for: they are there already
        with transaction.atomic():
            super().save(*args, **kwargs)
            transaction.on_commit(partial(forget_other_copies, self.image), robust=True)
            if former and former != self.image.name:
                transaction.on_commit(partial(forget_copies, self.image, former), robust=True)
        self.__dict__.pop("is_live", None)

    def delete(self, *args, **kwargs):
        """As `PictureQuerySet.delete`: refuses what is shown, and takes the copies away."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk)._refuse_used()
            deleted = super().delete(*args, **kwargs)
            transaction.on_commit(partial(forget_copies, self.image, self.image.name), robust=True)
        return deleted

    @cached_property
    def is_live(self) -> bool:
        """Whether something published shows it."""
        return self.pk is not None and type(self).objects.filter(pk=self.pk).live().exists()

    @property
    def is_used(self) -> bool:
        """Whether anything shows it, be it a draft."""
        return type(self).objects.filter(pk=self.pk).used().exists()

    @property
    def is_wanted(self) -> bool:
        """Whether a proposed change, not decided yet, would show it."""
        return any(self.pk in owner.wanted() for owner in uses.owners(type(self)))

    @property
    def focal_percent(self) -> list[int]:
        """Where the focal point lies, in percent from the left and from the top."""
        return [round(float(part) * 100) for part in self.focal_point.split("x")]

    @property
    def undescribed_languages(self) -> list[str]:
        """The languages in which it must be described before visitors see it."""
        if self.decorative:
            return []
        return [code for code in REQUIRED_LANGUAGES if not getattr(self, f"alternative_{code}")]

    def why_not_ready(self) -> str:
        """The sentence for whoever wants to publish what shows it; empty when it is ready."""
        if not self.undescribed_languages:
            return ""
        return format_html(
            '{} <a href="{}">{}</a>',
            _("The picture “%(title)s” has no alt text in Kazakh or in Russian.")
            % {"title": self.title},
            reverse("admin:pictures_picture_change", args=[self.pk]) + "#id_decorative",
            _("Describe it or mark it as decorative."),
        )

    def _wrong_alternatives(self):
        return {
            f"alternative_{code}": _(
                "Say in a sentence what is to be seen: not the file’s name, not “photo”, "
                "and not the caption again."
            )
            for code in LANGUAGE_CODES
            if not describes(getattr(self, f"alternative_{code}"), getattr(self, f"caption_{code}"))
        }

    def _lost_alternatives(self):
        """What a picture that visitors see had before, and would have no longer."""
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or self.decorative or not self.undescribed_languages or not self.is_live:
            return {}
        sentence = _(
            "Visitors see this picture: its alt text in Kazakh and in Russian may be rewritten, "
            "but not taken away."
        )
        lost = [
            column
            for column in REQUIRED_ALTERNATIVES
            if getattr(stored, column) and not getattr(self, column)
        ]
        if stored.decorative:
            lost.append("decorative")
        return dict.fromkeys(lost, sentence)

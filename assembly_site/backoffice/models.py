"""The people who keep the content."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from assembly_site.places.models import Region


def translation_languages() -> list[str]:
    """No language: the default for whoever is not a translator."""
    return []


class User(AbstractUser):
    """An editor: the regions and the languages in which they may work."""

    regions = models.ManyToManyField(
        Region,
        blank=True,
        verbose_name=_("regions"),
        help_text=_("A regional editor works in these regions and in no other."),
    )
    languages = models.JSONField(
        _("languages"),
        default=translation_languages,
        blank=True,
        help_text=_("A translator changes the texts of these languages and no other."),
    )

    language = models.CharField(
        _("language of letters and screens"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")


# Django finds models in this module; these have files of their own.
from .presence import Presence  # noqa: E402, F401
from .weekly_scores import WeeklyScore  # noqa: E402, F401

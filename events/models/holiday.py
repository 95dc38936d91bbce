"""Days that the whole country keeps, named in the month calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import translated
from assembly_site.publishing.models import PublicContent


class Holiday(PublicContent):
    title = translated(models.CharField(_("title"), max_length=120, blank=True))
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    since = models.PositiveSmallIntegerField(_("kept since the year"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("kept until the year"), null=True, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["month", "day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)),
                name="holiday_is_a_day_of_a_year",
                violation_error_message=_("There is no such day in the year."),
            ),
        ]

    def __str__(self):
        return self.title

    def is_kept_in(self, year: int) -> bool:
        return (self.since or year) <= year <= (self.until or year)

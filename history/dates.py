"""A span of dates of which only a part may be known."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.dates import (
    PartialDate,
    PartialDateField,
    check_span,
    write_about,
    write_since,
    write_span,
    write_until,
)


def write_held(first: PartialDate | None, last: PartialDate | None) -> str:
    """How long an office or a name was held: a span, since or until; empty for nothing known."""
    if first and last:
        return write_span(first, last)
    if first:
        return write_since(first)
    return write_until(last) if last else ""


class Dated(models.Model):
    """Happened on a date, or between two, or about then."""

    date = PartialDateField(_("date"))
    end = PartialDateField(_("until"), null=True, blank=True)
    circa = models.BooleanField(
        _("about"), default=False, help_text=_("The date is an estimate of the sources.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                # The stored texts of partial dates sort as the dates do.
                condition=Q(end=None) | Q(end__gte=F("date")),
                name="%(app_label)s_%(class)s_end_not_before_date",
                violation_error_message=_("“Until” is before the date."),
            ),
        ]

    def clean(self):
        super().clean()
        check_span(self.date, self.end, "end", _("“Until” is before the date."))

    @property
    def when(self) -> str:
        """The date in words of the active language."""
        if not self.date:
            return ""
        write = write_about if self.circa else write_span
        return write(self.date, self.end)

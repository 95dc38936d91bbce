"""The log that no one can edit: who did what to what, when, and why."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JournalQuerySet(models.QuerySet):
    def about(self, instance) -> Self:
        kind = ContentType.objects.get_for_model(instance)
        return self.filter(target_type=kind, target_id=instance.pk)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def of_regions(self, regions) -> Self:
        """What was done to things of these regions (a QuerySet with slugs)."""
        return self.filter(region__in=regions.values("slug"))


class JournalEntry(models.Model):
    """One deed. It is written in the transaction of the deed and never changed or deleted."""

    class Deed(models.TextChoices):
        ADDED = "added", pgettext_lazy("what was done", "added")
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("submitted for review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ARCHIVED = "archived", _("archived")
        REOPENED = "reopened", _("made a draft again")
        PROPOSED = "proposed", _("change proposed")
        ACCEPTED = "accepted", _("proposed change accepted")
        REFUSED = "refused", _("proposed change returned")
        TAKEN_BACK = "taken-back", _("proposed change taken back")
        RESTORED = "restored", _("older version restored")
        DELETED = "deleted", _("deleted")
        BROUGHT_BACK = "brought-back", _("brought back")
        TOLD_APART = "told-apart", _("said not to be a duplicate")
        LIKENED = "likened", _("may be a duplicate again")
        # Of reviewers, who have no account.
        OPENED = "opened", _("draft link opened")
        REMARKED = "remarked", _("remark of a reviewer")
        APPROVED = "approved", _("text approved by a reviewer")

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    by_name = models.CharField(_("name"), max_length=160)
    deed = models.CharField(_("what"), max_length=12, choices=Deed.choices)
    target_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("kind"))
    target_id = models.PositiveBigIntegerField()
    target_name = models.CharField(_("of what"), max_length=250)
    region = models.CharField(_("region"), max_length=60, blank=True, db_index=True)
    why = models.TextField(_("why"), blank=True)
    # Notes on single fields, by the name of their place (`field_notes`).
    notes = models.JSONField(_("notes on fields"), default=dict, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["target_type", "target_id"])]

    def __str__(self):
        return f"{self.target_name}: {self.get_deed_display()}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An entry of the log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An entry of the log is never deleted.")


def write_down(
    deed: JournalEntry.Deed,
    instance,
    by,
    at: datetime,
    why: str = "",
    notes: dict[str, str] | None = None,
    by_name: str = "",
) -> JournalEntry:
    """Writes one deed into the log, under the names that person and thing have now.

    Who has no account (`by` is None) stands there under the name that they gave, `by_name`.
    """
    region = getattr(instance, "region", None)
    return JournalEntry.objects.create(
        at=at,
        by=by if by is not None and by.pk else None,
        by_name=(by_name if by is None else by.get_full_name() or by.get_username())[:160],
        deed=deed,
        target_type=ContentType.objects.get_for_model(instance),
        target_id=instance.pk,
        target_name=str(instance)[:250],
        region=getattr(region, "slug", "") or "",
        why=why,
        notes=notes or {},
    )

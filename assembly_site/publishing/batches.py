"""What was done to many things at once, and the way back within a day."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .versions import Snapshot, keep, one_version, present, put

UNDO_FOR = timedelta(days=1)
# Written by each save: a difference in them is no editor's work.
NOT_COMPARED = {"updated_at", "sequence"}


class Batch(models.Model):
    """One action on many objects of a kind, done together."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="batches", verbose_name=_("by whom")
    )
    action = models.CharField(_("what"), max_length=120)
    kind = models.ForeignKey(ContentType, models.CASCADE)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering = ["-at"]
        default_permissions = ()

    def __str__(self):
        return self.action

    def may_be_undone(self, at: datetime) -> bool:
        return self.undone_at is None and at < self.at + UNDO_FOR

    @property
    def until(self) -> datetime:
        return self.at + UNDO_FOR


class BatchItem(models.Model):
    """One object of a batch: its state before and after."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    object_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=250)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Undoing(NamedTuple):
    """What an undo would do to one object; `obstacle` says why it cannot, if so."""

    item: BatchItem
    instance: models.Model | None
    obstacle: str


class BatchRecorder:
    """Collects the objects of one batch while it is being done."""

    def __init__(self, model: type[models.Model], action: str, by, at: datetime):
        self.batch = Batch(
            at=at, by=by, action=action[:120], kind=ContentType.objects.get_for_model(model)
        )
        self._items: list[BatchItem] = []

    def done(self, instance: models.Model, before: Snapshot) -> None:
        after = present(type(instance)._default_manager.get(pk=instance.pk))
        self._items.append(
            BatchItem(
                object_id=instance.pk,
                name=str(instance)[:250],
                before=_plain(before),
                after=_plain(after),
            )
        )

    def save(self) -> Batch | None:
        """Writes the batch down; None when nothing was done."""
        if not self._items:
            return None
        self.batch.save()
        for item in self._items:
            item.batch = self.batch
        BatchItem.objects.bulk_create(self._items)
        return self.batch


def undoings(batch: Batch) -> list[Undoing]:
    """What undoing the batch would do, object by object: what was edited since is left alone."""
    model = batch.kind.model_class()
    items = list(batch.items.all())
    found = model._default_manager.in_bulk([item.object_id for item in items])
    return [_undoing(item, found.get(item.object_id)) for item in items]


def _undoing(item, instance):
    if instance is None:
        return Undoing(item, None, str(_("It was deleted since.")))
    if _compared(_plain(present(instance))) != _compared(item.after):
        return Undoing(item, instance, str(_("It was edited since: undo would lose that.")))
    return Undoing(item, instance, "")


def undo(batch: Batch, by, why: str = "") -> list[Undoing]:
    """Brings back what can be; gives what was done and what was left, with the obstacles."""
    with transaction.atomic():
        # Two undoings at once: the second finds it done.
        fresh = Batch.objects.select_for_update().get(pk=batch.pk)
        if fresh.undone_at:
            return []
        found = undoings(fresh)
        with one_version(by, why):
            for one in found:
                if not one.obstacle:
                    put(one.instance, Snapshot(**one.item.before))
                    keep(one.instance)
        fresh.undone_at = timezone.now()
        fresh.save(update_fields=["undone_at"])
    return found


def _plain(state):
    return {"fields": state.fields, "children": state.children}


def _compared(state):
    rows = [state["fields"], *(row for rows in state["children"].values() for row in rows.values())]
    return [
        {name: value for name, value in row.items() if name not in NOT_COMPARED} for row in rows
    ]

"""The index follows every write, and can be built anew while the old one answers."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import models, transaction

from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.publishing.following import follow
from assembly_site.publishing.models import ContentVersion

from .entries import Entries, registered
from .models import Entry, Index

BATCH = 200

# Keys of objects by kind that are still to be written into the index; None outside `together`.
_waiting: ContextVar[dict[str, set[int]] | None] = ContextVar("waiting", default=None)


def follow_entries() -> None:
    """Follows every model that is registered, or that shows in an entry of another."""
    models_shown = {
        model for entries in registered.values() for model in (entries.model, *entries.parts)
    }
    follow(models_shown, _followed)


@contextmanager
def _followed(model: type[models.Model], keys: list[int]) -> Iterator[None]:
    """Writes the entries anew of all objects that the rows belonged to, or belong to now."""
    before = _objects_with(model, keys)
    yield
    after = _objects_with(model, keys)
    for kind in {*before, *after}:
        update(kind, before.get(kind, set()) | after.get(kind, set()))


def _objects_with(model, keys):
    """The keys of the objects, by kind, that are these rows or show them."""
    found = {}
    if not keys:
        return found
    for kind, entries in registered.items():
        if entries.model is model:
            found[kind] = set(keys)
        for path in entries.parts.get(model, ()):
            owners = set()
            for start in range(0, len(keys), BATCH):
                rows = entries.model._default_manager.filter(
                    **{f"{path}__in": keys[start : start + BATCH]}
                )
                owners |= set(rows.values_list("pk", flat=True))
            if owners:
                found[kind] = found.get(kind, set()) | owners
    return found


def update(kind: str, keys: set[int]) -> None:
    """Writes the entries of some objects as the objects are now; of what is gone there are none."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[kind] |= keys
        return
    with transaction.atomic():
        generations = Index.now().generations
        ordered = sorted(keys)
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            Entry.objects.filter(kind=kind, object_id__in=batch).delete()
            _write(registered[kind], batch, generations)


def _write(entries: Entries, keys: list[int], generations: list[int]) -> int:
    made = []
    objects = entries.objects().filter(pk__in=keys)
    for one in objects:
        for generation in generations:
            for entry in entries.of(one):
                entry.generation = generation
                made.append(entry)
    Entry.objects.bulk_create(made, batch_size=BATCH)
    return len(objects)


@contextmanager
def together() -> Iterator[None]:
    """Of many writes in one transaction, each object is written into the index once, at the end.

    Must stand inside the transaction. If that is undone, nothing is left to be written.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting = defaultdict(set)
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if not transaction.get_rollback():
        for kind, keys in waiting.items():
            update(kind, keys)


def rebuild(at: datetime, tell: Callable[[str, int, int], None]) -> int:
    """Builds a new generation and lets it answer; gives the number of objects in it.

    `tell` gets the kind, how many are done and how many there are. Between the batches editors
    may save: what they write goes into both generations.
    """
    generation = _begin()
    count = 0
    for kind, entries in registered.items():
        keys = list(entries.objects().order_by("pk").values_list("pk", flat=True))
        tell(kind, 0, len(keys))
        for start in range(0, len(keys), BATCH):
            count += _build(entries, keys[start : start + BATCH], generation)
            tell(kind, min(start + BATCH, len(keys)), len(keys))
    with transaction.atomic():
        ContentVersion.objects.renew()
        Index.objects.filter(pk=1).update(generation=generation, building=None, built_at=at)
    _clear(generation)
    return count


def _begin():
    with transaction.atomic():
        ContentVersion.objects.hold()
        state, _created = Index.objects.get_or_create(pk=1)
        # The number of a build that was broken off is not used again.
        state.building = max(state.generations) + 1
        state.save(update_fields=["building"])
    return state.building


def _build(entries, keys, generation):
    with transaction.atomic():
        # With the writers held off, nobody changes an object between reading and writing it.
        ContentVersion.objects.hold()
        known = Entry.objects.filter(
            generation=generation, kind=entries.kind, object_id__in=keys
        ).values_list("object_id", flat=True)
        return len(set(known)) + _write(entries, list({*keys} - set(known)), [generation])


def _clear(generation):
    """Takes away what no longer answers, a batch at a time, so that no writer waits for long."""
    while keys := list(
        Entry.objects.exclude(generation=generation).values_list("pk", flat=True)[: BATCH * 10]
    ):
        Entry.objects.filter(pk__in=keys).delete()


def is_complete() -> bool:
    """Whether every object that belongs into the index has its entries."""
    there = dict(
        Entry.objects.current().order_by().values_list("kind").annotate(models.Count("pk"))
    )
    return all(
        there.get(kind, 0) == entries.objects().count() * len(LANGUAGE_CODES)
        for kind, entries in registered.items()
    )

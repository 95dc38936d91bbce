"""Past states of what editors keep: who saved what, when and why; what differed; and the way back.

django-reversion stores them: one revision for each save, with the object and its child rows. Its
own way back writes rows behind the models' backs, so restoring is done here, through `save`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import reversion
from django.contrib.contenttypes.fields import GenericRelation
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from reversion.models import Version

from .models import Slugged, SlugRecord, Status

# The relations whose rows belong to an object, by model.
_CHILDREN: dict[type[models.Model], tuple[str, ...]] = {}


def keep_versions_of(model: type[models.Model], *children: str) -> None:
    """Says that saves of a model are kept, with the rows of these relations. Called at start."""
    for name in children:
        child = model._meta.get_field(name).related_model
        if not reversion.is_registered(child):
            reversion.register(child)
    reversion.register(model, follow=children)
    _CHILDREN[model] = children


def children_of(model: type[models.Model]) -> tuple[str, ...]:
    return _CHILDREN.get(model, ())


def keeps_versions(model: type[models.Model]) -> bool:
    return model in _CHILDREN


@contextmanager
def one_version(by, why: str = "") -> Iterator[None]:
    """Whatever is saved inside becomes one version, by this person and for this reason."""
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(why)
        yield


def keep(instance) -> None:
    """Keeps the present state of an object in the version that is being made."""
    reversion.add_to_revision(instance)


def ensure_first_version(instance) -> None:
    """Keeps the state of an object that was never saved through the admin, before it changes."""
    if keeps_versions(type(instance)) and not versions_of(instance).exists():
        with transaction.atomic(), reversion.create_revision():
            keep(instance)


def versions_of(instance) -> models.QuerySet[Version]:
    """All versions, the newest first."""
    return (
        Version.objects.get_for_object(instance)
        .select_related("revision", "revision__user")
        .order_by("-pk")
    )


def deleted_versions(model: type[models.Model]) -> models.QuerySet[Version]:
    """The last version of each object of the model that is no longer there."""
    return Version.objects.get_deleted(model).select_related("revision", "revision__user")


@dataclass(frozen=True)
class Snapshot:
    """The state of an object: plain values by field, and those of its child rows by relation."""

    fields: dict
    children: dict[str, dict[str, dict]] = field(default_factory=dict)


def snapshot_of(version: Version) -> Snapshot:
    """The state that a version keeps."""
    model = version.content_type.model_class()
    rows = version.revision.version_set.exclude(pk=version.pk).select_related("content_type")
    children = {}
    for name in children_of(model):
        relation = model._meta.get_field(name)
        found = {}
        for row in rows:
            values = _values(row)
            if row.content_type.model_class() is relation.related_model and _belongs(
                values, relation, version.object_id
            ):
                found[row.object_id] = values
        children[name] = found
    return Snapshot(_values(version), children)


def present(instance) -> Snapshot:
    """The state of an object as the database has it now."""
    children = {
        name: {str(row.pk): _serialized(row) for row in getattr(instance, name).all()}
        for name in children_of(type(instance))
    }
    return Snapshot(_serialized(instance), children)


def _values(version):
    return json.loads(version.serialized_data)[0]["fields"]


def _serialized(instance):
    return json.loads(serializers.serialize("json", [instance]))[0]["fields"]


def _belongs(values, relation, key):
    if isinstance(relation, GenericRelation):
        return str(values.get(relation.object_id_field_name)) == str(key)
    return str(values.get(relation.field.name)) == str(key)


def restore(version: Version, by, why: str = "") -> models.Model:
    """Makes the state of a version the present one, as a new version; gives the object.

    What was deleted comes back under its own key, as a draft. Ties to things that are gone by now
    are left out. A live object keeps its status and its times: those are decided on purpose.
    """
    model = version.content_type.model_class()
    state = snapshot_of(version)
    with one_version(by, why):
        instance = model._default_manager.filter(pk=version.object_id).first()
        was_deleted = instance is None
        if was_deleted:
            instance = model(pk=_key(model, version.object_id))
            _reopen_addresses(instance)
        own = dict(state.fields)
        for name in ("status", "publish_at", "unpublish_at"):
            if not was_deleted:
                own.pop(name, None)
        if was_deleted and "status" in own:
            own["status"] = Status.DRAFT
        put(instance, Snapshot(own, state.children))
    return instance


def put(instance: models.Model, state: Snapshot) -> None:
    """Saves the object with the fields and rows of a state; fields that it lacks stay."""
    _write(instance, state.fields)
    for name, rows in state.children.items():
        _write_children(instance, name, rows)


def _reopen_addresses(instance):
    if isinstance(instance, Slugged):
        SlugRecord.objects.of(instance).update(gone_at=None)


def _write(instance, values):
    ties = {}
    for name, value in values.items():
        column = instance._meta.get_field(name)
        if column.many_to_many:
            ties[name] = value
        elif column.is_relation:
            setattr(instance, column.attname, value if _is_there(column, value) else None)
        else:
            setattr(instance, name, column.to_python(value))
    instance.save()
    for name, keys in ties.items():
        relation = getattr(instance, name)
        relation.set(relation.model._default_manager.filter(pk__in=keys))


def _key(model, text):
    """A key as the model has it; versions keep keys as texts."""
    return model._meta.pk.to_python(text)


def _is_there(column, key):
    if key is None:
        return False
    return column.related_model._default_manager.filter(pk=key).exists()


def _write_children(instance, name, rows):
    relation = instance._meta.get_field(name)
    manager = getattr(instance, name)
    for row in manager.exclude(pk__in=rows):
        row.delete()
    for key, values in rows.items():
        kind = relation.related_model
        child = manager.filter(pk=key).first() or kind(pk=_key(kind, key))
        try:
            _write(child, values)
        except ObjectDoesNotExist:  # a row whose owner is gone belongs to nobody
            continue

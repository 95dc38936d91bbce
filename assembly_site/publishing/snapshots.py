"""How an object and its parts stood at one moment, kept as text and put back for one page."""

import hashlib
from collections import defaultdict

from django.core import serializers
from django.db import IntegrityError, models

from .showing import showing_of


class Unshowable(Exception):
    """The state can no longer be put back: what it hung on is gone."""


def snapshot(instance: models.Model) -> str:
    """The stored object and its parts as JSON; equal states give equal texts."""
    showing = showing_of(type(instance))
    rows = [type(instance)._default_manager.get(pk=instance.pk)]
    for name in showing.parts:
        rows += getattr(rows[0], name).order_by("pk")
    return serializers.serialize("json", rows)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def remembered(text: str) -> models.Model:
    """The object of a snapshot by itself, without asking the database for its relations."""
    return next(serializers.deserialize("json", text, ignorenonexistent=True)).object


def put_back(instance: models.Model, text: str) -> None:
    """Writes the object and its parts as they stood. Only ever called where nothing is kept.

    Raises Unshowable where another object has taken what was unique since.
    """
    parts = defaultdict(list)
    try:
        whole, *rows = serializers.deserialize("json", text, ignorenonexistent=True)
        whole.save()
        for name in showing_of(type(instance)).parts:
            getattr(instance, name).all().delete()
        for row in rows:
            parts[type(row.object)].append(row.object)
        for model, those in parts.items():
            model._base_manager.bulk_create(those)
        for row in rows:
            for name, keys in row.m2m_data.items():
                getattr(row.object, name).set(keys)
    except (IntegrityError, serializers.base.DeserializationError) as error:
        raise Unshowable from error

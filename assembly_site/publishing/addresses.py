"""From a slug in an address to a public object, to its new address, or to an honest "gone"."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from .models import TAKEN_AWAY, SlugRecord


class Moved(Exception):
    """The object has a new slug; `instance` is public and knows its address."""

    def __init__(self, instance):
        self.instance = instance
        super().__init__(str(instance))


class Gone(Exception):
    """There was something here, and it was taken away (HTTP 410)."""


def lasting_object(queryset: QuerySet, slug: str):
    """The object with this slug, of a kind that is always public.

    Raises Moved for a former slug, Gone for a deleted object, Http404 for everything else.
    """
    instance = queryset.filter(slug=slug).first()
    if instance:
        return instance
    record = SlugRecord.objects.filter(kind=queryset.model._meta.label_lower, slug=slug).first()
    if record is None:
        raise Http404
    now = queryset.filter(pk=record.object_id).first()
    if now is None:
        raise Gone
    raise Moved(now)


def public_object(queryset: QuerySet, slug: str, at: datetime):
    """The public object with this slug.

    Raises Moved for a former slug, Gone for what was withdrawn or deleted after it had been
    public, Http404 for everything else (a draft is not even hinted at).
    """
    instance = queryset.public(at).filter(slug=slug).first()
    if instance:
        return instance
    record = SlugRecord.objects.filter(kind=queryset.model._meta.label_lower, slug=slug).first()
    if record is None:
        raise Http404
    if record.gone_at:
        raise Gone
    every = queryset.model._default_manager
    now = every.filter(pk=record.object_id).first()
    if now is None:
        raise Http404
    # Asked of the query, not the object: a milestone is hidden with its stage too.
    if every.public(at).filter(pk=now.pk).exists():
        raise Moved(now)
    if now.was_public(at) and (now.status in TAKEN_AWAY or now.unpublish_at):
        raise Gone
    raise Http404

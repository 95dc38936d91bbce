"""Signed addresses at which a draft can be looked at without an account."""

from django.apps import apps
from django.core import signing
from django.http import Http404
from django.urls import reverse

SALT = "preview"
MAX_AGE = 7 * 24 * 60 * 60  # seconds


def draft_link(instance, language: str) -> str:
    """The path of a draft link in one language, good for seven days."""
    token = signing.dumps([instance._meta.label_lower, instance.pk], salt=SALT)
    return f"{reverse('preview', args=[token])}?language={language}"


def object_of(token: str):
    """The object a link leads to. Raises Http404 for a tampered, an expired or a dead link."""
    try:
        label, pk = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise Http404 from error
    instance = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if instance is None:
        raise Http404
    return instance

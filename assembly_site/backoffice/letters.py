"""Letters to editors: what was submitted, returned, published; each in the reader's language."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib import admin
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from assembly_site.publishing.field_notes import notes_in_words
from assembly_site.publishing.journal import JournalEntry

from .access import may_publish
from .models import User

Deed = JournalEntry.Deed
# Whoever submitted is told of these.
TOLD_TO_THE_AUTHOR = {Deed.RETURNED, Deed.PUBLISHED, Deed.WITHDRAWN}
TOLD_TO_THE_PROPOSER = {Deed.ACCEPTED, Deed.REFUSED}
TOLD_TO_THE_DECIDERS = {Deed.SUBMITTED, Deed.PROPOSED}


def send_letters(entry: JournalEntry, instance) -> None:
    """Writes to those whom a deed concerns; the doer of it is not written to."""
    readers = [one for one in _readers(entry, instance) if one.email and one.pk != entry.by_id]
    if not readers:
        return
    letters = [_letter(entry, instance, reader) for reader in readers]
    # A mail server that is down must not undo what was decided.
    get_connection(fail_silently=True).send_messages(letters)


def _readers(entry, instance) -> Iterable[User]:
    if entry.deed in TOLD_TO_THE_DECIDERS:
        return _deciders(type(instance))
    if entry.deed in TOLD_TO_THE_PROPOSER:
        return [one.by for one in entry.proposals.all() if one.by and one.by.is_active]
    if entry.deed in TOLD_TO_THE_AUTHOR:
        submitted = (
            JournalEntry.objects.about(instance)
            .filter(deed__in=TOLD_TO_THE_DECIDERS)
            .select_related("by")
            .newest_first()
            .first()
        )
        return [submitted.by] if submitted and submitted.by and submitted.by.is_active else []
    return []


def _deciders(model):
    meta = model._meta
    right = {
        "permissions__content_type__app_label": meta.app_label,
        "permissions__codename": f"publish_{meta.model_name}",
    }
    by_group = Q(**{f"groups__{name}": value for name, value in right.items()})
    by_self = Q(**{f"user_{name}": value for name, value in right.items()})
    people = User.objects.filter(by_group | by_self, is_active=True, is_staff=True).distinct()
    return [one for one in people if may_publish(one, model)]


def _letter(entry, instance, reader):
    meta = instance._meta
    decides = entry.deed in TOLD_TO_THE_DECIDERS
    proposal = entry.proposals.first()
    view, key = ("review" if decides else "change", instance.pk)
    if proposal:
        view, key = "proposal", proposal.pk
    screen = admin.site._registry.get(type(instance))
    with translation.override(reader.language):
        address = (
            reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[key])
            if screen
            else reverse("admin:index")
        )
        texts = {
            "entry": entry,
            "name": str(instance),
            "kind": meta.verbose_name,
            "reader": reader,
            "url": f"{settings.SITE_URL}{address}",
            "notes": notes_in_words(type(instance), entry.notes),
        }
        subject = " ".join(render_to_string("letters/subject.txt", texts).split())
        body = render_to_string("letters/deed.txt", texts)
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [reader.email])

"""Draft links: one object as it stood, for a reviewer without an account, and what they say of it.

The address is a secret that is stored nowhere: it is made again from a seed in the row and the
key of the site, and found by its digest. A copy of the database opens no draft.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .journal import JournalEntry, write_down
from .snapshots import digest, remembered, snapshot

DAYS = 7
MOST_DAYS = 60
LONGEST_REMARK = 2000
LONGEST_HEADING = 200
LONGEST_IN_THE_LOG = 200  # the whole remark stands at its field


class DraftLinkQuerySet(models.QuerySet):
    def of(self, instance: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(type(instance))
        return self.filter(target_type=kind, target_id=instance.pk)

    def with_token(self, token: str) -> Self:
        return self.filter(token_digest=hashlib.sha256(token.encode()).hexdigest())

    def make(self, instance, user, languages: list[str], days: int, at: datetime) -> "DraftLink":
        """A new link to the object as it is stored now, good for so many days."""
        seed = secrets.token_hex(16)
        text = snapshot(instance)
        return self.create(
            target=instance,
            seed=seed,
            token_digest=hashlib.sha256(_token(seed).encode()).hexdigest(),
            snapshot=text,
            state_digest=digest(text),
            languages=languages,
            created_by=user,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )


class DraftLink(models.Model):
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    # Until versions are numbered, the state itself; the digest tells whether it is still the same.
    snapshot = models.TextField(editable=False)
    state_digest = models.CharField(max_length=64, editable=False)
    seed = models.CharField(max_length=32, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    languages = models.JSONField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft link")
        verbose_name_plural = _("draft links")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"])]

    def __str__(self):
        return f"{self.target}, {self.created_at:%d.%m.%Y}"

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and at < self.expires_at

    @property
    def path(self) -> str:
        """Its address on the site; empty when the site's key was changed since it was made."""
        token = _token(self.seed)
        known = constant_time_compare(hashlib.sha256(token.encode()).hexdigest(), self.token_digest)
        return reverse("preview", args=[token]) if known else ""

    @property
    def shown(self) -> models.Model:
        """The object as the link shows it, without its relations."""
        return remembered(self.snapshot)

    def close(self, at: datetime) -> None:
        """Nobody opens it from now on; closing it again changes nothing."""
        DraftLink.objects.filter(pk=self.pk, closed_at=None).update(closed_at=at)

    def count_opening(self, at: datetime) -> None:
        """Counts it; the first opening of a day (in Astana) stands in the log too."""
        link = DraftLink.objects.filter(pk=self.pk)
        opening = {"opened": F("opened") + 1, "opened_at": at}
        day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        if self.opened_at and self.opened_at >= day:
            link.update(**opening)
            return
        with transaction.atomic():
            # Of two readers at the same moment one is the first, and the other waits here.
            if link.exclude(opened_at__gte=day).update(**opening):
                write_down(JournalEntry.Deed.OPENED, self.target, None, at)
            else:
                link.update(**opening)

    def remark(self, at: datetime, **said) -> "Remark | None":
        """Writes down a remark; one sent twice is one. None when the link was closed meanwhile."""
        return self._receive(Remark.objects.open(), JournalEntry.Deed.REMARKED, at, said)

    def approve(self, at: datetime, **said) -> "Approval | None":
        """Writes down who approves the text of which language. None when the link was closed."""
        return self._receive(Approval.objects.all(), JournalEntry.Deed.APPROVED, at, said)

    def _receive(self, earlier, deed, at, said):
        with transaction.atomic():
            # Locked, so that a double click and an editor's closing wait for each other.
            link = DraftLink.objects.select_for_update().get(pk=self.pk)
            if not link.is_open(at):
                return None
            received, is_new = earlier.get_or_create(link=link, **said, defaults={"created_at": at})
            if is_new:
                write_down(deed, link.target, None, at, received.in_the_log, by_name=received.name)
            return received


class RemarkQuerySet(models.QuerySet):
    def on(self, instance: models.Model) -> Self:
        return self.filter(link__in=DraftLink.objects.of(instance))

    def open(self) -> Self:
        """Those that an editor has not dealt with."""
        return self.filter(resolved_at=None)

    def in_languages(self, languages: list[str]) -> Self:
        return self.filter(language__in=languages)

    def resolve(self, user, at: datetime) -> int:
        """Marks them as dealt with, once; answers how many there were."""
        return self.open().update(resolved_at=at, resolved_by=user)


class Remark(models.Model):
    """What a reviewer says of one field in one language. Plain text, shown to editors."""

    link = models.ForeignKey(DraftLink, models.CASCADE, related_name="remarks")
    # The name of a field, or of a chapter in it (`body:2`); empty: the page as a whole.
    field = models.CharField(max_length=60, blank=True)
    chapter = models.CharField(max_length=LONGEST_HEADING, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=LONGEST_REMARK)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="remark_says_it")
        ]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"

    @property
    def in_the_log(self) -> str:
        words = f"{self.get_language_display()}: {self.text}"
        return Truncator(words).chars(LONGEST_IN_THE_LOG)


class Approval(models.Model):
    """Evidence: who approved the text of a link in which language, and when. Never changed."""

    link = models.ForeignKey(DraftLink, models.CASCADE, related_name="approvals")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "language", "name"], name="one_approval_a_name_and_language"
            )
        ]

    def __str__(self):
        return f"{self.name}: {self.get_language_display()}"

    @property
    def in_the_log(self) -> str:
        return self.get_language_display()


def _token(seed):
    return salted_hmac("draft link", seed, algorithm="sha256").hexdigest()

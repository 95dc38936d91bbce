"""Anything with a status, and addresses that are never given away again."""

import uuid
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.slugs import MAX_LENGTH, slugify
from assembly_site.languages.texts import columns

from .following import followed, is_followed

REQUIRED_LANGUAGES = ("kk", "ru")


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ARCHIVED = "archived", _("archived")


# What visitors could see once it was published, and what they can no longer see.
ONCE_PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN, Status.ARCHIVED)
TAKEN_AWAY = (Status.WITHDRAWN, Status.ARCHIVED)
# What is changed by those who may publish, and by nobody else: others propose.
LIVE = (Status.PUBLISHED, Status.ARCHIVED)


def public_at(at: datetime, through: str = "") -> Q:
    """What every visitor may see at this moment; the only rule for it on the site.

    `through` names the relation that leads to the publishable object, if it is another one.
    """
    path = f"{through}__" if through else ""
    return Q(
        Q(**{f"{path}unpublish_at": None}) | Q(**{f"{path}unpublish_at__gt": at}),
        **{f"{path}status": Status.PUBLISHED, f"{path}publish_at__lte": at},
    )


class ContentVersionQuerySet(models.QuerySet):
    def renew(self) -> None:
        """Says that something visitors may see has changed.

        Called first in a transaction, before the changed rows are locked: so writers wait for
        each other here, in one place, and cannot block each other crosswise.
        """
        token = uuid.uuid4().hex
        if not self.filter(pk=1).update(token=token):
            self.bulk_create([ContentVersion(pk=1, token=token)], ignore_conflicts=True)

    def hold(self) -> None:
        """Lets no other writer in until the transaction ends; the content stays what it was."""
        self.get_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
        self.select_for_update().get(pk=1)

    def token(self) -> str:
        """Differs whenever the content differs; empty before the first change."""
        return self.filter(pk=1).values_list("token", flat=True).first() or ""


class ContentVersion(models.Model):
    """One row, whose token changes with all that visitors may see.

    The token is drawn and not counted, so that two databases, or one before and after a restored
    backup, never share a version of different content.
    """

    token = models.CharField(max_length=32)

    objects = ContentVersionQuerySet.as_manager()

    def __str__(self):
        return self.token


class PublicContentQuerySet(models.QuerySet):
    """Whatever way rows are written, the content gets a new version in the same transaction.

    Whoever follows the model (see `following`) is told in it too.
    """

    def update(self, **values):
        with self._write():
            return super().update(**values)

    update.alters_data = True

    def delete(self):
        with self._write():
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, *args, **kwargs):
        with transaction.atomic():
            ContentVersion.objects.renew()
            keys = []
            with followed(self.model, keys):
                made = super().bulk_create(*args, **kwargs)
                keys += [one.pk for one in made if one.pk]
            return made

    @contextmanager
    def _write(self):
        with transaction.atomic():
            ContentVersion.objects.renew()
            # Read beforehand: after an update the rows may no longer answer to this query.
            keys = list(self.values_list("pk", flat=True)) if is_followed(self.model) else []
            with followed(self.model, keys):
                yield


class PublicContent(models.Model):
    """What visitors may see, by itself or on the page of something else."""

    objects = PublicContentQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            ContentVersion.objects.renew()
            keys = [self.pk] if self.pk else []
            with followed(type(self), keys):
                super().save(*args, **kwargs)
                keys[:] = [self.pk]

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            ContentVersion.objects.renew()
            with followed(type(self), [self.pk]):
                return super().delete(*args, **kwargs)


class PublishableQuerySet(PublicContentQuerySet):
    def public(self, at: datetime) -> Self:
        return self.filter(public_at(at))

    def delete(self):
        """Deletes, and leaves the addresses behind so that none is ever given away again."""
        with transaction.atomic():
            at = timezone.now()
            for instance in self:
                SlugRecord.objects.close(instance, at)
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Publishable(PublicContent):
    """Has a status and a time from which (and until which) visitors see it."""

    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    publish_at = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_("Astana time (UTC+5). Empty: at once, when the status becomes “published”."),
    )
    unpublish_at = models.DateTimeField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("Astana time (UTC+5). Empty: for good."),
    )
    note = models.TextField(
        _("note for editors"), blank=True, help_text=_("Visitors never see it.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    # Translated fields without which nothing is published, in each of REQUIRED_LANGUAGES.
    required_texts: tuple[str, ...] = ("title",)
    # What a form has chosen for fields of many, which are written only after the object.
    chosen: Mapping[str, Iterable] = {}

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_a_time",
                violation_error_message=_(
                    "What is published needs the time from which it is public."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at=None) | Q(unpublish_at__gt=F("publish_at")),
                name="%(app_label)s_%(class)s_public_until_after_from",
                violation_error_message=_("“Public until” must be later than “public from”."),
            ),
        ]

    def is_public(self, at: datetime) -> bool:
        """The same rule as `public_at`, for one object in hand."""
        return (
            self.status == Status.PUBLISHED
            and self.publish_at is not None
            and self.publish_at <= at
            and (self.unpublish_at is None or self.unpublish_at > at)
        )

    def was_public(self, at: datetime) -> bool:
        """Whether visitors could have seen it some time before `at`."""
        return self.status in ONCE_PUBLIC and self.publish_at is not None and self.publish_at <= at

    def clean(self):
        super().clean()
        self._clean_texts()
        if self.status == Status.PUBLISHED:
            missing = self.missing_to_publish()
            if missing:
                raise ValidationError(missing)

    def missing_to_publish(self) -> dict[str, str | list[str]]:
        """By field, why the object is not fit for visitors; empty when nothing is missing."""
        return self._missing_texts() | self._parts_not_ready()

    def _clean_texts(self):
        if not self.required_texts:
            return
        for name in self.required_texts:
            for column in columns(name):
                setattr(self, column, (getattr(self, column) or "").strip())
        if not any(getattr(self, column) for column in columns(self.required_texts[0])):
            raise ValidationError(
                {
                    columns(self.required_texts[0])[0]: _(
                        "Write the title in at least one language; spaces alone are no title."
                    )
                }
            )

    def needed_texts(self) -> list[str]:
        """The columns of the texts without which nothing is published."""
        return [
            column
            for name in self.required_texts
            for column in columns(name)
            if column.endswith(REQUIRED_LANGUAGES)
        ]

    def _missing_texts(self):
        return {
            column: _("To publish, this text is needed in Kazakh and in Russian.")
            for column in self.needed_texts()
            if not getattr(self, column)
        }

    def _parts_not_ready(self):
        """By field, why what the page also shows is not fit for visitors; a picture knows it."""
        fields = (*self._meta.fields, *self._meta.many_to_many)
        parts = {
            field.name: self._parts(field)
            for field in fields
            if hasattr(field.related_model, "why_not_ready")
        }
        reasons = {name: [part.why_not_ready() for part in parts[name]] for name in parts}
        return {name: [*filter(None, reasons[name])] for name in reasons if any(reasons[name])}

    def _parts(self, field) -> Iterable:
        if field.name in self.chosen:
            return self.chosen[field.name]
        if field.many_to_many:
            return getattr(self, field.name).all() if self.pk else ()
        return filter(None, [getattr(self, field.name)])

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            SlugRecord.objects.close(self, timezone.now())
            return super().delete(*args, **kwargs)


class SlugRecordQuerySet(models.QuerySet):
    def of(self, instance) -> Self:
        return self.filter(kind=instance._meta.label_lower, object_id=instance.pk)

    def reserve(self, instance, slug: str) -> None:
        """Writes down for ever that this kind's slug belongs to the instance."""
        record, created = self.get_or_create(
            kind=instance._meta.label_lower, slug=slug, defaults={"object_id": instance.pk}
        )
        if not created and record.object_id != instance.pk:
            raise ValidationError(
                {"slug": _("This address belongs, or once belonged, to another.")}
            )

    def close(self, instance, at: datetime) -> None:
        """Marks the addresses of something that was public and is being deleted."""
        if isinstance(instance, Slugged) and instance.was_public(at):
            self.of(instance).update(gone_at=at)


class SlugRecord(models.Model):
    """A slug that was once given. It is never deleted, so never given to another object."""

    kind = models.CharField(max_length=60)
    slug = models.CharField(max_length=MAX_LENGTH)
    object_id = models.PositiveBigIntegerField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = SlugRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="one_slug_for_ever"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"])]

    def __str__(self):
        return f"{self.kind}: {self.slug}"


class Slugged(models.Model):
    """Has one ASCII slug for all languages, made from its first title when none is given."""

    slug = models.CharField(
        _("web address"),
        max_length=MAX_LENGTH,
        unique=True,
        blank=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Small Latin letters, figures and single hyphens only."),
            )
        ],
        help_text=_(
            "The last part of the page’s address. Left empty, it is made from the title. "
            "After a change the old address leads to the new one."
        ),
        error_messages={"unique": _("This address belongs, or once belonged, to another.")},
    )

    slug_from = "title"
    # Last parts of addresses that lead elsewhere below the same folder.
    reserved_slugs: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": _("This address belongs to a page of the site: choose another.")}
            )
        if self.slug and self._slugs_of_others().filter(slug=self.slug).exists():
            raise ValidationError(
                {"slug": _("This address belongs, or once belonged, to another.")}
            )

    def save(self, *args, **kwargs):
        with transaction.atomic():
            if not self.slug:
                self.slug = self._free_slug()
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
            super().save(*args, **kwargs)
            SlugRecord.objects.reserve(self, self.slug)

    def _slugs_of_others(self):
        others = SlugRecord.objects.filter(kind=self._meta.label_lower)
        return others.exclude(object_id=self.pk) if self.pk else others

    def _free_slug(self):
        texts = (getattr(self, column) for column in columns(self.slug_from))
        wanted = next(filter(None, map(slugify, texts)), self._meta.model_name)
        taken = {
            *self.reserved_slugs,
            *self._slugs_of_others().filter(slug__startswith=wanted).values_list("slug", flat=True),
        }
        if wanted not in taken:
            return wanted
        stem = wanted[: MAX_LENGTH - 8].rstrip("-")
        taken |= set(
            self._slugs_of_others().filter(slug__startswith=stem).values_list("slug", flat=True)
        )
        number = 2
        while f"{stem}-{number}" in taken:
            number += 1
        return f"{stem}-{number}"


class LoadedContent(models.Model):
    """What `load_content` last wrote, to tell an editor's later change from its own work."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    object_id = models.PositiveBigIntegerField()
    file_digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_record_for_a_content_file"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.key}"


# Django finds models in this module; these have files of their own.
from .draft_links import Approval, DraftLink, Remark  # noqa: E402, F401
from .journal import JournalEntry  # noqa: E402, F401
from .proposals import Proposal  # noqa: E402, F401

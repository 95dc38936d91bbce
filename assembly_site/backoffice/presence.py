"""Who has a form open right now: a beat every half minute keeps the word fresh."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

# A form that was not heard of for so long is closed, or its browser sleeps.
EXPIRES_AFTER = timedelta(seconds=90)


class PresenceQuerySet(models.QuerySet):
    def beside(self, user, instance, at: datetime) -> Self:
        """The others who have the object open, the first one first."""
        kind = ContentType.objects.get_for_model(instance)
        return (
            self.filter(target_type=kind, target_id=instance.pk, seen_at__gt=at - EXPIRES_AFTER)
            .exclude(user=user)
            .select_related("user")
            .order_by("since")
        )

    def beat(self, user, instance, at: datetime) -> None:
        """Says that this person has the object open."""
        self.filter(seen_at__lte=at - EXPIRES_AFTER).delete()
        self.update_or_create(
            user=user,
            target_type=ContentType.objects.get_for_model(instance),
            target_id=instance.pk,
            defaults={"seen_at": at},
            create_defaults={"seen_at": at, "since": at},
        )

    def leave(self, user, instance) -> None:
        kind = ContentType.objects.get_for_model(instance)
        self.filter(user=user, target_type=kind, target_id=instance.pk).delete()


class Presence(models.Model):
    """One person with one form open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "user"], name="one_presence_a_person_and_form"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.target_type} {self.target_id}"

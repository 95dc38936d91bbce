"""What an editor may touch beyond plain permissions: own regions and languages, what is live."""

from django.conf import settings

from assembly_site.places.models import Region
from assembly_site.publishing.models import LIVE, Publishable


def own_regions(user):
    """The regions a regional editor is bound to; None for everybody who is not bound.

    Bound is whoever may add events but not publish them.
    """
    if user.has_perm("events.publish_event") or not user.has_perm("events.add_event"):
        return None
    return Region.objects.filter(pk__in=user.regions.values("pk"))


def may_publish(user, model) -> bool:
    """Whether the user decides what visitors see of this kind."""
    meta = model._meta
    return user.has_perm(f"{meta.app_label}.publish_{meta.model_name}")


def is_translator(user) -> bool:
    """Changes texts of some languages and nothing else."""
    return bool(user.languages) and not user.is_superuser and not user.has_perm("events.add_event")


def languages_of(user) -> list[str]:
    """The languages whose texts the user may change."""
    codes = [code for code, _name in settings.LANGUAGES]
    return [code for code in codes if code in user.languages] if is_translator(user) else codes


def is_locked(user, instance) -> bool:
    """Whether the object is live and the user may not decide what is live."""
    return (
        isinstance(instance, Publishable)
        and instance.status in LIVE
        and not may_publish(user, type(instance))
    )

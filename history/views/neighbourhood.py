"""What an object points at, as far as visitors may see it."""

from datetime import datetime

from assembly_site.publishing.models import Publishable


def if_public(instance: Publishable | None, at: datetime) -> Publishable | None:
    return instance if instance and instance.is_public(at) else None

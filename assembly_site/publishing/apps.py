from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "assembly_site.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        # Its models rest on the versions of a library, which wants all apps to be there.
        from . import batches  # noqa: F401

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "assembly_site.pictures"
    label = "pictures"
    verbose_name = _("Pictures")

    def ready(self):
        from . import copies  # noqa: F401  (registers the processors by import)

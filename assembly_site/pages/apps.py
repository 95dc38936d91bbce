from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "assembly_site.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self):
        from assembly_site.search.entries import register  # models are ready by now

        from .search_entries import PageEntries

        register(PageEntries)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = _("History")

    def ready(self):
        from assembly_site.search.entries import register  # models are ready by now

        from .search_entries import ENTRIES

        register(*ENTRIES)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# The rows that belong to an object and are kept with its versions.
CHILDREN = {
    "Stage": ("figures", "citations"),
    "Milestone": ("citations",),
    "AssemblySession": ("decisions", "citations"),
    "Person": ("appointments", "citations"),
    "Body": ("names", "figures", "citations"),
    "Document": ("citations",),
}


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = _("History")

    def ready(self):
        from assembly_site.publishing.versions import keep_versions_of  # models are ready by now
        from assembly_site.search.entries import register

        from .search_entries import ENTRIES

        register(*ENTRIES)
        for name, children in CHILDREN.items():
            keep_versions_of(self.get_model(name), *children)
        from .upkeep import keep_up_history

        keep_up_history()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "assembly_site.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self):
        from assembly_site.publishing.versions import keep_versions_of  # models are ready by now
        from assembly_site.search.entries import register

        from .search_entries import PageEntries

        register(PageEntries)
        keep_versions_of(self.get_model("Page"), "citations")

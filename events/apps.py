from django.apps import AppConfig
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Programme")

    def ready(self):
        from assembly_site.publishing.versions import keep_versions_of  # models are ready by now
        from assembly_site.search.entries import register

        from .search_entries import ENTRIES

        register(*ENTRIES)
        # Django writes many-to-many rows without asking a model or a queryset of ours.
        for name in ("audiences", "languages", "access"):
            field = self.get_model("Event")._meta.get_field(name)
            m2m_changed.connect(_renew_content, sender=field.remote_field.through)
        keep_versions_of(self.get_model("Event"), "occurrences", "citations")
        self._fill_the_dashboard()

    @staticmethod
    def _fill_the_dashboard():
        from assembly_site.backoffice.dashboard import add_box

        from .fortnight import fortnight
        from .likely_duplicates import pairs_side_by_side
        from .region_states import region_states
        from .upkeep import keep_up_programme

        keep_up_programme()
        add_box("admin/dashboard/fortnight.html", fortnight)
        add_box("admin/dashboard/regions.html", region_states)
        add_box("admin/dashboard/duplicates.html", pairs_side_by_side)


def _renew_content(action, **kwargs):
    if action.startswith("post_"):
        from assembly_site.publishing.models import ContentVersion  # models are ready by now

        ContentVersion.objects.renew()

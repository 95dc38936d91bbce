from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    default = True
    name = "assembly_site.backoffice"
    label = "backoffice"
    verbose_name = _("People and access")

    def ready(self):
        from assembly_site.publishing import review

        from .letters import send_letters
        from .upkeep_rules import keep_up_shared_kinds

        review.tell(send_letters)
        keep_up_shared_kinds()
        # Select2 speaks no Kazakh; its words stand where Django looks for those of other languages.
        SELECT2_TRANSLATIONS["kk"] = "kk"


class AssemblyAdminConfig(django_admin.AdminConfig):
    default = False
    default_site = "assembly_site.backoffice.site.AssemblyAdminSite"

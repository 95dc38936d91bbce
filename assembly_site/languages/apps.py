from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """Stands before the packages whose words it completes: its catalogues win over theirs."""

    name = "assembly_site.languages"
    label = "languages"

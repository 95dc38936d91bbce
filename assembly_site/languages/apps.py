from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "assembly_site.languages"
    label = "languages"

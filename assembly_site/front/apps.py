from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "assembly_site.front"
    label = "front"

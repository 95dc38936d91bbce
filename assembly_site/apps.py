from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class RoofConfig(AppConfig):
    """The roof: commands, words and styles of the whole site."""

    name = "assembly_site"
    label = "site"

    def ready(self):
        from . import preview, threads
        from .roles import make_roles

        threads.register()
        preview.register()

        # The sender comes after our own apps, so their permissions exist by then.
        post_migrate.connect(
            make_roles, sender=apps.get_app_config("auth"), dispatch_uid="make_roles"
        )

"""Accounts to try each role with; for development only."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assembly_site.places.models import Region

PASSWORD = "shanyraq-1995"  # noqa: S105  (printed on purpose; refused when DEBUG is off)

# name: (group, slugs of regions, languages)
ACCOUNTS = {
    "secretariat": ("secretariat", [], []),
    "editor-astana": ("regional-editor", ["astana"], []),
    "editor-abai": ("regional-editor", ["abai"], []),
    "translator-en": ("translator", [], ["en"]),
    "historian": ("historian", [], []),
}


class Command(BaseCommand):
    help = "Makes an account for each role and a superuser, and prints their passwords."

    def add_arguments(self, parser):
        parser.add_argument("--password", default=PASSWORD, help="one password for all of them")

    def handle(self, *args, password, **options):
        if not settings.DEBUG:
            raise CommandError(
                "Demo accounts are for development: they are made only with DEBUG=1."
            )
        with transaction.atomic():
            for name, (group, regions, languages) in ACCOUNTS.items():
                user = self._account(name, password, languages=languages)
                user.groups.set([Group.objects.get(name=group)])
                user.regions.set(Region.objects.filter(slug__in=regions))
            self._account("admin", password, is_superuser=True)
        self.stdout.write(f"Accounts for /admin/, all with the password {password}:")
        for name in (*ACCOUNTS, "admin"):
            self.stdout.write(f"  {name}")

    @staticmethod
    def _account(name, password, **fields):
        user, _created = get_user_model().objects.update_or_create(
            username=name, defaults={"is_staff": True, "is_active": True, **fields}
        )
        user.set_password(password)
        user.save(update_fields=["password"])
        return user

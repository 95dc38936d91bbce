"""The site's own starting content."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

import events.starting_content
import history.starting_content
from assembly_site.pages.starting_content import PageLoader
from assembly_site.places.starting_content import RegionLoader, VenueLoader
from assembly_site.sources.starting_content import ContentError

LOADERS = [
    RegionLoader,
    VenueLoader,
    PageLoader,
    *history.starting_content.LOADERS,
    *events.starting_content.LOADERS,
]


class Command(BaseCommand):
    help = "Loads the starting content from its files. Never overwrites what an editor changed."

    def handle(self, *args, **options):
        at = timezone.now()
        try:
            with transaction.atomic(), translation.override("en"):
                self._load(at)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error

    def _load(self, at):
        to_finish = []
        for loader in (one() for one in LOADERS):
            tally, written = loader.load(at)
            to_finish += [(loader, *pair) for pair in written]
            self.stdout.write(
                f"  {loader.kind}: {tally.written} written, {tally.unchanged} unchanged, "
                f"{len(tally.skipped)} skipped"
            )
            for line in tally.skipped:
                self.stdout.write(f"    skipped {line}")
        for loader, instance, file in to_finish:
            loader.finish(instance, file)

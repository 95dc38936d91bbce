"""Builds the search index anew; the old one answers until the new one is whole."""

import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...index import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew while the old one goes on answering. Safe to repeat."

    def handle(self, *args, verbosity, **options):
        started = time.monotonic()
        self.silent = verbosity == 0
        count = rebuild(timezone.now(), self._tell)
        self._say(f"The index is new: {count} objects in {time.monotonic() - started:.1f} seconds.")

    def _tell(self, kind, done, total):
        self._say(f"  {kind}: {done} of {total}")

    def _say(self, text):
        if not self.silent:
            self.stdout.write(text)
            self.stdout.flush()

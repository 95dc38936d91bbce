"""The site's own starting content."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone, translation

import events.starting_content
import history.starting_content
from assembly_site.pages.starting_content import PageLoader
from assembly_site.places.starting_content import RegionLoader, VenueLoader
from assembly_site.publishing.models import LoadedContent
from assembly_site.search.index import together
from assembly_site.search.starting_content import SynonymLoader
from assembly_site.sources.starting_content import StartingContent, Tally

LOADERS = [
    RegionLoader,
    VenueLoader,
    PageLoader,
    SynonymLoader,
    *history.starting_content.LOADERS,
    *events.starting_content.LOADERS,
]
MOST_MISTAKES = 50


class Command(BaseCommand):
    help = "Loads the starting content from its files. Never overwrites what an editor changed."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="Look for mistakes in all files and write nothing.",
        )

    def handle(self, *args, check, verbosity, **options):
        self._refuse_an_empty_database()
        started = time.monotonic()
        content = StartingContent([one() for one in LOADERS])
        with translation.override("en"), transaction.atomic(), together():
            content.check()
            # With a mistake nothing will be loaded; the models still look for more.
            progress = (Check if check or content.mistakes else Progress)(self.stdout, verbosity)
            content.load(timezone.now(), progress, afresh=check)
            if check or content.mistakes:
                transaction.set_rollback(True)
        if content.mistakes:
            raise CommandError(_numbered(content.mistakes))
        progress.finish(time.monotonic() - started)

    @staticmethod
    def _refuse_an_empty_database():
        if LoadedContent._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database is empty: run `python manage.py migrate` first.")


class Progress:
    """One line that is written over on a terminal; in a log, a line a kind when it is done."""

    def __init__(self, out, verbosity: int):
        self.out = out
        self.silent = verbosity == 0
        self.rewrites = out.isatty()
        self.total = Tally()
        self.width = 0

    def step(self, kind: str, total: int, number: int) -> None:
        if self.rewrites and not self.silent:
            text = f"  {kind}: {number} of {total}"
            self.out.write(f"\r{text.ljust(self.width)}", ending="")
            self.out.flush()
            self.width = len(text)

    def end(self, kind: str, files: list, tally: Tally) -> None:
        self.total.written += tally.written
        self.total.unchanged += tally.unchanged
        self.total.skipped += tally.skipped
        self._line(self._of_one_kind(kind, files, tally))
        for line in tally.skipped:
            self._line(f"    skipped {line}")

    def finish(self, seconds: float) -> None:
        self._line(f"{self._of_all()} in {seconds:.1f} seconds.")

    def _of_one_kind(self, kind, files, tally):
        return f"  {kind}: {_counts(tally)}"

    def _of_all(self):
        return f"Loaded: {_counts(self.total)}"

    def _line(self, text):
        if self.silent:
            return
        self.out.write(f"\r{text.ljust(self.width)}" if self.rewrites else text)
        self.out.flush()
        self.width = 0


class Check(Progress):
    """The same for a run that writes nothing: how many are right."""

    def __init__(self, out, verbosity):
        super().__init__(out, verbosity)
        self.right = 0

    def end(self, kind, files, tally):
        # What an editor changed or deleted is of no matter here: the files are judged.
        super().end(kind, files, Tally(written=tally.written))

    def _of_one_kind(self, kind, files, tally):
        right = sum(not file.mistakes for file in files)
        self.right += right
        return f"  {kind}: {right} of {len(files)} right"

    def _of_all(self):
        return f"All {self.right} are right; nothing was written. Checked"


def _counts(tally):
    return f"{tally.written} written, {tally.unchanged} unchanged, {len(tally.skipped)} skipped"


def _numbered(mistakes):
    head = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    lines = [f"{number}. {one}" for number, one in enumerate(mistakes[:MOST_MISTAKES], start=1)]
    if len(mistakes) > MOST_MISTAKES:
        lines.append(f"… and {len(mistakes) - MOST_MISTAKES} more, shown when these are mended.")
    return "\n".join([f"Nothing was loaded: {head} in the files.", *lines])

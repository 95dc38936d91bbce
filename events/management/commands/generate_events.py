"""Events for load work: many, believable, the same for the same seed, and removable."""

import re
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone

from assembly_site.places.models import Region, Venue
from assembly_site.publishing.models import PublicContentQuerySet, SlugRecord
from assembly_site.search.index import together

from ...made_up import VENUE_MARK, MadeUpProgramme, Surroundings, made_up_venues
from ...models import AccessProvision, Audience, Category, Event, Occurrence, SpokenLanguage

MOST = 200_000
BATCH = 500
YEARS = (1991, 2100)
KIND = Event._meta.label_lower
SLUG = re.compile(r"made-up-(?P<seed>\d+)-(?P<number>\d+)(-[a-z0-9]+)*")


class Command(BaseCommand):
    help = (
        "Makes N made-up events for load work, the same for the same seed and day; a further run "
        "makes only those that are not there yet. --remove takes all of them away again."
    )

    def add_arguments(self, parser):
        parser.add_argument("count", nargs="?", metavar="N", help=f"how many, up to {MOST:,}")
        parser.add_argument("--seed", default="30", help="another number gives other events")
        parser.add_argument(
            "--around",
            metavar="YYYY-MM-DD",
            help="the dates lie within half a year before and after this day (default: today)",
        )
        parser.add_argument(
            "--remove", action="store_true", help="takes away all made-up events, of every seed"
        )

    def handle(self, *args, count, seed, around, remove, **options):
        if remove:
            self._remove()
            return
        count = _whole(count, "N", 1, MOST)
        seed = _whole(seed, "--seed", 0, 999_999)
        self._make(count, seed, _day(around))

    def _make(self, count, seed, around):
        programme = MadeUpProgramme(seed, around, _surroundings())
        _refuse_another_day(programme)
        taken = _numbers_taken(seed)
        missing = [number for number in range(1, count + 1) if number not in taken]
        if not missing:
            self.stdout.write(f"The {count} made-up events of seed {seed} are there already.")
            return
        for batch, done in _batches(missing):
            with transaction.atomic(), together():
                if not programme.surroundings.venues:
                    programme.surroundings.venues = _venues(programme.surroundings.regions)
                _save([programme.event(number) for number in batch])
            self._say(f"  made {done} of {len(missing)} events")
        self._say(f"Done: seed {seed}, around {around.isoformat()}. They go with --remove.")

    def _remove(self):
        ids = sorted(
            object_id
            for slug, object_id in SlugRecord.objects.filter(
                kind=KIND, slug__startswith="made-up-"
            ).values_list("slug", "object_id")
            if SLUG.fullmatch(slug)
        )
        for batch, done in _batches(ids):
            with transaction.atomic():
                # Not the deletion of events: that leaves their addresses behind as gone.
                PublicContentQuerySet(Event).filter(pk__in=batch).delete()
                SlugRecord.objects.filter(kind=KIND, object_id__in=batch).delete()
            self._say(f"  removed {done} of {len(ids)} events")
        kept = _remove_venues()
        self._say("No made-up event is left." if ids else "There were no made-up events.")
        if kept:
            self._say(f"Kept, for other events or sessions are held there: {', '.join(kept)}.")

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _whole(text, name, least, most):
    text = "" if text is None else str(text)
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        raise CommandError(f"{name} is a whole number from {least} to {most}.")
    return int(text)


def _day(text):
    if text is None:
        return timezone.localdate()
    try:
        day = date.fromisoformat(str(text))
    except ValueError as error:
        raise CommandError("--around is a day such as 2026-11-24.") from error
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise CommandError(f"--around is a day of the years from {YEARS[0]} to {YEARS[1]}.")
    return day


def _batches(things):
    """Slices of a list, each with the number of things up to its end."""
    for start in range(0, len(things), BATCH):
        batch = things[start : start + BATCH]
        yield batch, start + len(batch)


def _surroundings():
    regions, categories = list(Region.objects.all()), list(Category.objects.all())
    if not (regions and categories):
        raise CommandError(
            "There are no regions or no kinds of events yet: run `manage.py load_content` first."
        )
    return Surroundings(
        regions=regions,
        categories=categories,
        audiences=list(Audience.objects.all()),
        languages=list(SpokenLanguage.objects.all()),
        access=list(AccessProvision.objects.all()),
        venues={},
    )


def _venues(regions):
    """The made-up venues by region and name, made where they are not there yet."""
    there = Venue.objects.filter(**VENUE_MARK)
    known = {(venue.region_id, venue.name_kk): venue for venue in there}
    wanted = {(venue.region_id, venue.name_kk): venue for venue in made_up_venues(regions)}
    new = [venue for key, venue in wanted.items() if key not in known]
    Venue.objects.bulk_create(new)
    return wanted | known


def _refuse_another_day(programme):
    there = Event.objects.filter(slug__startswith=f"made-up-{programme.seed}-").first()
    if there and there.note != programme.note:
        raise CommandError(
            "There are events of this seed around another day already "
            f"(“{there.note}”): name that day, choose another --seed, or --remove them first."
        )


def _numbers_taken(seed):
    slugs = SlugRecord.objects.filter(kind=KIND, slug__startswith=f"made-up-{seed}-").values_list(
        "slug", flat=True
    )
    return {int(match["number"]) for match in map(SLUG.fullmatch, slugs) if match}


def _save(made):
    """Writes a batch as saving one by one would, in a few queries."""
    Event.objects.bulk_create(one.event for one in made)
    for one in made:
        for occurrence in one.occurrences:
            occurrence.event = one.event
    Occurrence.objects.bulk_create(occurrence for one in made for occurrence in one.occurrences)
    Event.objects.filter(pk__in=[one.event.pk for one in made]).save_spans()
    for name in ("audiences", "languages", "access"):
        _tie(name, made)
    SlugRecord.objects.bulk_create(
        SlugRecord(kind=KIND, slug=one.event.slug, object_id=one.event.pk) for one in made
    )


def _tie(name, made):
    field = Event._meta.get_field(name)
    through = field.remote_field.through
    theirs = field.m2m_reverse_field_name()
    through.objects.bulk_create(
        through(**{"event": one.event, theirs: term}) for one in made for term in getattr(one, name)
    )


def _remove_venues():
    """Removes the made-up venues; gives the names of those that something else still needs."""
    kept = []
    for venue in Venue.objects.filter(**VENUE_MARK):
        try:
            venue.delete()
        except models.ProtectedError:
            kept.append(venue.name_kk)
    return kept

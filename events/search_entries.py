"""What the search finds of the programme: events, and the regions with their pages."""

from assembly_site.languages.texts import wording
from assembly_site.places.models import PlaceName, Region, Venue
from assembly_site.search.entries import ALWAYS, Entries, names_of_region, texts_of

from .models import Category, Event, Occurrence


class EventEntries(Entries):
    model = Event
    type = "events"
    kind = "event"
    body_fields = ("body", "report", "organiser")
    parts = {
        Occurrence: ("occurrences",),
        Venue: ("occurrences__venue",),
        Category: ("category",),
        Region: ("region",),
        PlaceName: ("region__names",),
    }

    def objects(self):
        return (
            super()
            .objects()
            .with_precision()
            .select_related("category", "region")
            .prefetch_related("region__names", "occurrences__venue")
        )

    def words(self, one):
        yield from texts_of(one.category, "title")
        yield from names_of_region(one.region)
        for occurrence in one.occurrences.all():
            yield from texts_of(occurrence.venue, "name")
            if occurrence.has_day:
                yield f"{occurrence.first_day:%d.%m.%Y}"

    def when(self, one):
        return one.span_in_words

    def place(self, one):
        return wording(one.region, "name").text if one.region else ""

    def last_day(self, one):
        return one.last_day


class RegionEntries(Entries):
    model = Region
    type = "regions"
    kind = "region"
    weight = 100
    title_field = "name"
    summary_field = "introduction"
    body_fields = ()
    parts = {PlaceName: ("names",)}

    def objects(self):
        return Region.objects.prefetch_related("names")

    def window(self, one):
        return ALWAYS, None

    def words(self, one):
        return names_of_region(one)

    def keys(self, one):
        yield from texts_of(one, "name")
        yield from texts_of(one, "centre")
        for name in one.names.all():
            # «Was part of» names another region, which may well have a page of its own.
            if name.relation == PlaceName.Relation.NAME:
                yield from texts_of(name, "name")


ENTRIES = (EventEntries, RegionEntries)

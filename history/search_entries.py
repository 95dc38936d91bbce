"""What the search finds of the history, in all its kinds."""

from assembly_site.languages.numerals import roman
from assembly_site.languages.texts import Wording, wording
from assembly_site.places.models import PlaceName, Region
from assembly_site.publishing.models import Status
from assembly_site.search.entries import Entries, names_of_region, texts_of

from .models import (
    Appointment,
    AssemblySession,
    Body,
    BodyName,
    Decision,
    Document,
    Milestone,
    Person,
    Stage,
)


class DatedEntries(Entries):
    """Of what happened on a day of which a part may be known."""

    def when(self, one):
        return one.when

    def words(self, one):
        for day in filter(None, (one.date, one.end)):
            if day.day:
                yield f"{day.day:02}.{day.month:02}.{day.year}"


class StageEntries(Entries):
    model = Stage
    type = "history"
    kind = "stage"
    weight = 200
    body_fields = ("body", "change")

    def words(self, one):
        yield from map(str, filter(None, (one.start_year, one.end_year)))

    def when(self, one):
        return f"{one.start_year}–{one.end_year}" if one.end_year else f"{one.start_year} –"


class MilestoneEntries(DatedEntries):
    model = Milestone
    type = "history"
    kind = "milestone"
    weight = 400
    parts = {Stage: ("stage",), Region: ("region",), PlaceName: ("region__names",)}

    def objects(self):
        return (
            super()
            .objects()
            .filter(stage__status=Status.PUBLISHED)
            .select_related("stage", "region")
            .prefetch_related("region__names")
        )

    def window(self, one):
        """A milestone hangs on its stage: it is seen while both are."""
        ends = [end for end in (one.unpublish_at, one.stage.unpublish_at) if end]
        return max(one.publish_at, one.stage.publish_at), min(ends, default=None)

    def words(self, one):
        yield from super().words(one)
        yield from names_of_region(one.region)

    def place(self, one):
        return wording(one.region, "name").text if one.region else ""

    def weight_of(self, one):
        return self.weight - 50 if one.key else self.weight


class SessionEntries(DatedEntries):
    model = AssemblySession
    type = "history"
    kind = "session"
    weight = 150
    title_field = "theme"
    body_fields = ("body", "venue_text")
    parts = {
        Region: ("region",),
        PlaceName: ("region__names",),
        Person: ("chair",),
        Decision: ("decisions",),
    }

    def objects(self):
        return (
            super()
            .objects()
            .select_related("region", "chair")
            .prefetch_related("region__names", "decisions")
        )

    def title(self, one, language):
        theme = wording(one, "theme", language)
        name = str(one)
        return Wording(f"{name}. {theme.text}" if theme.text else name, language)

    def words(self, one):
        yield from super().words(one)
        yield from names_of_region(one.region)
        if one.chair and one.chair.status == Status.PUBLISHED:
            yield from texts_of(one.chair, "name")
        for decision in one.decisions.all():
            yield from texts_of(decision, "text")
        yield from SESSION_WORDS

    def keys(self, one):
        number = one.number
        for word in SESSION_WORDS:
            yield f"{number} {word}"
            yield f"{word} {number}"
        yield roman(number)
        yield f"{number}"

    def place(self, one):
        return one.city


# Also in the genitive and the plural of those who count sessions.
SESSION_WORDS = ("сессия", "сессиясы", "session", "сессии")


class PersonEntries(Entries):
    model = Person
    type = "people"
    kind = "person"
    weight = 250
    title_field = "name"
    parts = {Appointment: ("appointments",)}

    def objects(self):
        return super().objects().prefetch_related("appointments")

    def words(self, one):
        for appointment in one.appointments.all():
            yield from texts_of(appointment, "role")


class BodyEntries(Entries):
    model = Body
    type = "bodies"
    kind = "body"
    weight = 300
    parts = {BodyName: ("names",)}

    def objects(self):
        return super().objects().prefetch_related("names")

    def words(self, one):
        for name in one.names.all():
            yield from texts_of(name, "name")
        yield from map(str, (day.year for day in (one.founded, one.ended) if day))


class DocumentEntries(DatedEntries):
    model = Document
    type = "documents"
    kind = "document"
    weight = 350
    body_fields = ("body", "issuer")

    def words(self, one):
        yield from super().words(one)
        yield one.number

    def keys(self, one):
        yield one.number


ENTRIES = (
    StageEntries,
    MilestoneEntries,
    SessionEntries,
    PersonEntries,
    BodyEntries,
    DocumentEntries,
)

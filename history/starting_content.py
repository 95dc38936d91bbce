"""The history from its files, in the order in which one thing needs another."""

from pathlib import Path

from assembly_site.pictures.models import Ornament
from assembly_site.sources.content_fields import (
    Choice,
    CitationNumber,
    Key,
    LanguageCode,
    LongTexts,
    Number,
    PartOfDate,
    PartsOfDates,
    Tables,
    Texts,
    Tie,
    Ties,
    Whole,
    Word,
    YesNo,
)
from assembly_site.sources.starting_content import (
    ContentFile,
    Loader,
    Waiting,
    loaded,
    read_folder,
)

from .models import (
    Appointment,
    AssemblySession,
    Body,
    BodyName,
    Decision,
    Document,
    Figure,
    Milestone,
    Person,
    Stage,
)

CONTENT = Path(__file__).parent / "content"

FIGURE_FIELDS = {
    "series": Word(required=True),
    "label": Texts(required=True),
    "value": Number(required=True),
    "date": PartOfDate(required=True),
    "approximate": YesNo(),
    "citation": CitationNumber(column="citation_number"),
}
APPOINTMENT_FIELDS = {
    "body": Key("body"),
    "role": Texts(required=True),
    "start": PartOfDate(),
    "end": PartOfDate(not_before="start"),
    "seen": PartsOfDates(),
}
DECISION_FIELDS = {
    "text": Texts(required=True),
    "state": Choice(choices=Decision.State, default=Decision.State.UNKNOWN),
    "outcome": Texts(),
    "milestones": Ties("milestone"),
    "documents": Ties("document"),
    "bodies": Ties("body"),
}
BODY_NAME_FIELDS = {
    "from": PartOfDate(column="valid_from"),
    "to": PartOfDate(column="valid_to", not_before="from"),
    "name": Texts(required=True),
}
FIGURES = Tables(models=(Figure,), fields=FIGURE_FIELDS)


def _write_figures(loader: Loader, instance, file: ContentFile, owner: str):
    instance.figures.all().delete()
    for number, table in enumerate(file.data.get("figures", []), start=1):
        values = loader.read(FIGURE_FIELDS, Figure, file, table)
        loader.save(Figure(**{owner: instance}, **values), file, f"figures {number}")


def _tie(instance, table: dict, file: ContentFile, *names: str):
    """Sets each named relation to what the keys of the same name in the table point at."""
    for name in names:
        relation = getattr(instance, name)
        kind = relation.model._meta.model_name
        found = [loaded(kind, key, file, relation.model) for key in table.get(name, [])]
        relation.set([one for one in found if one])


class StageLoader(Loader):
    kind = "stage"
    model = Stage
    numbered = True
    children = ("citations", "figures")
    fields = {
        "number": Whole(required=True),
        "start": Whole(column="start_year", required=True),
        "end": Whole(column="end_year", not_before="start"),
        "ornament": Choice(choices=Ornament, required=True),
        "title": Texts(required=True),
        "summary": Texts(required=True),
        "body": LongTexts(required=True),
        "change": Texts(),
        "figures": FIGURES,
    }

    def files(self):
        return read_folder(CONTENT / "stages")

    def write_children(self, instance, file):
        _write_figures(self, instance, file, "stage")


class BodyLoader(Loader):
    kind = "body"
    model = Body
    children = ("citations", "figures", "names")
    fields = {
        "slug": Word(required=True),
        "kind": Choice(choices=Body.Kind, required=True),
        "order": Whole(default=0),
        "part_of": Tie("body"),
        "founded": PartOfDate(),
        "ended": PartOfDate(not_before="founded"),
        "title": Texts(required=True),
        "summary": Texts(required=True),
        "body": LongTexts(),
        "figures": FIGURES,
        "names": Tables(models=(BodyName,), fields=BODY_NAME_FIELDS),
    }

    def files(self):
        return read_folder(CONTENT / "bodies")

    def write_children(self, instance, file):
        _write_figures(self, instance, file, "body")
        instance.names.all().delete()
        for number, table in enumerate(file.data.get("names", []), start=1):
            values = self.read(BODY_NAME_FIELDS, BodyName, file, table)
            self.save(BodyName(body=instance, **values), file, f"names {number}")

    def link(self, instance, file):
        key = file.data.get("part_of")
        if key or instance.part_of_id:
            instance.part_of = key and loaded("body", key, file, Body)
            instance.save(update_fields=["part_of"])


class PersonLoader(Loader):
    kind = "person"
    model = Person
    children = ("citations", "appointments")
    fields = {
        "slug": Word(required=True),
        "name": Texts(required=True),
        "summary": Texts(required=True),
        "body": LongTexts(),
        "appointments": Tables(models=(Appointment,), fields=APPOINTMENT_FIELDS),
    }

    def files(self):
        return read_folder(CONTENT / "people")

    def write_children(self, instance, file):
        instance.appointments.all().delete()
        for number, table in enumerate(file.data.get("appointments", []), start=1):
            values = self.read(APPOINTMENT_FIELDS, Appointment, file, table)
            seen = sorted(table.get("seen", []))
            if seen:
                read = APPOINTMENT_FIELDS["start"].read
                values |= {"seen_from": read(seen[0]), "seen_to": read(seen[-1])}
            self.save(Appointment(person=instance, **values), file, f"appointments {number}")


class SessionLoader(Loader):
    kind = "session"
    model = AssemblySession
    numbered = True
    children = ("citations", "decisions")
    fields = {
        "number": Whole(required=True),
        "date": PartOfDate(),
        "end": PartOfDate(not_before="date"),
        "region": Key("region"),
        "participants": Whole(),
        "participants_note": Texts(),
        "chair": Key("person"),
        "people": Ties("person"),
        "theme": Texts(),
        "venue": Texts(column="venue_text"),
        "summary": Texts(),
        "body": LongTexts(),
        "decisions": Tables(models=(Decision,), fields=DECISION_FIELDS),
    }

    def files(self):
        files = read_folder(CONTENT / "sessions")
        for file in files:
            file.key = self.called(file)
        return files

    def values(self, file):
        values = super().values(file)
        return {**values, "stage": self._stage(values["date"])}

    def _stage(self, day):
        if day is None:
            return None
        # The year in which one stage passes into the next counts to the earlier one.
        stages = Stage.objects.filter(start_year__lte=day.year).order_by("number")
        return next(
            (one for one in stages if one.end_year is None or day.year <= one.end_year), None
        )

    def write_children(self, instance, file):
        instance.decisions.all().delete()
        for number, table in enumerate(file.data.get("decisions", []), start=1):
            values = self.read(DECISION_FIELDS, Decision, file, table)
            decision = Decision(session=instance, number=number, **values)
            self.save(decision, file, f"decisions {number}")

    def link(self, instance, file):
        _tie(instance, file.data, file, "people")
        tables = file.data.get("decisions", [])
        for decision, table in zip(instance.decisions.all(), tables, strict=True):
            _tie(decision, table, file, "milestones", "documents", "bodies")


class MilestoneLoader(Loader):
    kind = "milestone"
    model = Milestone
    fields = {
        "stage": Tie("stage", numbered=True, required=True),
        "date": PartOfDate(required=True),
        "end": PartOfDate(not_before="date"),
        "circa": YesNo(),
        "theme": Choice(choices=Milestone.Theme, required=True),
        "key": YesNo(),
        "region": Key("region"),
        "session": Key("session", numbered=True),
        "people": Ties("person"),
        "bodies": Ties("body"),
        "title": Texts(required=True),
        "summary": Texts(required=True),
        "body": LongTexts(required=True),
    }

    def files(self):
        return read_folder(CONTENT / "milestones")

    def values(self, file):
        stage = Stage.objects.filter(number=file.data["stage"]).first()
        if stage is None:
            raise Waiting(f"stage {file.data['stage']}")
        return {**super().values(file), "stage": stage}

    def link(self, instance, file):
        _tie(instance, file.data, file, "people", "bodies")


class DocumentLoader(Loader):
    kind = "document"
    model = Document
    fields = {
        "kind": Choice(choices=Document.Kind, required=True),
        "number": Word(),
        "date": PartOfDate(required=True),
        "url": Word(),
        "session": Key("session", numbered=True),
        "milestone": Key("milestone"),
        "author": Key("person"),
        "bodies": Ties("body"),
        "language": LanguageCode(column="file_language"),
        "title": Texts(required=True),
        "summary": Texts(),
        "body": LongTexts(),
        "issuer": Texts(),
    }

    def files(self):
        return read_folder(CONTENT / "documents")

    def link(self, instance, file):
        _tie(instance, file.data, file, "bodies")


LOADERS = [
    StageLoader,
    BodyLoader,
    PersonLoader,
    SessionLoader,
    MilestoneLoader,
    DocumentLoader,
]

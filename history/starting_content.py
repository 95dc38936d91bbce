"""The history from its files, in the order in which one thing needs another."""

from pathlib import Path

from assembly_site.places.models import Region
from assembly_site.sources.starting_content import ContentFile, Loader, loaded, read_folder

from .models import (
    Appointment,
    AssemblySession,
    Body,
    Decision,
    Document,
    Figure,
    Milestone,
    Person,
    Stage,
)

CONTENT = Path(__file__).parent / "content"


def _reference(file: ContentFile, kind: str, model, table: dict | None = None):
    key = (file.data if table is None else table).get(kind)
    return None if key is None else loaded(kind, key, file, model)


def _figures(loader: Loader, instance, file: ContentFile, owner: str):
    instance.figures.all().delete()
    for table in file.data.get("figures", []):
        figure = Figure(
            series=table["series"],
            value=table["value"],
            approximate=table.get("approximate", False),
            date=file.partial_date("date", table),
            citation_number=table.get("citation"),
            **{owner: instance},
            **file.texts("label", table),
        )
        loader.save(figure, file)


class StageLoader(Loader):
    kind = "stage"
    model = Stage
    children = ("citations", "figures")

    def files(self):
        return read_folder(CONTENT / "stages")

    def values(self, file):
        return {
            "number": file.require("number"),
            "start_year": file.require("start"),
            "end_year": file.data.get("end"),
            "ornament": file.require("ornament"),
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
            **file.texts("change"),
        }

    def write_children(self, instance, file):
        _figures(self, instance, file, "stage")


class BodyLoader(Loader):
    kind = "body"
    model = Body
    children = ("citations", "figures")

    def files(self):
        return read_folder(CONTENT / "bodies")

    def values(self, file):
        return {
            "kind": file.require("kind"),
            "order": file.data.get("order", 0),
            "founded": file.partial_date("founded"),
            "ended": file.partial_date("ended"),
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
        }

    def write_children(self, instance, file):
        _figures(self, instance, file, "body")


class PersonLoader(Loader):
    kind = "person"
    model = Person
    children = ("citations", "appointments")

    def files(self):
        return read_folder(CONTENT / "people")

    def values(self, file):
        return {
            **file.texts("name"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
        }

    def write_children(self, instance, file):
        instance.appointments.all().delete()
        for table in file.data.get("appointments", []):
            seen = sorted(str(day) for day in table.get("seen", []))
            appointment = Appointment(
                person=instance,
                body=_reference(file, "body", Body, table),
                start=file.partial_date("start", table),
                end=file.partial_date("end", table),
                seen_from=file.partial_date("first", {"first": seen[0]}) if seen else None,
                seen_to=file.partial_date("last", {"last": seen[-1]}) if seen else None,
                **file.texts("role", table),
            )
            self.save(appointment, file)


class SessionLoader(Loader):
    kind = "session"
    model = AssemblySession
    children = ("citations", "decisions")

    def files(self):
        files = read_folder(CONTENT / "sessions")
        for file in files:
            file.key = str(file.require("number"))
        return files

    def values(self, file):
        theme = file.texts("theme")
        return {
            "number": file.require("number"),
            "date": file.partial_date("date"),
            "end": file.partial_date("end"),
            "stage": self._stage(file),
            "region": _reference(file, "region", Region),
            "chair": loaded("person", file.data["chair"], file, Person)
            if "chair" in file.data
            else None,
            "participants": file.data.get("participants"),
            **theme,
            **file.texts("summary"),
            **file.texts("body", markdown=True),
            **file.texts("participants_note"),
            **{
                column.replace("venue", "venue_text"): text
                for column, text in file.texts("venue").items()
            },
        }

    def _stage(self, file):
        day = file.partial_date("date")
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
            decision = Decision(
                session=instance,
                number=number,
                state=table.get("state", "unknown"),
                **file.texts("text", table),
                **file.texts("outcome", table),
            )
            self.save(decision, file)

    def link(self, instance, file):
        for decision, table in zip(
            instance.decisions.all(), file.data.get("decisions", []), strict=True
        ):
            milestone = _reference(file, "milestone", Milestone, table)
            decision.milestones.set([milestone] if milestone else [])


class MilestoneLoader(Loader):
    kind = "milestone"
    model = Milestone

    def files(self):
        return read_folder(CONTENT / "milestones")

    def values(self, file):
        stage = Stage.objects.filter(number=file.require("stage")).first()
        if stage is None:
            raise file.error("stage", f"there is no stage {file.data['stage']}.")
        return {
            "stage": stage,
            "date": file.partial_date("date"),
            "end": file.partial_date("end"),
            "circa": file.data.get("circa", False),
            "theme": file.require("theme"),
            "key": file.data.get("key", False),
            "region": _reference(file, "region", Region),
            "session": _reference(file, "session", AssemblySession),
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
        }


class DocumentLoader(Loader):
    kind = "document"
    model = Document

    def files(self):
        return read_folder(CONTENT / "documents")

    def values(self, file):
        return {
            "kind": file.require("kind"),
            "number": file.data.get("number", ""),
            "date": file.partial_date("date"),
            "url": file.data.get("url", ""),
            "session": _reference(file, "session", AssemblySession),
            "milestone": _reference(file, "milestone", Milestone),
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("issuer"),
        }


LOADERS = [
    StageLoader,
    BodyLoader,
    PersonLoader,
    SessionLoader,
    MilestoneLoader,
    DocumentLoader,
]

"""The programme from its files."""

from itertools import zip_longest
from pathlib import Path

from assembly_site.pictures.models import Ornament
from assembly_site.sources.content_fields import (
    Choice,
    Clock,
    Key,
    LongTexts,
    PartOfDate,
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
    loaded,
    read_folder,
    read_tables,
)

from .models import (
    AccessProvision,
    Audience,
    Category,
    Event,
    Holiday,
    Occurrence,
    SpokenLanguage,
)

CONTENT = Path(__file__).parent / "content"

OCCURRENCE_FIELDS = {
    "start": PartOfDate(column="first_day", required=True),
    "end": PartOfDate(column="last_day", not_before="start"),
    "start_time": Clock(),
    "end_time": Clock(),
    "all_day": YesNo(),
    "time_to_be_confirmed": YesNo(),
    "venue": Key("venue"),
    "status": Choice(choices=Occurrence.Status, default=Occurrence.Status.SCHEDULED),
    "reason": Texts(),
}


class TermLoader(Loader):
    """The short lists: one file a list, one table a word."""

    fields = {"order": Whole(default=0), "title": Texts(required=True)}

    def files(self):
        return read_tables(CONTENT / f"{self.kind}s.toml")

    def values(self, file):
        return {"code": file.key, **super().values(file)}


class AudienceLoader(TermLoader):
    kind = "audience"
    model = Audience


class AccessProvisionLoader(TermLoader):
    kind = "access-provision"
    model = AccessProvision


class SpokenLanguageLoader(TermLoader):
    kind = "spoken-language"
    model = SpokenLanguage


class HolidayLoader(Loader):
    """The days the whole country keeps: one file, one table a day."""

    kind = "holiday"
    model = Holiday
    fields = {
        "month": Whole(required=True),
        "day": Whole(required=True),
        "since": Whole(),
        "until": Whole(not_before="since"),
        "title": Texts(required=True),
    }

    def files(self):
        return read_tables(CONTENT / "holidays.toml")


class CategoryLoader(Loader):
    kind = "category"
    model = Category
    fields = {
        "slug": Word(required=True),
        "schema_type": Word(required=True),
        "ornament": Choice(choices=Ornament, required=True),
        "order": Whole(required=True),
        "title": Texts(required=True),
        "introduction": Texts(),
    }

    def files(self):
        return read_folder(CONTENT / "categories")


class EventLoader(Loader):
    kind = "event"
    model = Event
    children = ("citations", "occurrences")
    fields = {
        "category": Key("category", required=True),
        "region": Key("region"),
        "mode": Choice(
            choices=Event.AttendanceMode,
            column="attendance_mode",
            default=Event.AttendanceMode.IN_PERSON,
        ),
        "admission": Choice(choices=Event.Admission),
        "audiences": Ties("audience"),
        "languages": Ties("spoken-language"),
        "access": Ties("access-provision"),
        "session": Key("session", numbered=True),
        "milestone": Key("milestone"),
        "part_of": Tie("event"),
        "title": Texts(required=True),
        "summary": Texts(required=True),
        "body": LongTexts(),
        "report": LongTexts(),
        "organiser": Texts(),
        "occurrences": Tables(models=(Occurrence,), fields=OCCURRENCE_FIELDS),
    }

    def files(self):
        return read_folder(CONTENT / "events")

    def write_children(self, instance, file):
        for name, model in (
            ("audiences", Audience), ("languages", SpokenLanguage), ("access", AccessProvision),
        ):  # fmt: skip
            getattr(instance, name).set(model.objects.filter(code__in=file.data.get(name, [])))
        # Dates that were loaded before keep their row: its UID stands in visitors' calendars.
        kept = list(instance.occurrences.order_by("pk"))
        tables = file.data.get("occurrences", [])
        for number, (occurrence, table) in enumerate(zip_longest(kept, tables), start=1):
            if table is None:
                occurrence.delete()
                continue
            occurrence = occurrence or Occurrence(event=instance)
            for name, value in self._occurrence_values(file, table).items():
                setattr(occurrence, name, value)
            self.save(occurrence, file, f"occurrences {number}")
        instance.save_span()

    def _occurrence_values(self, file: ContentFile, table: dict) -> dict:
        values = self.read(OCCURRENCE_FIELDS, Occurrence, file, table)
        first = values["first_day"]
        last = values["last_day"] or first
        return {
            **values,
            "first_day": first.first_day,
            "last_day": last.last_day,
            "precision": first.precision,
        }

    def link(self, instance, file):
        key = file.data.get("part_of")
        if key or instance.part_of_id:
            instance.part_of = key and loaded("event", key, file, Event)
            instance.save(update_fields=["part_of"])


LOADERS = [
    AudienceLoader,
    AccessProvisionLoader,
    SpokenLanguageLoader,
    HolidayLoader,
    CategoryLoader,
    EventLoader,
]

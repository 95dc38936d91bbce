"""The programme from its files."""

from datetime import time
from itertools import zip_longest
from pathlib import Path

from assembly_site.places.models import Region, Venue
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


class TermLoader(Loader):
    """The short lists: one file a list, one table a word."""

    def files(self):
        return read_tables(CONTENT / f"{self.kind}s.toml")

    def values(self, file):
        return {"code": file.key, "order": file.data.get("order", 0), **file.texts("title")}


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
    kind = "holiday"
    model = Holiday

    def files(self):
        return read_tables(CONTENT / "holidays.toml")

    def values(self, file):
        return {
            "month": file.require("month"),
            "day": file.require("day"),
            "since": file.data.get("since"),
            "until": file.data.get("until"),
            **file.texts("title"),
        }


class CategoryLoader(Loader):
    kind = "category"
    model = Category

    def files(self):
        return read_folder(CONTENT / "categories")

    def values(self, file):
        return {
            "schema_type": file.require("schema_type"),
            "ornament": file.require("ornament"),
            "order": file.require("order"),
            **file.texts("title"),
            **file.texts("introduction"),
        }


class EventLoader(Loader):
    kind = "event"
    model = Event
    children = ("citations", "occurrences")

    def files(self):
        return read_folder(CONTENT / "events")

    def values(self, file):
        history = {
            name: Event._meta.get_field(name).related_model for name in ("session", "milestone")
        }
        region = file.data.get("region")
        return {
            "category": loaded("category", file.require("category"), file, Category),
            "region": loaded("region", region, file, Region) if region else None,
            "attendance_mode": file.data.get("mode", "in-person"),
            "admission": file.data.get("admission", ""),
            **{
                name: loaded(name, file.data[name], file, model) if name in file.data else None
                for name, model in history.items()
            },
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
            **file.texts("report", markdown=True),
            **file.texts("organiser"),
        }

    def write_children(self, instance, file):
        instance.audiences.set(self._terms(file, "audiences", Audience))
        instance.languages.set(self._terms(file, "languages", SpokenLanguage))
        instance.access.set(self._terms(file, "access", AccessProvision))
        # Dates that were loaded before keep their row: its UID stands in visitors' calendars.
        kept = list(instance.occurrences.order_by("pk"))
        tables = file.data.get("occurrences", [])
        for occurrence, table in zip_longest(kept, tables):
            if table is None:
                occurrence.delete()
            else:
                self.save(self._occurrence(occurrence, instance, file, table), file)
        instance.save_span()

    def link(self, instance, file):
        if "part_of" in file.data:
            instance.part_of = loaded("event", file.data["part_of"], file, Event)
            instance.save(update_fields=["part_of"])

    def _terms(self, file, name, model):
        codes = file.data.get(name, [])
        terms = list(model.objects.filter(code__in=codes))
        unknown = set(codes) - {term.code for term in terms}
        if unknown:
            raise file.error(name, f"unknown: {', '.join(sorted(unknown))}.")
        return terms

    def _occurrence(
        self, occurrence: Occurrence | None, event: Event, file: ContentFile, table: dict
    ) -> Occurrence:
        first = file.partial_date("start", table)
        last = file.partial_date("end", table) or first
        if first is None:
            raise file.error("occurrences", "an occurrence has no start.")
        venue = table.get("venue")
        values = {
            "first_day": first.first_day,
            "last_day": last.last_day,
            "precision": first.precision,
            "start_time": self._clock(file, table, "start_time"),
            "end_time": self._clock(file, table, "end_time"),
            "all_day": table.get("all_day", False),
            "time_to_be_confirmed": table.get("time_to_be_confirmed", False),
            "venue": loaded("venue", venue, file, Venue) if venue else None,
            "status": table.get("status", "scheduled"),
            **file.texts("reason", table),
        }
        occurrence = occurrence or Occurrence(event=event)
        for name, value in values.items():
            setattr(occurrence, name, value)
        return occurrence

    def _clock(self, file, table, name):
        if name not in table:
            return None
        try:
            return time.fromisoformat(str(table[name]))
        except ValueError as error:
            raise file.error(name, f"“{table[name]}” is not a time such as 15:00.") from error


LOADERS = [
    AudienceLoader,
    AccessProvisionLoader,
    SpokenLanguageLoader,
    HolidayLoader,
    CategoryLoader,
    EventLoader,
]

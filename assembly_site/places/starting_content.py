"""Regions and venues from their files."""

from decimal import Decimal
from pathlib import Path

from assembly_site.sources.starting_content import (
    ContentFile,
    Loader,
    loaded,
    read_folder,
    read_tables,
)

from .models import PlaceName, Region, Venue

CONTENT = Path(__file__).parent / "content"


class RegionLoader(Loader):
    kind = "region"
    model = Region
    children = ("citations", "names")

    def files(self):
        return read_folder(CONTENT / "regions")

    def values(self, file: ContentFile) -> dict:
        return {
            "code": file.require("code"),
            "kato": file.require("kato"),
            "kind": file.require("kind"),
            "sort_order": file.require("sort_order"),
            "latitude": _decimal(file.require("lat")),
            "longitude": _decimal(file.require("lon")),
            "outline": file.require("outline"),
            "label_x": file.require("label_x"),
            "label_y": file.require("label_y"),
            "label_room": file.require("room"),
            **file.texts("name"),
            **file.texts("name_inside"),
            **file.texts("centre"),
            **file.texts("introduction"),
        }

    def write_children(self, instance, file):
        instance.names.all().delete()
        for table in file.data.get("names", []):
            name = PlaceName(
                region=instance,
                of=table.get("of", "region"),
                relation=table.get("relation", "name"),
                valid_from=file.partial_date("from", table),
                valid_to=file.partial_date("to", table),
                **file.texts("name", table),
            )
            self.save(name, file)


class VenueLoader(Loader):
    kind = "venue"
    model = Venue

    def files(self):
        """A file a region, a table a venue."""
        return [
            venue
            for path in sorted((CONTENT / "venues").glob("*.toml"))
            for venue in read_tables(path)
        ]

    def values(self, file: ContentFile) -> dict:
        return {
            "region": loaded("region", file.require("region"), file, Region),
            "latitude": _decimal(file.data.get("lat")),
            "longitude": _decimal(file.data.get("lon")),
            **file.texts("name"),
            **file.texts("address"),
            **file.texts("directions"),
        }


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))

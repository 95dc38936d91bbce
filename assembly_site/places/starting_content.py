"""Regions and venues from their files."""

from pathlib import Path

from assembly_site.sources.content_fields import (
    Choice,
    Key,
    Number,
    PartOfDate,
    Tables,
    Texts,
    Tie,
    Whole,
    Word,
)
from assembly_site.sources.starting_content import Loader, loaded, read_folder, read_tables

from .models import PlaceName, Region, Venue

CONTENT = Path(__file__).parent / "content"

NAME_FIELDS = {
    "of": Choice(choices=PlaceName.Of, default=PlaceName.Of.REGION),
    "relation": Choice(choices=PlaceName.Relation, default=PlaceName.Relation.NAME),
    "from": PartOfDate(column="valid_from"),
    "to": PartOfDate(column="valid_to", not_before="from"),
    "whole": Tie("region"),
    "name": Texts(required=True),
}


class RegionLoader(Loader):
    kind = "region"
    model = Region
    children = ("citations", "names")
    fields = {
        "slug": Word(required=True),
        "code": Word(required=True),
        "kato": Word(required=True),
        "kind": Choice(choices=Region.Kind, required=True),
        "sort_order": Whole(required=True),
        "lat": Number(column="latitude", required=True),
        "lon": Number(column="longitude", required=True),
        "outline": Word(required=True),
        "label_x": Number(required=True),
        "label_y": Number(required=True),
        "room": Number(column="label_room", required=True),
        "name": Texts(required=True),
        "name_inside": Texts(),
        "centre": Texts(required=True),
        "introduction": Texts(),
        "names": Tables(models=(PlaceName,), fields=NAME_FIELDS),
    }

    def files(self):
        return read_folder(CONTENT / "regions")

    def write_children(self, instance, file):
        instance.names.all().delete()
        for number, table in enumerate(file.data.get("names", []), start=1):
            name = PlaceName(region=instance, **self.read(NAME_FIELDS, PlaceName, file, table))
            self.save(name, file, f"names {number}")

    def link(self, instance, file):
        tables = file.data.get("names", [])
        for number, (name, table) in enumerate(
            zip(instance.names.order_by("pk"), tables, strict=True), start=1
        ):
            if "whole" in table:
                name.whole = loaded("region", table["whole"], file, Region)
                self.save(name, file, f"names {number}")


class VenueLoader(Loader):
    kind = "venue"
    model = Venue
    fields = {
        "region": Key("region", required=True),
        "lat": Number(column="latitude"),
        "lon": Number(column="longitude"),
        "name": Texts(required=True),
        "address": Texts(),
        "directions": Texts(),
    }

    def files(self):
        """A file a region, a table a venue."""
        return [
            venue
            for path in sorted((CONTENT / "venues").glob("*.toml"))
            for venue in read_tables(path)
        ]

"""Made-up venues: a few for each town, the same for every seed, and known by a mark."""

from collections.abc import Iterable

from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.places.models import Region, Venue

from .words import WORDS, Town, in_columns, sentence, towns_of

# In this field made-up venues are known by; no venue of an editor says so.
VENUE_MARK = in_columns("directions", WORDS["sentences"]["made_up_venue"])


def made_up_venues(regions: Iterable[Region]) -> list[Venue]:
    return [
        _venue(region, town, kind, number)
        for region in regions
        for place, town in enumerate(towns_of(region))
        for number, kind in enumerate(WORDS["venues"], start=1 + place * 10)
    ]


def venue_key(region: Region, kind: str, town: Town) -> tuple[int, str]:
    """By what a made-up venue is found: its region and its Kazakh name."""
    return region.pk, _name(kind, town)["kk"]


def _name(kind, town):
    names, towns = WORDS["venues"][kind], town["name"]
    return sentence(
        "venue", {code: {"kind": names[code], "town": towns[code]} for code in LANGUAGE_CODES}
    )


def _venue(region, town, kind, number):
    words = {code: {"number": number} for code in LANGUAGE_CODES}
    return Venue(
        region=region,
        # Only the centre's place is known: the venue of another town stands without one.
        latitude=region.latitude if number < 10 else None,
        longitude=region.longitude if number < 10 else None,
        step_free=(None, True, False)[number % 3],
        **in_columns("name", _name(kind, town)),
        **in_columns("address", sentence("address", words)),
        **VENUE_MARK,
    )

"""A region knows what it was called on a day, and what it was then a part of."""

import pytest
from django.core.exceptions import ValidationError

from assembly_site.languages.dates import PartialDate
from assembly_site.places.models import PlaceName, Region
from assembly_site.places.starting_content import RegionLoader

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("slug", "day", "name", "whole"),
    [
        ("abai", PartialDate(1997, 4), "Semipalatinsk Region", None),
        ("abai", PartialDate(1997, 5, 1), "East Kazakhstan Region", "east-kazakhstan"),
        ("abai", PartialDate(2022, 6, 7), "East Kazakhstan Region", "east-kazakhstan"),
        ("abai", PartialDate(2022, 6, 8), None, None),
        ("abai", None, None, None),
        ("east-kazakhstan", PartialDate(2000), None, None),
        ("astana", PartialDate(2020), "Nur-Sultan", None),
    ],
)
def test_a_region_knows_its_name_of_a_day_and_its_whole(slug, day, name, whole):
    region = factories.kazakhstan()[slug]

    named, part_of = region.name_on(day), region.part_of_on(day)

    assert (named and named.name_en) == name
    assert (part_of and part_of.whole and part_of.whole.slug) == whole


def test_a_city_keeps_its_own_name_inside_a_region():
    south = factories.RegionFactory(slug="turkistan")
    city = factories.RegionFactory(slug="shymkent", kind="city")
    city.names.create(
        relation="part-of", whole=south, name_kk="ОҚО", valid_to=PartialDate(2018, 6, 19)
    )

    assert city.name_on(PartialDate(2010)) is None
    assert city.part_of_on(PartialDate(2010)).whole == south


def test_what_a_part_of_a_region_belonged_to_is_no_name_of_the_region():
    kostanay = factories.RegionFactory(slug="kostanay")
    kostanay.names.create(
        of="part", relation="part-of", name_kk="Торғай облысы", valid_to=PartialDate(1997)
    )

    assert kostanay.name_on(PartialDate(1995)) is None
    assert kostanay.part_of_on(PartialDate(1995)) is None


@pytest.mark.parametrize(("relation", "whole"), [("name", "east-kazakhstan"), ("part-of", "abai")])
def test_a_whole_is_another_region_of_which_it_was_a_part(relation, whole):
    regions = factories.kazakhstan()
    name = PlaceName(
        region=regions["abai"], relation=relation, whole=regions[whole], name_kk="Шығыс"
    )

    with pytest.raises(ValidationError):
        name.full_clean()


def test_the_starting_content_ties_each_part_to_its_whole():
    wholes = {
        file.key: [table["whole"] for table in file.data.get("names", []) if "whole" in table]
        for file in RegionLoader().files()
    }

    assert {key: found for key, found in wholes.items() if found} == {
        "abai": ["east-kazakhstan"],
        "akmola": ["north-kazakhstan"],
        "shymkent": ["turkistan"],
        "ulytau": ["karaganda"],
        "zhetysu": ["almaty-region"],
    }


def test_an_editor_chooses_the_whole_in_the_form_of_the_region(admin_client):
    regions = factories.kazakhstan()
    address = f"/admin/places/region/{regions['abai'].pk}/change/"
    form = form_values(admin_client.get(address))
    number = next(
        key.split("-")[1] for key, value in form.items()
        if key.endswith("-name_kk") and value == "Семей облысы"
    )  # fmt: skip

    response = admin_client.post(
        address, {**form, f"names-{number}-whole": str(regions["pavlodar"].pk)}
    )

    assert response.status_code == 302
    name = Region.objects.get(slug="abai").names.get(name_kk="Семей облысы")
    assert name.whole == regions["pavlodar"]

"""The map, its table, and the pages of regions and kinds."""

from datetime import date

import pytest
import time_machine

from assembly_site.languages.dates import PartialDate

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


@pytest.fixture
def abai():
    region = factories.RegionFactory(
        slug="abai",
        name_en="Abai Region",
        name_inside_en="in Abai Region",
        introduction_en="The House of Friendship stands in Semey [1].",
        introduction_kk="Достық үйі Семейде [1].",
        introduction_ru="Дом дружбы стоит в Семее [1].",
        outline="M0 0h100v100z",
    )
    factories.CitationFactory(target=region, number=1)
    return region


@IN_MAY
def test_the_map_counts_what_is_ahead_what_is_this_month_and_all(client, abai):
    factories.RegionFactory(slug="empty", sort_order=9999)
    for day in (date(2025, 3, 1), date(2025, 5, 25), date(2025, 8, 1)):
        factories.OccurrenceFactory(event__region=abai, first_day=day)
    factories.OccurrenceFactory(first_day=date(2025, 5, 26))

    response = client.get("/en/events/map/")

    assert [
        (row.region.slug, row.upcoming, row.this_month, row.total)
        for row in response.context["rows"]
    ] == [("abai", 2, 1, 3), ("empty", 0, 0, 0)]
    assert response.context["nationwide"] == {"upcoming": 1, "month": 1, "all": 1}
    assert 'aria-label="Abai Region, 3 events"' in response.content.decode()


@IN_MAY
def test_every_number_of_the_map_is_what_its_link_shows(client, abai):
    sport = factories.CategoryFactory(slug="sport")
    for category in (sport, sport, factories.CategoryFactory()):
        factories.OccurrenceFactory(event__region=abai, event__category=category)

    (row,) = client.get("/en/events/map/?category=sport&region=abai").context["rows"]

    assert row.total == 2
    assert client.get(row.address).context["programme"].event_count == 2


@IN_MAY
def test_a_region_has_a_page_with_its_words_its_events_and_their_feeds(client, abai):
    coming = factories.OccurrenceFactory(event__region=abai, first_day=date(2025, 6, 1))
    past = factories.OccurrenceFactory(event__region=abai, first_day=date(2025, 3, 1))

    response = client.get("/en/events/regions/abai/")
    text = response.content.decode()

    assert response.context["coming_occurrences"] == [coming]
    assert response.context["past_occurrences"] == [past]
    assert "The House of Friendship stands in Semey" in text
    assert 'href="#note-1"' in text
    assert "<title>Events in Abai Region" in text
    assert 'href="/en/events/programme.ics?region=abai"' in text
    assert '"AdministrativeArea"' in text


@IN_MAY
def test_a_region_without_events_says_so_and_leads_on(client, abai):
    text = client.get("/kk/events/regions/abai/").content.decode()

    assert "Мұнда алдағы іс-шара жарияланған жоқ." in text
    assert 'href="/kk/events/"' in text


@IN_MAY
def test_a_kind_has_a_page_of_its_own(client):
    sport = factories.CategoryFactory(
        slug="sport", title_en="Sport", introduction_en="Runs, tournaments and games."
    )
    coming = factories.OccurrenceFactory(event__category=sport, first_day=date(2025, 6, 1))

    response = client.get("/en/events/categories/sport/")

    assert response.context["coming_occurrences"] == [coming]
    assert "Runs, tournaments and games." in response.content.decode()


@pytest.mark.parametrize("folder", ["regions", "categories"])
def test_an_unknown_region_or_kind_is_a_404_and_a_former_address_leads_on(client, folder):
    make = {"regions": factories.RegionFactory, "categories": factories.CategoryFactory}[folder]
    one = make(slug="old-name")
    one.slug = "new-name"
    one.save()

    moved = client.get(f"/ru/events/{folder}/old-name/")

    assert (moved.status_code, moved["Location"]) == (301, f"/ru/events/{folder}/new-name/")
    assert client.get(f"/ru/events/{folder}/nothing/").status_code == 404


@pytest.mark.parametrize("slug", ["map", "calendar", "mine", "changes", "regions", "categories"])
def test_no_event_can_take_the_address_of_a_page_of_the_programme(slug):
    from django.core.exceptions import ValidationError

    named = factories.EventFactory(title_kk=slug)
    wished = factories.EventFactory.build(slug=slug, category=named.category)

    assert named.slug == f"{slug}-2"
    with pytest.raises(ValidationError, match="Бұл мекенжай сайттың өз бетіне тиесілі"):
        wished.full_clean()


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("kk", ["1992 жылға дейін", "1992 жылғы шілдеден 1998 жылғы 6 мамырға дейін"]),
        ("ru", ["до 1992 г.", "с июля 1992 г. по 6 мая 1998 г."]),
        ("en", ["until 1992", "from July 1992 to 6 May 1998"]),
    ],
)
def test_former_names_say_for_how_long_they_held(client, code, terms):
    region = factories.RegionFactory(slug="astana")
    spans = [(None, PartialDate(1992)), (PartialDate(1992, 7), PartialDate(1998, 5, 6))]
    for first, last in spans:
        region.names.create(name_kk="Ақмола", valid_from=first, valid_to=last)

    text = client.get(f"/{code}/events/regions/astana/").content.decode().replace("\u00a0", " ")

    assert [term for term in terms if f" {term}</li>" in text] == terms

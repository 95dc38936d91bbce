"""Names know their date, threads keep their order, and half-known things say so."""

import pytest

from assembly_site.languages.dates import PartialDate
from assembly_site.places.models import PlaceName

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def capital():
    region = factories.RegionFactory(
        kind="city", centre_kk="Астана", centre_ru="Астана", centre_en="Astana"
    )
    PlaceName.objects.create(
        region=region,
        of="centre",
        name_kk="Нұр-Сұлтан",
        name_ru="Нур-Султан",
        name_en="Nur-Sultan",
        valid_from=PartialDate(2019, 3, 23),
        valid_to=PartialDate(2022, 9, 17),
    )
    return region


@pytest.mark.parametrize(
    ("date", "city", "today"),
    [
        (PartialDate(2018, 4, 28), "Astana", ""),
        (PartialDate(2019, 3, 22), "Astana", ""),
        (PartialDate(2019, 3, 23), "Nur-Sultan", "Astana"),
        (PartialDate(2021, 4), "Nur-Sultan", "Astana"),
        (PartialDate(2022, 9, 17), "Astana", ""),
        (None, "Astana", ""),
    ],
)
def test_a_session_stands_in_the_city_of_its_day(client, capital, date, city, today):
    session = factories.SessionFactory(number=27, region=capital, date=date)

    text = client.get("/en/history/sessions/27/").content.decode()
    from django.utils import translation

    with translation.override("en"):
        assert (session.city, session.city_today) == (city, today)
    assert city in text
    assert ("today Astana" in text) is bool(today)


def test_neighbours_lead_along_the_whole_thread(client):
    rows = [factories.MilestoneFactory(date=PartialDate(year)) for year in (1990, 1995, 2000)]
    factories.MilestoneFactory(date=PartialDate(1996), draft=True)

    found = client.get(rows[1].get_absolute_url()).context["neighbours"]

    assert found == {"previous": rows[0], "next": rows[2]}


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_session_of_which_only_the_number_is_known_says_so(client, code):
    factories.SessionFactory(number=7, date=None, theme_kk="", theme_ru="", theme_en="")

    page = client.get(f"/{code}/history/sessions/7/")
    listed = client.get(f"/{code}/history/sessions/")

    assert page.status_code == listed.status_code == 200
    assert "VII" in page.content.decode()
    assert "VII" in listed.content.decode()


def test_people_stand_in_the_order_of_the_kazakh_alphabet(client):
    for name in ("Жансейіт Түймебаев", "Марат Әзілханов", "Расул Ахметов", "Дәурен Қалиев"):
        factories.PersonFactory(name_kk=name)

    listed = client.get("/kk/history/people/").context["people"]

    assert [person.name_kk.split()[-1] for person in listed] == [
        "Ахметов", "Әзілханов", "Қалиев", "Түймебаев",
    ]  # fmt: skip


def test_a_disputed_source_shows_its_own_version(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone, number=1, state="disputed", statement_kk="1995 жыл дейді."
    )

    assert "1995 жыл дейді." in client.get(milestone.get_absolute_url()).content.decode()


def test_a_decisions_note_mark_leads_to_the_note_of_its_session(client):
    session = factories.SessionFactory(number=22)
    factories.CitationFactory(target=session, number=1)
    session.decisions.create(number=1, text_en="To give thanks [1], and more [5].")

    text = client.get("/en/history/sessions/22/").content.decode()

    assert 'href="#note-1"' in text
    assert "more [5]" in text


def test_stages_without_milestones_and_an_empty_history_still_stand(client):
    empty = client.get("/ru/history/")
    stage = factories.StageFactory(number=1)

    assert empty.status_code == 200
    assert client.get(stage.get_absolute_url()).status_code == 200

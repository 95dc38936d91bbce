"""Pages of sessions, milestones, people, bodies, documents: whole, and honest of the unknown."""

import re
from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate
from assembly_site.places.models import PlaceName
from history.models import AssemblySession

from .. import factories

pytestmark = pytest.mark.django_db

LEAST = {
    "session": lambda: factories.SessionFactory(
        number=7, date=None, theme_kk="", theme_ru="", theme_en=""
    ),
    "milestone": lambda: factories.MilestoneFactory(body_kk="", body_ru="", body_en=""),
    "person": factories.PersonFactory,
    "body": lambda: factories.BodyFactory(summary_kk="", summary_ru="", summary_en=""),
    "document": factories.DocumentFactory,
}


def _text(client, instance, code="en"):
    response = client.get(f"/{code}{instance.get_absolute_url()[3:]}")
    assert response.status_code == 200
    return response.content.decode()


def _words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def _main(text):
    return text.partition("<main")[2].partition("</main>")[0]


def _section(text, anchor):
    """The words of a section, found by the anchor of its heading."""
    return _words(text.partition(f'id="{anchor}-heading">')[2].partition("</section>")[0])


def _facts(text):
    """The facts beside a text: heading → words."""
    pairs = re.findall(r"<div><dt>(.*?)</dt>(.*?)</div>", text, re.DOTALL)
    return {_words(heading): _words(words) for heading, words in pairs}


# The least there can be ---------------------------------------------------------------------


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", LEAST)
def test_a_page_of_the_least_there_can_be_has_no_empty_heading_and_no_empty_fact(
    client, kind, code
):
    text = _main(_text(client, LEAST[kind](), code))

    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", text, re.DOTALL)
    assert [level for level, _words_of in headings].count("1") == 1
    assert all(_words(words) for _level, words in headings)
    assert all(_facts(text).values())
    assert re.findall(r"<(p|ul|ol|dl|section)[^>]*>\s*</\1>", text) == []
    # A heading with nothing under it before the next one of its level.
    sections = re.findall(r"<section.*?</section>", text, re.DOTALL)
    assert all(len(_words(re.sub(r"<h2.*?</h2>", "", one, flags=re.DOTALL))) for one in sections)


def test_a_session_of_which_only_the_number_is_known_asks_for_help(client):
    text = _text(client, LEAST["session"]())

    assert "Our sources show only the number of this session." in text
    assert '<a href="/en/pages/contacts/">' in text
    assert _facts(text) == {"Number": "7 (VII)", "Date": "not known"}


@pytest.mark.parametrize("kind", LEAST)
def test_a_draft_is_seen_whole_by_its_link_and_shows_no_other_draft(client, kind):
    names = {"person": "Құпия тұлға", "body": "Құпия орган", "document": "Құпия құжат"}
    drafts = {
        "session": factories.SessionFactory(draft=True, number=8),
        "milestone": factories.MilestoneFactory(draft=True),
        "person": factories.PersonFactory(draft=True, name_kk=names["person"]),
        "body": factories.BodyFactory(draft=True, title_kk=names["body"]),
        "document": factories.DocumentFactory(draft=True, title_kk=names["document"]),
    }
    for one in (drafts["session"], drafts["milestone"]):
        one.people.add(drafts["person"])
    for one in (drafts["milestone"], drafts["document"]):
        one.bodies.add(drafts["body"])
    drafts["person"].appointments.create(body=drafts["body"], role_kk="Төраға")
    drafts["document"].author = drafts["person"]
    drafts["document"].save()

    response = client.get(factories.draft_link(drafts[kind]).path + "?language=kk")

    text = response.content.decode()
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "application/ld+json" not in text
    assert [name for name in names.values() if name in text] == [
        name for of_kind, name in names.items() if of_kind == kind
    ]


# Sessions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("numeral", ["XXXIV", "xxxiv", "034", "0034"])
@pytest.mark.parametrize("code", ["kk", "en"])
def test_a_session_written_otherwise_leads_to_its_one_address_for_ever(client, code, numeral):
    response = client.get(f"/{code}/history/sessions/{numeral}/")

    assert response.status_code == 301
    assert response["Location"] == f"/{code}/history/sessions/34/"


@pytest.mark.parametrize("number", ["0", "00", "4000", "99999", "VX", "IIII", "abc", "9" * 60])
def test_a_number_of_no_session_gets_a_page_with_a_next_step(client, number):
    response = client.get(f"/ru/history/sessions/{number}/")

    assert response.status_code == 404
    assert 'href="/ru/history/sessions/"' in response.content.decode()


@pytest.fixture
def capital():
    region = factories.RegionFactory(
        kind="city", name_en="Astana", centre_kk="Астана", centre_ru="Астана", centre_en="Astana"
    )
    PlaceName.objects.create(
        region=region, of="centre", name_kk="Нұр-Сұлтан", name_ru="Нур-Султан",
        name_en="Nur-Sultan", valid_from=PartialDate(2019, 3, 23),
        valid_to=PartialDate(2022, 9, 17),
    )  # fmt: skip
    PlaceName.objects.create(
        region=region, of="centre", name_kk="Ақмола", name_ru="Акмола", name_en="Akmola",
        valid_from=PartialDate(1992, 7), valid_to=PartialDate(1998, 5, 6),
    )  # fmt: skip
    return region


@pytest.fixture
def assembly():
    body = factories.BodyFactory(kind="assembly", slug="assembly", title_en="Assembly of People")
    body.names.create(
        name_kk="Халықтар Ассамблеясы", name_ru="Ассамблея народов", name_en="Assembly of Peoples",
        valid_from=PartialDate(1995, 3, 1), valid_to=PartialDate(2007, 7, 26),
    )  # fmt: skip
    return body


@pytest.mark.parametrize(
    ("day", "city", "name"),
    [
        (
            PartialDate(1996),
            "Akmola (today Astana)",
            "Assembly of Peoples (today Assembly of People)",
        ),
        (PartialDate(2008, 10), "Astana", "Assembly of People"),
        (PartialDate(2019, 4, 29), "Nur-Sultan (today Astana)", "Assembly of People"),
    ],
)  # fmt: skip
def test_a_session_tells_the_city_and_the_assembly_as_they_were_called_that_day(
    client, capital, assembly, day, city, name
):
    session = factories.SessionFactory(number=27, region=capital, date=day)
    factories.SessionFactory(number=26, region=capital, date=PartialDate(2000))

    facts = _facts(_text(client, session))

    assert (facts["City"], facts["Held by"]) == (city, name)


def test_the_heading_of_a_session_says_number_date_and_city_of_that_day(client, capital):
    session = factories.SessionFactory(number=27, region=capital, date=PartialDate(2019, 4, 29))

    heading = re.search(r"<h1>(.*?)</h1>", _text(client, session), re.DOTALL).group(1)

    spoken = re.sub(r"<[^>]+>", "", heading).replace("\u00a0", " ")
    assert spoken == "Session XXVII, 29 April 2019, Nur-Sultan"


def test_decisions_are_told_with_their_state_and_what_came_of_them(client):
    session = factories.SessionFactory(number=34)
    decision = session.decisions.create(
        number=3, text_en="To adopt a concept", state="became-law", outcome_en="Adopted in winter"
    )
    idle = session.decisions.create(number=4, text_en="To open a house")
    decision.milestones.add(factories.MilestoneFactory(title_en="The concept is signed"))
    decision.documents.add(factories.DocumentFactory(title_en="Concept to 2030"))
    decision.bodies.add(factories.BodyFactory(title_en="Council of Mothers"))

    text = _text(client, session)

    told = _section(text, "threads")
    for words in (
        "To adopt a concept", "became law", "Adopted in winter", "The concept is signed",
        "Concept to 2030", "Council of Mothers", "To open a house", "outcome not known",
    ):  # fmt: skip
        assert words in told
    assert f'<li class="decision" value="{idle.number}">' in text


def test_a_session_shows_who_took_part_its_documents_and_its_neighbours(client):
    session = factories.SessionFactory(number=34, chair=factories.PersonFactory(name_en="A Chair"))
    session.people.add(factories.PersonFactory(name_en="B Speaker"))
    factories.DocumentFactory(
        session=session, title_en="The speech", kind="speech", number="5", file_language="ru",
        url="https://example.org/speech",
    )  # fmt: skip
    factories.MilestoneFactory(session=session, title_en="The session itself")
    factories.SessionFactory(number=33)
    factories.SessionFactory(number=35, draft=True)

    text = _text(client, session)

    assert _facts(text)["In the chair"] == "A Chair"
    assert _section(text, "people").endswith("B Speaker")
    assert "The session itself" in _section(text, "milestones")
    documents = _section(text, "documents")
    assert "The speech" in documents
    assert "speech № 5" in documents
    assert "(in Russian)" in documents
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', text) == [
        ("prev", "/en/history/sessions/33/")
    ]


# Milestones ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "of", "day", "place"),
    [
        ("region", "region", PartialDate(1991), "Guryev Region (today Atyrau Region)"),
        ("region", "region", PartialDate(1993), "Atyrau Region"),
        ("city", "centre", PartialDate(1991), "Guryev Region (today Atyrau Region)"),
        ("region", "centre", PartialDate(1991), "Atyrau Region"),
    ],
)
def test_a_milestone_stands_in_its_place_under_the_name_of_that_day(client, kind, of, day, place):
    region = factories.RegionFactory(kind=kind, name_en="Atyrau Region")
    PlaceName.objects.create(
        region=region, of=of, name_en="Guryev Region", valid_to=PartialDate(1992, 2)
    )

    facts = _facts(_text(client, factories.MilestoneFactory(region=region, date=day)))

    assert facts["Where"] == place


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (PartialDate(1995), "1995 only the year is known"),
        (PartialDate(1995, 3), "March 1995 the day is not known"),
        (PartialDate(1995, 3, 1), "1 March 1995"),
    ],
)
def test_a_date_of_which_a_part_is_known_says_so(client, day, words):
    for instance in (
        factories.MilestoneFactory(date=day),
        factories.DocumentFactory(date=day),
        factories.SessionFactory(date=day),
    ):
        assert _facts(_text(client, instance))["Date"].replace("\u00a0", " ") == words


def test_a_milestone_shows_all_that_hangs_on_it_and_the_decision_behind_it(client):
    session = factories.SessionFactory(number=22)
    milestone = factories.MilestoneFactory(session=session, title_en="The house opens")
    milestone.people.add(factories.PersonFactory(name_en="A Guest"))
    milestone.bodies.add(factories.BodyFactory(title_en="The Council"))
    factories.DocumentFactory(milestone=milestone, title_en="The decree")
    decided = factories.SessionFactory(number=20).decisions.create(number=1, text_en="Open a house")
    decided.milestones.add(milestone)

    text = _text(client, milestone)

    assert _facts(text)["Session"].startswith("Session XXII")
    assert _section(text, "people").endswith("A Guest")
    assert _section(text, "bodies").endswith("The Council")
    assert "The decree" in _section(text, "documents")
    assert 'href="/en/history/sessions/20/"' in text
    assert "Open a house" in _section(text, "threads")


# People -------------------------------------------------------------------------------------


def test_a_person_shows_offices_with_their_dates_and_all_they_took_part_in(client):
    person = factories.PersonFactory(name_en="Dana Example")
    council = factories.BodyFactory(title_en="The Council")
    person.appointments.create(role_en="Chair", body=council, start=PartialDate(2008))
    person.appointments.create(role_en="Senator", seen_from=PartialDate(2013, 4, 24))
    person.appointments.create(role_en="Envoy", body=factories.BodyFactory(draft=True))
    chaired = factories.SessionFactory(number=20, chair=person)
    chaired.people.add(person)
    factories.SessionFactory(number=21).people.add(person)
    factories.MilestoneFactory(title_en="The house opens").people.add(person)
    factories.DocumentFactory(title_en="The speech", author=person)

    text = _text(client, person)

    offices = _section(text, "offices").replace("\u00a0", " ")
    assert "since 2008 Chair, The Council" in offices
    assert "24 April 2013 Senator seen in office in our sources" in offices
    assert "date not known Envoy" in offices
    assert "Session XX" in _section(text, "chaired")
    assert re.findall(r"Session \w+", _section(text, "spoke")) == ["Session XXI"]
    assert "The house opens" in _section(text, "milestones")
    assert "The speech" in _section(text, "documents")


def test_neighbours_of_a_person_follow_the_kazakh_alphabet(client):
    people = {
        name: factories.PersonFactory(name_kk=name)
        for name in ("Марат Әзілханов", "Жұматай Әлиев", "Александр Барон")
    }
    factories.PersonFactory(name_kk="Дәурен Әйтеков", draft=True)

    found = client.get(people["Жұматай Әлиев"].get_absolute_url()).context["neighbours"]

    assert found == {
        "previous": people["Марат Әзілханов"],
        "next": people["Александр Барон"],
    }


# Bodies and documents -----------------------------------------------------------------------


def test_a_body_shows_its_names_its_people_and_what_it_hangs_on(client, assembly):
    assembly.founded = PartialDate(1995, 3, 1)
    assembly.save()
    council = factories.BodyFactory(title_en="The Council", part_of=assembly)
    factories.BodyFactory(part_of=assembly, draft=True)
    chair = factories.PersonFactory(name_en="Dana Example")
    chair.appointments.create(body=assembly, role_en="Chair", start=PartialDate(1995),
                              end=PartialDate(2021))  # fmt: skip
    factories.DocumentFactory(title_en="The law").bodies.add(assembly)
    factories.MilestoneFactory(title_en="The renaming").bodies.add(assembly)
    decided = factories.SessionFactory(number=3).decisions.create(number=1, text_en="Rename it")
    decided.bodies.add(assembly)

    text = _text(client, assembly)

    facts = {name: words.replace("\u00a0", " ") for name, words in _facts(text).items()}
    assert facts == {
        "Founded": "1 March 1995",
        "Its parts": "The Council",
        "Names it had": "Assembly of Peoples (today Assembly of People) "
        "1 March 1995 – 26 July 2007",
    }
    assert "1995–2021 Dana Example , Chair" in _section(text, "people")
    assert "The law" in _section(text, "documents")
    assert "The renaming" in _section(text, "milestones")
    assert "Rename it" in _section(text, "threads")
    assert _facts(_text(client, council))["Part of"] == "Assembly of People"


def test_a_document_without_an_address_says_so_and_asks_for_help(client):
    reading = _section(_text(client, factories.DocumentFactory()), "reading")

    assert "We did not find it in an open archive." in reading
    assert "Contacts" in reading


def test_a_document_whose_address_no_longer_answers_says_so_and_offers_the_copy(client):
    document = factories.DocumentFactory(url="https://example.org/law", file_language="kk")
    alive = factories.DocumentFactory(url="https://example.org/other")
    factories.SourceFactory(
        url="https://example.org/law",
        archive_url="https://archive.example.org/law",
        unreachable_since=date(2026, 11, 1),
    )

    text = _text(client, document)

    assert "not answered since 1 November 2026" in _section(text, "reading").replace("\u00a0", " ")
    assert 'href="https://archive.example.org/law"' in text
    assert "not answered" not in _text(client, alive)


def test_a_document_can_be_cited_by_one_line_of_all_that_is_known(client):
    document = factories.DocumentFactory(
        title_en="Law on the Assembly [1]", issuer_en="Parliament", number="70-IV",
        date=PartialDate(2008, 10, 20), url="https://example.org/law",
    )  # fmt: skip

    line = re.search(r"<textarea[^>]*>(.*?)</textarea>", _text(client, document), re.DOTALL).group(
        1
    )

    assert line.replace("\u00a0", " ") == (
        "Law on the Assembly. Parliament, 20 October 2008, № 70-IV. https://example.org/law"
    )


def test_neighbours_of_a_document_follow_its_date(client):
    rows = [factories.DocumentFactory(date=PartialDate(year)) for year in (1995, 2008, 2008, 2025)]
    factories.DocumentFactory(date=PartialDate(2010), draft=True)

    assert client.get(rows[2].get_absolute_url()).context["neighbours"] == {
        "previous": rows[1],
        "next": rows[3],
    }


def test_an_old_anchor_of_today_still_lands_on_the_card_of_its_body(client):
    factories.BodyFactory(slug="council-of-mothers")

    assert 'id="council-of-mothers"' in client.get("/kk/history/today/").content.decode()


# What it costs ------------------------------------------------------------------------------


def _laden(count, region):
    """A session and a milestone with `count` of all that can hang on them."""
    session = factories.SessionFactory(region=region, chair=factories.PersonFactory())
    milestone = factories.MilestoneFactory(region=region, session=session)
    factories.BodyFactory(kind="assembly").names.create(name_kk="Атау", valid_to=PartialDate(2007))
    for number in range(count):
        person, body = factories.PersonFactory(), factories.BodyFactory()
        document = factories.DocumentFactory(session=session, milestone=milestone)
        decision = session.decisions.create(number=number, text_kk="Шешім")
        for one in (session, milestone):
            one.people.add(person)
            factories.CitationFactory(target=one, number=number)
        milestone.bodies.add(body)
        for tie, one in (("milestones", milestone), ("documents", document), ("bodies", body)):
            getattr(decision, tie).add(one)
        PlaceName.objects.create(region=region, name_kk=f"Атау {number}", of="centre")
    return session, milestone


def test_a_session_and_a_milestone_ask_eight_questions_however_much_hangs_on_them(client):
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from history.models import Milestone

    for kind in (AssemblySession, Milestone):
        ContentType.objects.get_for_model(kind)
    asked = []
    for count in (1, 9):
        for instance in _laden(count, factories.RegionFactory()):
            with CaptureQueriesContext(connection) as queries:
                _text(client, instance)
            asked.append(len(queries))

    assert asked == [8, 8, 8, 8]

"""What every public page keeps: languages, fallback, errors, weight, queries."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate
from assembly_site.pages.models import Page
from events.models import Event
from history.models import AssemblySession, Body, Milestone, Person, Stage

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru-RU,ru;q=0.9", "ru"), ("de,en;q=0.5", "en"), ("de", "kk"), ("", "kk"), ("*", "kk")],
)
def test_the_root_leads_to_the_visitors_language_and_varies_on_it(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize("address", ["/events/", "/history/", "/de/events/", "/kk/nope/"])
def test_no_other_address_guesses_a_language(client, address):
    response = client.get(address, headers={"accept-language": "en"})

    assert response.status_code == 404


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_page_speaks_the_language_of_its_address(client, code):
    response = client.get(f"/{code}/events/?when=all")

    assert f'<html lang="{code}">' in response.content.decode()
    assert response["Content-Language"] == code


def test_the_language_switch_keeps_the_page_and_its_query(client):
    text = client.get("/kk/events/?when=all").content.decode()

    assert 'href="/ru/events/?when=all"' in text
    assert 'href="/en/events/?when=all"' in text


def test_a_text_that_falls_back_carries_its_language(client):
    page = factories.PageFactory(title_en="", body_en="", body_kk="<p>Қазақша мәтін</p>")

    text = client.get(page.get_absolute_url().replace("/kk/", "/en/")).content.decode()

    assert f'<span lang="kk">{page.title_kk}</span>' in text
    assert '<div lang="kk"><p>Қазақша мәтін</p></div>' in text
    assert "not yet translated" in text


def test_hostile_text_never_reaches_a_page_as_markup(client):
    evil = '<script>alert(1)</script><p onclick="x()">Text <a href="javascript:x()">a</a></p>'
    page = factories.PageFactory(
        body_en=evil, title_en="<img src=x onerror=alert(1)>", summary_en=evil[:300]
    )

    text = client.get(page.get_absolute_url().replace("/kk/", "/en/")).content.decode()

    assert "<script>alert" not in text
    assert "onclick" not in text.replace("onclick=&quot;", "")
    assert "javascript:x" not in re.sub(r"&lt;.*?&gt;", "", text)
    assert "<img src=x" not in text


def test_note_marks_and_notes_point_at_each_other(client):
    milestone = factories.MilestoneFactory(
        body_en="<p>Founded on 1 March [1], noted again [1], unknown [7].</p>"
    )
    factories.CitationFactory(target=milestone, number=1)

    text = client.get(f"/en/history/milestones/{milestone.slug}/").content.decode()

    assert text.count('href="#note-1"') == 2
    assert text.count('id="mark-1"') == 1
    assert 'id="note-1"' in text
    assert 'href="#mark-1"' in text
    assert "unknown [7]" in text


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_wrong_address_gets_a_helpful_404_in_its_language(client, code):
    response = client.get(f"/{code}/nothing/")

    assert response.status_code == 404
    assert f'href="/{code}/events/"' in response.content.decode()


def test_in_development_too_a_wrong_address_gets_the_sites_own_page(client, settings):
    settings.DEBUG = True

    response = client.get("/ru/nothing/")

    assert response.status_code == 404
    assert 'href="/ru/events/"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/kk/history/sessions/0/", "/kk/history/sessions/4000/", "/kk/history/sessions/VX/",
        "/kk/history/sessions/" + "9" * 40 + "/", "/e/" + "9" * 40 + "/", "/kk/pages/x%00/",
        "/kk/events/%D2%9B/", "/kk/history/stages/" + "a" * 5000 + "/", "/preview/%00/",
        "/kk/events/..%2F..%2Fetc/", "/kk/history/people/%F0%9F%98%80/",
    ],
)  # fmt: skip
def test_an_impossible_address_is_a_404_and_never_a_failure(client, address):
    assert client.get(address).status_code == 404


def test_a_failure_page_needs_no_database(client, settings):
    client.raise_request_exception = False
    from unittest.mock import patch

    with patch("assembly_site.home.moment_of", side_effect=RuntimeError):
        response = client.get("/kk/")

    assert response.status_code == 500
    assert 'lang="ru"' in response.content.decode()


def test_a_page_comes_without_indentation_and_says_its_true_length(client):
    response = client.get("/kk/")

    assert re.search(rb"\n[ \t\n]", response.content) is None
    assert response["Content-Length"] == str(len(response.content))


def test_visitors_get_no_cookie_and_no_third_party(client):
    factories.OccurrenceFactory()
    for address in ("/kk/", "/kk/events/?when=all", "/kk/history/"):
        response = client.get(address)
        outside = re.findall(r'(?:src|href)="(https?://[^"]+)"', response.content.decode())
        assert response.cookies == {}
        assert [url for url in outside if "127.0.0.1" not in url] == []


def test_stages_and_regions_stand_in_their_order_on_the_home_page(client):
    stages = [factories.StageFactory(number=number) for number in (3, 1, 2)]
    regions = [factories.RegionFactory(sort_order=order) for order in (7, 5, 6)]

    context = client.get("/kk/").context

    assert list(context["stages"]) == sorted(stages, key=lambda stage: stage.number)
    assert [row.region for row in context["regions"]] == sorted(
        regions, key=lambda region: region.sort_order
    )


def test_a_conditional_request_is_answered_304(client):
    etag = client.get("/kk/events/")["ETag"]

    assert client.get("/kk/events/", headers={"if-none-match": etag}).status_code == 304


def _fill(count):
    stage = factories.StageFactory()
    region = factories.RegionFactory()
    for number in range(count):
        event = factories.OccurrenceFactory(event__region=region).event
        session = factories.SessionFactory(region=region, stage=stage)
        milestone = factories.MilestoneFactory(stage=stage, session=session, region=region)
        factories.CitationFactory(target=milestone, number=1)
        factories.CitationFactory(target=event, number=1)
        person = factories.PersonFactory()
        body = factories.BodyFactory()
        person.appointments.create(
            role_kk="Төраға", body=body, start=PartialDate(2000 + number % 20)
        )
        body.figures.create(series="x", value=1, date=PartialDate(2020))
        document = factories.DocumentFactory(session=session, milestone=milestone, author=person)
        for one in (body, document, person):
            factories.CitationFactory(target=one, number=1)
        document.bodies.add(body)
        session.people.add(person)
        milestone.people.add(person)
        milestone.bodies.add(body)
        decision = session.decisions.create(number=1, text_kk="Шешім")
        decision.milestones.add(milestone)
        decision.documents.add(document)
        decision.bodies.add(body)
    return {
        "/kk/": 14,
        "/kk/events/?when=all": 8,
        "/kk/history/": 8,
        "/kk/history/sessions/": 8,
        "/kk/history/people/": 8,
        "/kk/history/today/": 8,
        "/kk/history/bodies/": 8,
        "/kk/history/documents/": 8,
        "/kk/history/documents/?by=date": 8,
        "/kk/history/sessions.csv": 8,
        stage.get_absolute_url(): 8,
        milestone.get_absolute_url(): 8,
        session.get_absolute_url(): 8,
        person.get_absolute_url(): 8,
        body.get_absolute_url(): 10,
        document.get_absolute_url(): 8,
        event.get_absolute_url(): 8,
    }


def _count(client, connection, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_no_more_of_the_database_when_there_is_more_in_it(client):
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    # Content types are read once in the life of a process.
    for kind in (Stage, Milestone, AssemblySession, Person, Body, Page, Event):
        ContentType.objects.get_for_model(kind)
    limits = _fill(2)
    few = {address: _count(client, connection, address) for address in limits}
    _fill(20)
    many = {address: _count(client, connection, address) for address in limits}

    assert many == few
    assert {a: few[a] for a in few if few[a] > limits[a]} == {}

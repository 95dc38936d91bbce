"""What search engines are told to read, in which languages, and since when it is new."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assembly_site import sitemaps

from .. import factories

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
EARLY = time_machine.travel("2025-05-01T07:00:00Z", tick=False)
LATER = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _read(client, address="/sitemap.xml"):
    """Each address with its last change and its alternates."""
    response = client.get(address)
    assert response.status_code == 200
    root = ET.fromstring(response.content)  # noqa: S314 — our own answer
    return {
        url.findtext("s:loc", None, SPACES): (
            url.findtext("s:lastmod", None, SPACES),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACES)},
        )
        for url in root.findall("s:url", SPACES)
    }


def _changed(client, path):
    return _read(client)[f"{SITE}/kk/{path}"][0]


@pytest.fixture
@EARLY
def occurrence():
    return factories.OccurrenceFactory(
        event__slug="feast",
        event__region=factories.RegionFactory(slug="abai"),
        event__category=factories.CategoryFactory(slug="concert"),
    )


def test_every_kind_of_page_is_listed_in_every_language(client, occurrence):
    stage = factories.StageFactory(slug="stage")
    factories.MilestoneFactory(slug="milestone", stage=stage)
    factories.SessionFactory(number=34)
    factories.PersonFactory(slug="person")
    factories.BodyFactory(slug="council")
    factories.DocumentFactory(slug="law")
    factories.PageFactory(slug="about")
    paths = [
        "", "events/", "events/map/", "events/changes/", "events/regions/abai/",
        "events/categories/concert/", "events/feast/", "history/", "history/sessions/",
        "history/people/", "history/today/", "history/stages/stage/",
        "history/milestones/milestone/", "history/sessions/34/", "history/people/person/",
        "history/bodies/", "history/bodies/council/", "history/documents/",
        "history/documents/law/", "history/on-this-day/", "history/sources/", "pages/about/",
    ]  # fmt: skip

    found = _read(client)

    assert set(found) == {f"{SITE}/{code}/{path}" for path in paths for code in ("kk", "ru", "en")}
    assert [url for url in found if client.get(url.removeprefix(SITE)).status_code != 200] == []


def test_each_address_names_the_others_and_kazakh_as_the_default(client, occurrence):
    urls = {code: f"{SITE}/{code}/events/feast/" for code in ("kk", "ru", "en")}

    found = _read(client)

    for url in urls.values():
        assert found[url][1] == {**urls, "x-default": urls["kk"]}


def test_what_is_not_public_is_not_listed(client, occurrence):
    factories.OccurrenceFactory(event__slug="draft", event__draft=True)
    factories.OccurrenceFactory(
        event__slug="future", event__publish_at=datetime(2100, 1, 1, tzinfo=UTC)
    )
    factories.MilestoneFactory(slug="hidden", stage__draft=True)

    text = client.get("/sitemap.xml").content.decode()

    assert not [word for word in ("draft", "future", "hidden") if word in text]


def _rename(occurrence):
    occurrence.event.title_kk = "Басқа"
    occurrence.event.save()


def _move(occurrence):
    occurrence.first_day = occurrence.last_day = date(2025, 6, 9)
    occurrence.save()


def _add_a_date(occurrence):
    factories.OccurrenceFactory(event=occurrence.event, first_day=date(2025, 7, 1))


def _take_a_date_away(occurrence):
    occurrence.delete()


@pytest.mark.parametrize("change", [_rename, _move, _add_a_date, _take_a_date_away])
def test_a_change_of_an_event_or_of_its_dates_is_news_of_its_pages(client, occurrence, change):
    pages = (
        "events/feast/", "events/regions/abai/", "events/categories/concert/", "events/",
        "events/map/", "events/changes/",
    )  # fmt: skip
    with LATER:
        before = {page: _changed(client, page) for page in pages}

        change(occurrence)

        after = {page: _changed(client, page) for page in pages}
    assert set(before.values()) == {"2025-05-01T12:00:00+05:00"}
    assert set(after.values()) == {"2025-05-20T12:00:00+05:00"}


@LATER
def test_an_event_is_new_when_it_becomes_public(client, occurrence):
    occurrence.event.publish_at = datetime(2025, 5, 10, tzinfo=UTC)
    type(occurrence.event).objects.filter(pk=occurrence.event_id).update(
        publish_at=datetime(2025, 5, 10, tzinfo=UTC)
    )

    assert _changed(client, "events/feast/") == "2025-05-10T05:00:00+05:00"


@LATER
def test_a_page_of_which_no_change_is_known_claims_none(client, occurrence):
    factories.RegionFactory(slug="ulytau")

    assert _changed(client, "events/regions/ulytau/") is None


@LATER
def test_an_event_of_many_dates_and_changes_is_listed_once(client, occurrence):
    for day in range(1, 5):
        factories.OccurrenceFactory(event=occurrence.event, first_day=date(2025, 8, day))
    _move(occurrence)
    _move(occurrence)

    text = client.get("/sitemap.xml").content.decode()

    assert text.count(f"<loc>{SITE}/kk/events/feast/</loc>") == 1


def test_robots_are_told_where_it_is(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_an_unchanged_sitemap_is_answered_304(client, occurrence):
    etag = client.get("/sitemap.xml")["ETag"]

    assert client.get("/sitemap.xml", headers={"if-none-match": etag}).status_code == 304


def test_more_addresses_than_a_file_may_hold_are_cut_into_files(client, occurrence, monkeypatch):
    whole = _read(client)
    monkeypatch.setattr(sitemaps, "ENTRIES_A_FILE", 4)

    index = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 — our own answer
    files = [one.text for one in index.findall("s:sitemap/s:loc", SPACES)]
    parts = [_read(client, one.removeprefix(SITE)) for one in files]

    assert files == [f"{SITE}/sitemap.xml?page={number}" for number in range(1, len(parts) + 1)]
    assert {url: said for part in parts for url, said in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)
    for page in (len(parts) + 1, 0, "x", "\x00"):
        assert client.get("/sitemap.xml", {"page": page}).status_code == 404


def test_it_asks_no_more_of_the_database_when_there_is_more_in_it(client, occurrence):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        counts.append(len(queries))
        for _ in range(20):
            factories.OccurrenceFactory()

    # One for each kind of object.
    assert counts[0] == counts[1] <= 10

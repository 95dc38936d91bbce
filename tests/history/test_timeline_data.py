"""The same timeline for programs, feed readers and search engines: read back by their tools."""

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
import time_machine
from django.conf import settings

from assembly_site.front.open_data import LICENCE
from assembly_site.languages.dates import PartialDate
from history.renderers import table

from .. import factories

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
OPEN_DATA = Path(settings.BASE_DIR) / "assembly_site/pages/content/open-data.toml"
QUESTIONS = ["", "?theme=law&theme=youth", "?region=abai", "?region=astana&key=1", "?view=compact"]


def _document(client, query="", code="en"):
    response = client.get(f"/{code}/history/timeline.json{query}")
    assert response.status_code == 200
    return json.loads(response.content)


def _feed(client, query="", code="en"):
    response = client.get(f"/{code}/history/timeline.atom{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content.decode())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_question_gets_the_same_answer_in_every_format(client, query):
    factories.fill_history(60)
    timeline = client.get(f"/en/history/{query}").context["timeline"]
    listed = [entry.milestone for entry in timeline.entries]
    newest_first = sorted(listed, key=lambda one: one.publish_at, reverse=True)

    rows = _document(client, query)["milestones"]
    entries = _feed(client, query).entries

    assert listed
    assert [row["id"] for row in rows] == [one.pk for one in listed]
    assert [entry.id for entry in entries] == [
        f"tag:127.0.0.1,2025:milestone-{one.pk}" for one in newest_first
    ]


# JSON -----------------------------------------------------------------------------------------


@time_machine.travel("2025-05-20T07:00:00Z", tick=False)
def test_a_row_says_all_that_is_known_and_nothing_more(client):
    stage = factories.StageFactory(slug="renewal")
    known = factories.MilestoneFactory(
        stage=stage,
        slug="moved",
        date=PartialDate(2021, 4),
        end=PartialDate(2021, 6, 5),
        circa=True,
        key=True,
        theme="place",
        title_en="It moved",
        summary_en="In a sentence.",
        region=factories.kazakhstan()["astana"],
        session=factories.SessionFactory(number=29),
    )
    factories.CitationFactory(
        target=known, number=1, state="checked", source__title="Law",
        source__publisher="Gazette", source__url="https://example.org/law",
    )  # fmt: skip
    factories.CitationFactory(target=known, number=2, source__title="Book", source__url="")
    bare = factories.MilestoneFactory(
        stage=stage, date=PartialDate(2024), title_en="", title_kk="Үй", summary_kk="Ашылды"
    )

    first, second = _document(client)["milestones"]

    assert first == {
        "id": known.pk,
        "title": "It moved",
        "summary": "In a sentence.",
        "language": None,
        "date": "2021-04",
        "end": "2021-06-05",
        "precision": "month",
        "circa": True,
        "key": True,
        "theme": "place",
        "stage": "renewal",
        "region": "astana",
        "region_then": "Nur-Sultan",
        "session": 29,
        "url": f"{SITE}/en/history/milestones/moved/",
        "sources": [
            {"title": "Law", "publisher": "Gazette", "url": "https://example.org/law",
             "state": "checked"},
            {"title": "Book", "publisher": None, "url": None, "state": "unchecked"},
        ],
        "updated": "2025-05-20T12:00:00+05:00",
    }  # fmt: skip
    assert (second["id"], second["title"], second["language"]) == (bare.pk, "Үй", "kk")
    assert {name for name, value in second.items() if value in (None, [])} == {
        "end", "region", "region_then", "session", "sources",
    }  # fmt: skip


def test_a_session_that_is_a_draft_has_no_number_in_the_file(client):
    factories.MilestoneFactory(session=factories.SessionFactory(number=9, draft=True))

    assert _document(client)["milestones"][0]["session"] is None


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_document_names_its_list_its_licence_and_its_language(client, code):
    factories.kazakhstan()

    response = client.get(f"/{code}/history/timeline.json?region=abai")
    document = json.loads(response.content)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    titles = {
        "kk": "Қазақстан халқы Ассамблеясының тарихы: Абай облысы",
        "ru": "История Ассамблеи народа Казахстана: область Абай",
        "en": "History of the Assembly of People of Kazakhstan: Abai Region",
    }
    assert document == {
        "title": titles[code],
        "url": f"{SITE}/{code}/history/?region=abai",
        "language": code,
        "licence": LICENCE,
        "count": 0,
        "milestones": [],
    }


def test_the_fields_are_those_of_the_table_and_stand_on_the_open_data_page(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(target=milestone, number=1)
    content = tomllib.loads(OPEN_DATA.read_text(encoding="utf-8"))

    (row,) = _document(client)["milestones"]
    described = {
        code: re.findall(r"(?m)^- ([a-z_]+): \S", _chapter_of_timeline(body))
        for code, body in content["body"].items()
    }

    assert tuple(row) == table.COLUMNS
    assert tuple(row["sources"][0]) == table.SOURCE_COLUMNS
    assert described == {code: list(table.COLUMNS) for code in ("kk", "ru", "en")}


def _chapter_of_timeline(body):
    """The part of the page in which the fields of timeline.json are described."""
    return next(part for part in body.split("\n## ") if "region_then" in part)


# Atom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_feed_says_what_it_is_where_it_is_and_in_which_language(client, code):
    milestone = factories.MilestoneFactory(theme="law", summary_kk="Қысқа", summary_en="Short")
    query = "?theme=law"

    feed = _feed(client, query, code)

    assert feed.feed.language == code
    assert feed.feed.rights == LICENCE
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": f"{SITE}/{code}/history/{query}",
        "self": f"{SITE}/{code}/history/timeline.atom{query}",
    }
    (entry,) = feed.entries
    assert entry.link == f"{SITE}/{code}/history/milestones/{milestone.slug}/"
    assert entry.title.startswith(f"{getattr(milestone, f'title_{code}')}, ")
    assert entry.summary == {"kk": "Қысқа", "ru": "Қысқа", "en": "Short"}[code]


def test_the_feed_has_the_newest_first_and_not_too_many(client):
    stage = factories.StageFactory()
    for day in range(1, 3):
        factories.MilestoneFactory(
            stage=stage, title_en=f"Day {day}", publish_at=datetime(2025, 3, day, tzinfo=UTC)
        )
    factories.MilestoneFactory(draft=True, stage=stage)

    assert [entry.title for entry in _feed(client).entries] == [
        "Day 2, 1\u00a0March 1995", "Day 1, 1\u00a0March 1995",
    ]  # fmt: skip

    factories.fill_history(120)
    assert len(_feed(client).entries) == 100


def test_an_entry_keeps_its_id_and_tells_when_it_changed(client):
    with time_machine.travel("2025-05-20T07:00:00Z", tick=False):
        milestone = factories.MilestoneFactory(slug="first")
        before = _feed(client).entries[0]
    with time_machine.travel("2025-05-21T09:30:00Z", tick=False):
        milestone.slug, milestone.title_en = "second", "Another"
        milestone.save()
        after = _feed(client).entries[0]

    assert before.id == after.id
    assert (before.updated, after.updated) == (
        "2025-05-20T07:00:00+00:00", "2025-05-21T09:30:00+00:00",
    )  # fmt: skip
    assert after.link == f"{SITE}/en/history/milestones/second/"


# All of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "timeline.json", "timeline.atom"])
def test_what_has_not_changed_is_answered_304(client, address):
    factories.fill_history(5)
    etag = client.get(f"/kk/history/{address}")["ETag"]

    same = client.get(f"/kk/history/{address}", headers={"if-none-match": etag})
    factories.MilestoneFactory()
    other = client.get(f"/kk/history/{address}", headers={"if-none-match": etag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_the_page_links_to_both_formats_with_its_filters(client):
    factories.MilestoneFactory(theme="law")

    text = client.get("/ru/history/?theme=law").content.decode()

    for name in ("timeline.atom", "timeline.json"):
        assert text.count(f'href="/ru/history/{name}?theme=law"') == 2


def test_the_bare_timeline_is_a_collection_of_its_stages(client):
    stages = factories.five_stages()
    factories.MilestoneFactory(stage=stages[0], theme="law", date=PartialDate(1989))

    with time_machine.travel("2026-01-05T00:00:00Z", tick=False):
        text = client.get("/en/history/").content.decode()
        filtered = client.get("/en/history/?theme=law").content.decode()

    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert json.loads(found) == {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": "Thirty years in five stages",
        "url": f"{SITE}/en/history/",
        "inLanguage": "en",
        "temporalCoverage": "1989/2026",
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": 5,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": stage.number,
                    "name": stage.title_en,
                    "url": f"{SITE}/en/history/stages/{stage.slug}/",
                }
                for stage in stages
            ],
        },
    }
    assert "ld+json" not in filtered

"""What search engines are told of the history: what is known in its words, and nothing invented."""

import json
import re

import pytest
from django.utils import translation

from assembly_site.languages.dates import PartialDate
from history.models import Document
from history.renderers import structured_data

from .. import factories

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def _blocks(client, instance, code="en"):
    text = client.get(f"/{code}{instance.get_absolute_url()[3:]}").content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(block) for block in found]


def _data(client, instance, code="en"):
    """What is said of the object itself, before the way that leads to it."""
    data, way = _blocks(client, instance, code)
    assert way["@type"] == "BreadcrumbList"
    return data


def _without_empty(value):
    if isinstance(value, dict):
        return all(_without_empty(one) for one in value.values())
    if isinstance(value, list):
        return bool(value) and all(_without_empty(one) for one in value)
    return value not in (None, "", "None")


def test_the_assembly_is_an_organisation_of_the_state_with_its_former_names(client):
    body = factories.BodyFactory(
        kind="assembly", slug="assembly", title_en="Assembly", founded=PartialDate(1995, 3, 1)
    )
    body.names.create(name_en="Assembly of Peoples", valid_to=PartialDate(2007))
    part = factories.BodyFactory(title_en="Council", slug="council", part_of=body)

    data = _data(client, body)

    assert data == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": "Assembly",
        "url": f"{SITE}/en/history/bodies/assembly/",
        "alternateName": ["Assembly of Peoples"],
        "description": "In short",
        "foundingDate": "1995-03-01",
        "subOrganization": [
            {
                "@type": "Organization",
                "name": "Council",
                "url": f"{SITE}/en/history/bodies/council/",
            }
        ],
    }
    assert _data(client, part)["@type"] == "Organization"
    assert _data(client, part)["parentOrganization"]["name"] == "Assembly"


def test_a_body_that_ended_says_when(client):
    body = factories.BodyFactory(founded=PartialDate(2013), ended=PartialDate(2026, 1))

    data = _data(client, body)

    assert (data["foundingDate"], data["dissolutionDate"]) == ("2013", "2026-01")


def test_a_person_has_terms_only_where_they_are_known_and_not_merely_seen(client):
    person = factories.PersonFactory(name_en="Dana Example", slug="dana")
    person.appointments.create(role_en="Chair", start=PartialDate(2008), end=PartialDate(2016, 4))
    person.appointments.create(role_en="Senator", seen_from=PartialDate(2013, 4, 24))

    data = _data(client, person)

    assert data == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Dana Example",
        "url": f"{SITE}/en/history/people/dana/",
        "jobTitle": ["Chair", "Senator"],
        "hasOccupation": [
            {
                "@type": "Role",
                "roleName": "Chair",
                "startDate": "2008",
                "endDate": "2016-04",
                "hasOccupation": {"@type": "Occupation", "name": "Chair"},
            },
            {
                "@type": "Role",
                "roleName": "Senator",
                "hasOccupation": {"@type": "Occupation", "name": "Senator"},
            },
        ],
    }


def test_a_session_is_an_event_as_exact_as_its_date_in_the_city_of_its_day(client):
    region = factories.RegionFactory(kind="city", centre_en="Astana")
    region.names.create(of="centre", name_en="Akmola", valid_to=PartialDate(1998, 5, 6))
    assembly = factories.BodyFactory(kind="assembly", slug="assembly", title_en="Assembly")
    assembly.names.create(name_en="Assembly of Peoples", valid_to=PartialDate(2007))
    session = factories.SessionFactory(
        number=4, date=PartialDate(1997, 6), region=region, theme_en="Memory [1]"
    )
    document = factories.DocumentFactory(
        session=session, kind="speech", slug="speech", title_en="The speech"
    )
    factories.DocumentFactory(session=session, draft=True)

    data = _data(client, session)

    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Session IV",
        "url": f"{SITE}/en/history/sessions/4/",
        "description": "Memory",
        "startDate": "1997-06",
        "location": {
            "@type": "Place",
            "name": "Akmola",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Akmola",
                "addressCountry": "KZ",
            },
        },
        "organizer": {
            "@type": "Organization",
            "name": "Assembly of Peoples",
            "url": f"{SITE}/en/history/bodies/assembly/",
        },
        "subjectOf": [
            {
                "@type": "DigitalDocument",
                "name": "The speech",
                "url": f"{SITE}{document.get_absolute_url().replace('/kk/', '/en/')}",
                "datePublished": "2008-10-20",
            }
        ],
    }


def test_a_session_without_a_date_is_no_event_and_keeps_its_way(client):
    session = factories.SessionFactory(number=7, date=None)

    assert [block["@type"] for block in _blocks(client, session)] == ["BreadcrumbList"]


def test_a_law_is_legislation_with_its_number_its_date_and_its_jurisdiction(client):
    law = factories.DocumentFactory(
        kind="law", number="70-IV", slug="law", title_en="Law", issuer_en="Parliament",
        date=PartialDate(2008, 10, 20), url="https://example.org/law", file_language="kk",
    )  # fmt: skip
    factories.CitationFactory(
        target=law, number=1, source__title="The text", source__url="https://example.org/text"
    )

    assert _data(client, law) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": "Law",
        "url": f"{SITE}/en/history/documents/law/",
        "datePublished": "2008-10-20",
        "inLanguage": "kk",
        "sameAs": "https://example.org/law",
        "citation": [
            {"@type": "CreativeWork", "name": "The text", "url": "https://example.org/text"}
        ],
        "legislationIdentifier": "70-IV",
        "legislationDate": "2008-10-20",
        "legislationType": "law",
        "legislationJurisdiction": {
            "@type": "Country",
            "name": "Kazakhstan",
            "identifier": "KZ",
        },
        "legislationPassedBy": {"@type": "Organization", "name": "Parliament"},
    }


@pytest.mark.parametrize("kind", Document.Kind.values)
def test_only_acts_are_legislation(client, kind):
    is_act = kind in ("constitution", "law", "decree")

    data = _data(client, factories.DocumentFactory(kind=kind))

    assert data["@type"] == ("Legislation" if is_act else "DigitalDocument")
    assert ("legislationDate" in data) is is_act


def test_a_milestone_covers_its_time_and_its_place_and_cites_its_sources(client):
    region = factories.RegionFactory(name_en="Atyrau Region")
    region.names.create(name_en="Guryev Region", valid_to=PartialDate(1992, 2))
    milestone = factories.MilestoneFactory(
        region=region, date=PartialDate(1990), end=PartialDate(1991), title_en="It began"
    )
    factories.CitationFactory(target=milestone, number=1, source__publisher="The paper")
    milestone.people.add(factories.PersonFactory(name_en="Dana Example"))

    data = _data(client, milestone)

    assert (data["@type"], data["temporalCoverage"]) == ("CreativeWork", "1990/1991")
    assert data["spatialCoverage"] == {"@type": "Place", "name": "Guryev Region"}
    assert [one["name"] for one in data["about"]] == ["Dana Example"]
    assert data["citation"][0]["publisher"]["name"] == "The paper"


@pytest.mark.parametrize(("end", "coverage"), [(2008, "1995/2008"), (None, "1995/..")])
def test_a_stage_is_an_article_on_the_assembly_in_its_years(end, coverage):
    stage = factories.StageFactory(end_year=end, title_en="Beginnings", slug="beginnings")

    with translation.override("en"):
        data = structured_data.of_stage(stage)

    assert (data["@type"], data["headline"]) == ("Article", "Beginnings")
    assert data["temporalCoverage"] == coverage
    assert data["about"]["@type"] == "GovernmentOrganization"


MAKERS = {
    "session": factories.SessionFactory,
    "milestone": factories.MilestoneFactory,
    "person": factories.PersonFactory,
    "body": factories.BodyFactory,
    "document": factories.DocumentFactory,
}


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", MAKERS)
def test_of_the_least_there_can_be_nothing_empty_is_said(client, kind, code):
    assert _without_empty(_blocks(client, MAKERS[kind](), code))


@pytest.mark.parametrize("kind", MAKERS)
def test_the_way_of_the_data_is_the_way_above_the_title(client, kind):
    instance = MAKERS[kind]()
    text = client.get(f"/ru{instance.get_absolute_url()[3:]}").content.decode()

    nav = text.partition('class="breadcrumbs"')[2].partition("</nav>")[0]
    way = _blocks(client, instance, "ru")[-1]["itemListElement"]

    shown = re.findall(r'<a href="([^"]+)">([^<]+)</a>', nav)
    assert [(one["item"].removeprefix(SITE), one["name"]) for one in way[:-1]] == shown
    assert way[-1]["item"] == f"{SITE}/ru{instance.get_absolute_url()[3:]}"
    assert [one["position"] for one in way] == list(range(1, len(way) + 1))


@pytest.mark.parametrize("path", ["sessions", "people", "bodies", "documents", "today"])
def test_each_list_tells_its_way(client, path):
    text = client.get(f"/en/history/{path}/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    way = json.loads(block)["itemListElement"]
    assert [one["item"] for one in way] == [
        f"{SITE}/en/",
        f"{SITE}/en/history/",
        f"{SITE}/en/history/{path}/",
    ]

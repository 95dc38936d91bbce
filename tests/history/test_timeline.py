"""The timeline: what is asked, what is found, what is said where nothing is."""

import gzip
import re
from itertools import product

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assembly_site.languages.dates import PartialDate
from history.models import Milestone
from history.timeline import Timeline

from .. import factories

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
MOST_BYTES = 100_000


@pytest.fixture
def many():
    return factories.fill_history(60)


def _asked(query=""):
    return Timeline(QueryDict(query), timezone.now())


def _page(client, query="", code="en"):
    response = client.get(f"/{code}/history/{query}")
    assert response.status_code == 200, query
    return response


def _shown(response):
    return [
        entry.milestone
        for chapter in response.context["timeline"].chapters
        for year in chapter.years
        for entry in year.entries
    ]


# Order and outline ----------------------------------------------------------------------------


def test_stages_and_their_entries_stand_in_the_order_of_time(client):
    second = factories.StageFactory(number=2, start_year=1995)
    first = factories.StageFactory(number=1, start_year=1989)
    rows = [
        factories.MilestoneFactory(stage=first, date=date, weight=weight)
        for date, weight in [
            (PartialDate(1995, 3, 1), 1),
            (PartialDate(1995, 3, 1), 0),
            (PartialDate(1995), 0),
            (PartialDate(1989), 0),
            (PartialDate(1995, 3), 0),
        ]
    ]

    chapters = _page(client).context["timeline"].chapters

    assert [chapter.stage for chapter in chapters] == [first, second]
    assert [
        (year.year, [entry.milestone for entry in year.entries]) for year in chapters[0].years
    ] == [(1989, [rows[3]]), (1995, [rows[2], rows[4], rows[1], rows[0]])]


def test_the_headings_are_the_stages_and_the_entries_and_nothing_else(client, many):
    text = _page(client).content.decode()

    found = re.findall(r"<h([1-6])[^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</h\1>", text)
    told = [("1", "Thirty years in five stages")]
    for chapter in _asked().chapters:
        told.append(("2", chapter.stage.title_en))
        told += [
            ("3", entry.milestone.title_en) for year in chapter.years for entry in year.entries
        ]
    assert found == [*told, ("2", "Keep this list")]


def test_every_link_inside_the_page_leads_to_a_place_that_is_there_once(client, many):
    for query in ("", "?theme=law", "?region=abai&key=1", "?view=compact"):
        text = _page(client, query).content.decode()

        anchors = re.findall(r'\sid="([^"]+)"', text)
        assert len(anchors) == len(set(anchors)), query
        assert set(re.findall(r'href="#([^"]+)"', text)) - set(anchors) == set(), query


def test_each_entry_has_its_own_place_in_the_page_and_its_lasting_link(client, many):
    text = _page(client).content.decode()

    for milestone in many:
        place = f'<a id="{milestone.slug}" href="/en/history/milestones/{milestone.slug}/">'
        assert text.count(place) == 1


def test_the_jump_list_names_each_year_with_its_number_of_entries(client, many):
    decades = _page(client).context["timeline"].decades

    years = [year for decade in decades for year in decade.counts]
    counts = {}
    for milestone in many:
        counts[milestone.date.year] = counts.get(milestone.date.year, 0) + 1
    assert years == sorted(counts.items())
    assert all(
        decade.first_year <= year < decade.first_year + 10
        for decade in decades
        for year, _count in decade.counts
    )


# Filters --------------------------------------------------------------------------------------


def _belongs(milestone, slug):
    """Written down anew: the own region; of Abai and East Kazakhstan, each in the other's time."""
    if milestone.region is None:
        return False
    own = milestone.region.slug
    joined = milestone.date[:2] >= (1997, 5) if milestone.date.month else milestone.date.year > 1997
    joined = joined and milestone.date.first_day.isoformat() < "2022-06-08"
    return own == slug or (joined and {own, slug} == {"abai", "east-kazakhstan"})


def _expected(milestones, themes=(), regions=(), key=""):
    return {
        one.pk
        for one in milestones
        if (not themes or one.theme in themes)
        and (not regions or any(_belongs(one, slug) for slug in regions))
        and (not key or one.key)
    }


THEMES = [(), ("law",), ("culture", "youth")]
REGIONS = [(), ("abai",), ("east-kazakhstan",), ("astana", "abai"), ("pavlodar",)]


def test_filters_find_what_a_plain_count_finds(client, many):
    sizes = set()
    for themes, regions, key in product(THEMES, REGIONS, ("", "1")):
        query = "&".join(
            [*(f"theme={one}" for one in themes), *(f"region={one}" for one in regions)]
            + [f"key={key}"] * bool(key)
        )

        found = {one.pk for one in _shown(_page(client, f"?{query}" if query else ""))}

        assert found == _expected(many, themes, regions, key), query
        sizes.add(len(found))
    assert len(sizes) > 10


def test_each_option_gives_what_its_number_says(many):
    for query in ("", "theme=law", "region=abai&key=1", "theme=law&theme=culture&region=astana"):
        asked = _asked(query)
        for facet in asked.facets:
            for option in facet.options:
                alone = QueryDict(query, mutable=True)
                alone.setlist(facet.name, [option.code])
                assert option.count == Timeline(alone, asked.at).count, (query, option)


def test_drafts_are_neither_shown_nor_counted(client, many):
    hidden = factories.MilestoneFactory(
        draft=True, stage=many[0].stage, key=True, title_en="Secret-xq7"
    )
    factories.MilestoneFactory(stage__draft=True, title_en="Secret-xq7")

    response = _page(client)

    assert "Secret-xq7" not in response.content.decode()
    assert response.context["timeline"].count == len(many)
    assert sum(one.count for one in _asked().facets[0].options) == len(many)
    assert hidden.pk not in {one.pk for one in _shown(response)}


def test_a_filter_that_is_on_can_be_taken_off_by_itself(client, many):
    asked = _page(client, "?theme=law&theme=youth&region=abai&key=1&view=compact").context
    addresses = {one.name: one.address for one in asked["timeline"].active}

    assert addresses == {
        "law": "?theme=youth&region=abai&key=1&view=compact",
        "youth": "?theme=law&region=abai&key=1&view=compact",
        "Abai Region": "?theme=law&theme=youth&key=1&view=compact",
        "key dates only": "?theme=law&theme=youth&region=abai&view=compact",
    }


def test_a_stage_of_which_nothing_is_left_is_not_named_in_vain(client):
    first, second = factories.five_stages()[:2]
    factories.MilestoneFactory(stage=first, theme="law", date=PartialDate(1990))
    factories.MilestoneFactory(stage=second, theme="youth", date=PartialDate(1996))

    response = _page(client, "?theme=youth")

    assert [one.stage for one in response.context["timeline"].chapters] == [second]
    assert f'href="#{first.slug}"' not in response.content.decode()


def test_a_stage_without_entries_stands_with_its_summary_and_no_empty_list(client):
    stage = factories.StageFactory(number=1)

    text = _page(client).content.decode()

    assert f'<h2 id="{stage.slug}"' in text
    assert "In short" in text
    assert "<ol></ol>" not in re.sub(r"\s", "", text)


def test_an_empty_history_says_so_and_offers_the_programme(client):
    text = _page(client).content.decode()

    assert "The history is being prepared." in text
    assert 'href="/en/events/"' in text


def test_the_short_reading_has_dates_and_titles_alone(client):
    milestone = factories.MilestoneFactory(summary_en="A summary.", theme="youth")

    full, short = (_page(client, query).content.decode() for query in ("", "?view=compact"))

    main = [re.search(r'id="results".*', text, re.DOTALL).group() for text in (full, short)]
    assert ["A summary." in text for text in main] == [True, False]
    assert ["<div>youth" in text for text in main] == [True, False]
    assert all(milestone.title_en in text and "1\u00a0March 1995" in text for text in main)


def test_where_nothing_is_found_the_page_names_the_filter_to_drop_and_the_years(client):
    regions = factories.kazakhstan()
    stage = factories.five_stages()[0]
    factories.MilestoneFactory(
        stage=stage, theme="law", region=regions["abai"], date=PartialDate(1990)
    )
    factories.MilestoneFactory(
        stage=stage, theme="youth", region=regions["astana"], date=PartialDate(1993)
    )

    response = _page(client, "?theme=law&region=astana")
    text = response.content.decode()

    assert [
        (way.filter.name, way.filter.count_without, way.years)
        for way in response.context["timeline"].ways_out
    ] == [("law", 1, [1993]), ("Astana", 1, [1990])]
    assert 'href="?region=astana#y1993"' in text
    assert "Nothing in the history fits all of this at once." in text
    assert 'aria-label="Stages"' not in text


# Places know their date -----------------------------------------------------------------------

PLACES = [
    # where, when, in Kazakh, in Russian, in English
    ("abai", PartialDate(1996), "Семей облысы (Абай облысы)",
     "Семипалатинская область (область Абай)", "Semipalatinsk Region (Abai Region)"),
    ("abai", PartialDate(2005, 3, 1), "Шығыс Қазақстан облысы (Абай облысы)",
     "Восточно-Казахстанская область (область Абай)", "East Kazakhstan Region (Abai Region)"),
    ("abai", PartialDate(2022, 6, 8), "Абай облысы", "область Абай", "Abai Region"),
    ("east-kazakhstan", PartialDate(2005), "Шығыс Қазақстан облысы",
     "Восточно-Казахстанская область", "East Kazakhstan Region"),
    ("astana", PartialDate(2018), "Астана қаласы", "город Астана", "Astana"),
    ("astana", PartialDate(2021, 4), "Нұр-Сұлтан қаласы (Астана қаласы)",
     "город Нур-Султан (город Астана)", "Nur-Sultan (Astana)"),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "date", "kk", "ru", "en"), PLACES)
def test_a_place_bears_the_name_of_the_day(client, slug, date, kk, ru, en):
    factories.MilestoneFactory(region=factories.kazakhstan()[slug], date=date)

    for code, name in (("kk", kk), ("ru", ru), ("en", en)):
        facts = re.search(r"<div>([^<]*)</div>", _page(client, code=code).content.decode())
        assert facts.group(1).split(", ", 1)[1] == name


ANCESTRY = [
    # happened in, when, found under
    ("east-kazakhstan", PartialDate(1997, 4), {"east-kazakhstan"}),
    ("east-kazakhstan", PartialDate(1997, 5), {"east-kazakhstan", "abai"}),
    ("east-kazakhstan", PartialDate(2005), {"east-kazakhstan", "abai"}),
    ("east-kazakhstan", PartialDate(2022, 6, 7), {"east-kazakhstan", "abai"}),
    ("east-kazakhstan", PartialDate(2022, 6, 8), {"east-kazakhstan"}),
    ("abai", PartialDate(1996), {"abai"}),
    ("abai", PartialDate(2005, 3, 1), {"abai", "east-kazakhstan"}),
    ("abai", PartialDate(2023), {"abai"}),
    ("astana", PartialDate(2021), {"astana"}),
]


@pytest.mark.parametrize(("slug", "date", "found"), ANCESTRY)
def test_a_region_is_offered_what_happened_where_it_then_belonged(slug, date, found):
    regions = factories.kazakhstan()
    factories.MilestoneFactory(region=regions[slug], date=date)

    assert {one for one in regions if _asked(f"region={one}").count} == found
    counted = next(facet for facet in _asked().facets if facet.name == "region")
    assert {option.code for option in counted.options if option.count} == found


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("kk", "ол кезде – Шығыс Қазақстан облысы, Абай облысы соның құрамында болған"),
        ("ru", "тогда — Восточно-Казахстанская область, область Абай — её часть"),
        ("en", "then East Kazakhstan Region, of which Abai Region was a part"),
    ],
)
def test_what_happened_in_the_whole_is_marked_so_under_the_part_alone(client, code, mark):
    regions = factories.kazakhstan()
    factories.MilestoneFactory(region=regions["east-kazakhstan"], date=PartialDate(2005))

    queries = ("?region=abai", "?region=east-kazakhstan", "?region=abai&region=east-kazakhstan", "")
    marked = [mark in _page(client, query, code).content.decode() for query in queries]

    assert marked == [True, False, False, False]


# What an entry tells --------------------------------------------------------------------------


def test_an_entry_names_its_session_and_its_sources(client):
    session = factories.SessionFactory(number=22)
    milestone = factories.MilestoneFactory(theme="session", session=session)
    for number, state in enumerate(("checked", "checked", "disputed"), start=1):
        factories.CitationFactory(
            target=milestone, number=number, state=state, statement_kk="Басқаша"
        )

    text = _page(client).content.decode()

    assert (
        '<div>session, <a href="/en/history/sessions/22/">Session XXII</a>, 3 sources, '
        "they disagree</div>"
    ) in text


def test_a_session_that_is_a_draft_is_not_named(client):
    session = factories.SessionFactory(number=22, draft=True)
    factories.MilestoneFactory(theme="session", session=session)

    assert "XXII" not in _page(client).content.decode()


def test_a_title_that_falls_back_carries_its_language(client):
    factories.MilestoneFactory(title_en="", title_kk="Жарлық")

    assert '<span lang="kk">Жарлық</span>' in _page(client).content.decode()


def test_dates_keep_their_precision_in_words_and_for_machines(client):
    factories.MilestoneFactory(date=PartialDate(1992, 6), circa=True)
    factories.MilestoneFactory(date=PartialDate(1994), end=PartialDate(1996))

    text = _page(client).content.decode()

    assert '<time datetime="1992-06">about June 1992</time>' in text
    assert '<time datetime="1994">1994–1996</time>' in text


# Search engines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kept"),
    [("", True), ("?utm_source=x", True), ("?theme=law", False), ("?view=compact", False),
     ("?key=1", False), ("?region=nowhere", False)],
)  # fmt: skip
def test_search_engines_keep_the_bare_timeline_alone(client, many, query, kept):
    text = _page(client, query).content.decode()

    assert ('content="noindex, follow"' not in text) is kept
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/history/">' in text


# Bad input ------------------------------------------------------------------------------------

IMPOSSIBLE = [
    "theme=nothing", "theme=LAW", "theme=%00", "region=nowhere", "region=abai%00",
    "region=%D2%9B", "region=" + "a" * 10_000, "key=2", "key=true", "key=%00", "view=full",
    "view=%22%3E%3Cscript%3E", "theme=%ff", "region=%F0%9F%98%80", "key=-1", "theme=%27+OR+1%3D1",
]  # fmt: skip


@pytest.mark.parametrize("query", IMPOSSIBLE)
def test_an_impossible_value_is_named_beside_its_field_and_left_out(client, many, query):
    name = query.partition("=")[0]

    response = _page(client, f"?{query}&theme=law" if name != "theme" else f"?{query}&key=1")
    text = response.content.decode()

    assert list(response.context["timeline"].errors) == [name]
    assert f'href="#filter-{name}"' in text
    assert text.count("This is not in the list: choose from the words below.") == 2
    expected = _expected(many, ("law",)) if name != "theme" else _expected(many, key="1")
    assert {one.pk for one in _shown(response)} == expected
    assert "<script>" not in text


@pytest.mark.parametrize("query", IMPOSSIBLE)
@pytest.mark.parametrize("name", ["timeline.json", "timeline.atom"])
def test_a_machine_is_refused_in_one_plain_sentence(client, many, name, query):
    response = client.get(f"/en/history/{name}?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    parameter = query.partition("=")[0]
    assert response.content.decode() == f"These parameters have impossible values: {parameter}.\n"


@pytest.mark.parametrize(
    ("query", "clean"),
    [("?theme=", "/kk/history/"), ("?theme=law&region=", "/kk/history/?theme=law"),
     ("?region=&region=abai&key=", "/kk/history/?region=abai")],
)  # fmt: skip
def test_empty_parameters_lead_to_the_clean_address(client, query, clean):
    response = client.get(f"/kk/history/{query}")

    assert (response.status_code, response["Location"]) == (302, clean)


# Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "?region=abai&key=1", "timeline.json", "timeline.atom"])
def test_the_timeline_asks_no_more_of_the_database_when_there_is_more_in_it(client, address):
    made = factories.fill_history(500)
    counts = [_queries(client, address)]
    Milestone.objects.exclude(pk__in=[one.pk for one in made[:5]]).delete()
    counts.append(_queries(client, address))

    assert counts[0] == counts[1] <= MOST_QUERIES


def _queries(client, address):
    client.get("/en/history/timeline.json")  # what is read once a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/en/history/{address}").status_code == 200
    return len(queries)


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_five_hundred_entries_are_light_when_compressed(client, code):
    factories.fill_history(500)

    content = _page(client, code=code).content

    assert content.count(b"<h3") == 500
    assert len(gzip.compress(content)) <= MOST_BYTES


def test_the_last_year_of_the_whole_is_the_present_one_while_a_stage_goes_on():
    factories.five_stages()

    with time_machine.travel("2031-05-01T00:00:00Z", tick=False):
        assert (_asked().first_year, _asked().last_year) == (1989, 2031)

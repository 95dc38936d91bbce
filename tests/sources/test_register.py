"""The page of all sources: what public things cite, found, counted and led to."""

import re
from urllib.parse import quote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assembly_site.languages.dates import PartialDate
from assembly_site.sources.models import citing_models

from .. import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/en/history/sources/"


def _listed(client, query=""):
    """The titles of the sources under each heading, in the order of the page."""
    page = client.get(f"{ADDRESS}{query}")
    assert page.status_code == 200
    return [
        (group.heading, [source.title for source, _places in group.sources])
        for group in page.context["groups"]
    ]


def _cite(target=None, number=1, state="checked", **source):
    return factories.CitationFactory(
        target=target or factories.MilestoneFactory(), number=number, state=state,
        statement_kk="Басқа", **{f"source__{name}": value for name, value in source.items()},
    )  # fmt: skip


@pytest.fixture
def sources():
    """Five sources of four publishers, in three languages, each in a state of its own."""
    _cite(title="Law", publisher="Әділет", language="kk", published_on=PartialDate(2008, 10, 20))
    _cite(title="News", publisher="Kazinform", language="ru", published_on=PartialDate(2015))
    _cite(title="Report", publisher="Kazinform", language="en", state="disputed",
          published_on=PartialDate(2015, 4))  # fmt: skip
    _cite(title="Letter", publisher="", language="", state="unchecked")
    _cite(title="Atlas", publisher="«Қазақстан»", language="kk", published_on=PartialDate(1999))


def test_publishers_stand_in_the_kazakh_alphabet_and_their_newest_source_first(client, sources):
    assert _listed(client) == [
        ("Әділет", ["Law"]),
        ("«Қазақстан»", ["Atlas"]),
        ("Kazinform", ["Report", "News"]),
        ("Publisher not named", ["Letter"]),
    ]


def test_years_stand_newest_first_and_unknown_ones_last(client, sources):
    assert _listed(client, "?by=year") == [
        ("2015", ["Report", "News"]),
        ("2008", ["Law"]),
        ("1999", ["Atlas"]),
        ("Year not known", ["Letter"]),
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?publisher=Kazinform", ["Report", "News"]),
        ("?publisher=" + quote("«Қазақстан»"), ["Atlas"]),
        ("?state=disputed", ["Report"]),
        ("?state=unchecked", ["Letter"]),
        ("?language=kk", ["Law", "Atlas"]),
        ("?language=ru&publisher=Kazinform", ["News"]),
        ("?language=kk&publisher=Kazinform", []),
    ],
)
def test_filters_find_and_join(client, sources, query, titles):
    assert [title for _heading, found in _listed(client, query) for title in found] == titles


@pytest.mark.parametrize("query", ["", "?language=kk", "?publisher=Kazinform&by=year"])
def test_every_option_promises_what_choosing_it_gives(client, sources, query):
    filters = client.get(f"{ADDRESS}{query}").context["register"].filters[:3]
    chosen = dict(re.findall(r"(\w+)=([^&]+)", query.removeprefix("?")))

    for one in filters:
        for option in one.options:
            asked = {**chosen, one.name: option.code}
            found = client.get(ADDRESS, asked).context["register"].found
            assert len(found) == option.count, (one.name, option.code)


def test_languages_and_states_are_named_in_words(client, sources):
    text = client.get("/ru/history/sources/").content.decode()

    assert re.findall(r"<option [^>]*>([^<]+ \(\d+\))</option>", text) == [
        "Әділет (1)", "«Қазақстан» (1)", "Kazinform (2)",
        "Проверено (3)", "Ещё не проверено (1)", "Говорит иначе (1)",
        "на казахском языке (2)", "на русском языке (1)", "на английском языке (1)",
    ]  # fmt: skip


def test_the_numbers_at_the_top_are_those_of_all_whatever_is_asked(client, sources):
    milestone = factories.MilestoneFactory()
    again = _cite(milestone, title="Twice")
    factories.CitationFactory(target=milestone, number=2, source=again.source, state="checked")

    register = client.get(f"{ADDRESS}?language=ru").context["register"]

    with translation.override("en"):
        numbers = register.numbers
    assert numbers == [
        ("Sources", 6), ("Citations", 7), ("Checked", 5), ("Not yet checked", 1),
        ("Says otherwise", 1),
    ]  # fmt: skip


def test_a_source_names_the_pages_and_the_notes_that_cite_it(client):
    stage = factories.StageFactory(slug="first", title_en="First stage")
    region = factories.RegionFactory(slug="abai", name_en="Abai Region")
    event = factories.OccurrenceFactory(event__slug="feast", event__title_en="Feast").event
    session = factories.SessionFactory(number=22)
    page = factories.PageFactory(slug="about", title_en="", title_ru="", title_kk="Жоба")
    source = factories.SourceFactory()
    for target, number in (
        (stage, 2),
        (stage, 5),
        (region, 1),
        (event, 3),
        (session, 1),
        (page, 9),
    ):
        factories.CitationFactory(target=target, number=number, source=source)

    text = client.get(ADDRESS).content.decode()

    listed = re.search(rf'<li class="source" id="source-{source.pk}">(.*?)</ul>', text, re.DOTALL)[
        1
    ]
    places = re.findall(r'<li><a href="([^"]+)">(.*?)</a> <span[^>]*>(.*?)</span>', listed)
    assert sorted(places) == [
        ("/en/events/feast/#note-3", "Feast", "event, note 3"),
        ("/en/events/regions/abai/#note-1", "Abai Region", "region, note 1"),
        ("/en/history/sessions/22/#note-1", "Session XXII", "session, note 1"),
        ("/en/history/stages/first/#note-2", "First stage", "stage, note 2"),
        ("/en/history/stages/first/#note-5", "First stage", "stage, note 5"),
        ("/en/pages/about/#note-9", '<span lang="kk">Жоба</span>', "page, note 9"),
    ]
    for address, _title, _note in places:
        path, anchor = address.split("#")
        assert f'id="{anchor}"' in client.get(path).content.decode()


def test_every_kind_that_has_notes_is_looked_through():
    """A new kind with citations is found by itself; its name is added here."""
    assert sorted(model._meta.model_name for model in citing_models()) == [
        "assemblysession", "body", "document", "event", "milestone", "page", "person", "region",
        "stage",
    ]  # fmt: skip


def test_what_only_drafts_cite_is_neither_listed_nor_counted(client):
    shared, secret = factories.SourceFactory(), factories.SourceFactory()
    factories.CitationFactory(target=factories.StageFactory(), source=shared)
    for draft in (
        factories.StageFactory(draft=True),
        factories.MilestoneFactory(stage__draft=True),
        factories.SessionFactory(draft=True),
        factories.PersonFactory(draft=True),
        factories.BodyFactory(draft=True),
        factories.DocumentFactory(draft=True),
        factories.EventFactory(draft=True),
        factories.PageFactory(draft=True),
    ):
        factories.CitationFactory(target=draft, number=1, source=secret, state="disputed")
        factories.CitationFactory(target=draft, number=2, source=shared, state="disputed")

    page = client.get(ADDRESS)

    register = page.context["register"]
    assert [entry.pk for entry in register.found] == [shared.pk]
    with translation.override("en"):
        numbers = dict(register.numbers)
    assert numbers == {
        "Sources": 1, "Citations": 1, "Checked": 0, "Not yet checked": 1, "Says otherwise": 0,
    }  # fmt: skip
    assert f"source-{secret.pk}" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?publisher=nobody", "publisher"),
        ("?state=true", "state"),
        ("?language=xx", "language"),
        ("?by=colour", "by"),
        ("?state=%00", "state"),
        ("?publisher=" + "x" * 10_000, "publisher"),
        ("?language=%F0%9F%98%80", "language"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_the_list_stands_without_it(
    client, sources, query, field
):
    page = client.get(f"{ADDRESS}{query}")

    text = page.content.decode()
    assert page.status_code == 200
    assert len(page.context["register"].found) == 5
    assert re.findall(r'<li><a href="#filter-(\w+)">', text) == [field]
    assert f'id="filter-{field}-error"' in text
    assert '<meta name="robots" content="noindex, follow">' in text


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "٣", "1" * 400, " 1"])
def test_a_page_that_is_not_there_is_a_404(client, sources, page):
    assert client.get(ADDRESS, {"page": page}).status_code == 404


def test_empty_parameters_lead_to_the_clean_address(client, sources):
    response = client.get(f"{ADDRESS}?publisher=&state=checked&language=")

    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}?state=checked")


def test_fifty_stand_on_a_page_and_links_keep_what_was_asked(client):
    stage = factories.StageFactory()
    for number in range(1, 103):
        _cite(stage, number, publisher=f"P{number:03}", language="kk")

    first = client.get(f"{ADDRESS}?language=kk&by=year")
    last = client.get(f"{ADDRESS}?language=kk&by=year&page=3")

    assert [len(page.context["page"].object_list) for page in (first, last)] == [50, 2]
    assert 'href="?language=kk&amp;by=year&amp;page=2"' in first.content.decode()
    assert client.get(f"{ADDRESS}?page=4").status_code == 404


def test_the_bare_page_is_for_search_engines_and_without_sources_offers_a_way(client):
    text = client.get(ADDRESS).content.decode()

    assert "noindex" not in text
    assert "Nothing is cited yet." in text
    assert client.get(f"{ADDRESS}?language=kk").status_code == 200


def test_every_block_of_notes_and_every_foot_of_a_page_lead_to_it(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(target=milestone)

    text = client.get(f"/en{milestone.get_absolute_url()[3:]}").content.decode()

    assert text.count(f'href="{ADDRESS}"') == 2


def _fill(count):
    for _ in range(count):
        stage = factories.StageFactory()
        for target in (
            stage,
            factories.MilestoneFactory(stage=stage),
            factories.SessionFactory(stage=stage),
            factories.PersonFactory(),
            factories.BodyFactory(),
            factories.DocumentFactory(),
            factories.OccurrenceFactory().event,
            factories.PageFactory(),
            factories.RegionFactory(),
        ):
            _cite(target, 1, publisher="One", language="kk")


def test_it_asks_no_more_of_the_database_when_there_is_more_in_it(client):
    for model in citing_models():
        ContentType.objects.get_for_model(model)
    counts = []
    for count in (1, 5):
        _fill(count)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))

    # One for the citations, one for the sources, one for the foot, one for each of nine kinds.
    assert counts == [12, 12]

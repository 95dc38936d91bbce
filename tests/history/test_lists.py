"""Lists of the history: filters with counts, orders, files; and what an impossible value gets."""

import csv
import io

import pytest

from assembly_site.languages.dates import PartialDate

from .. import factories

pytestmark = pytest.mark.django_db


def _sessions(response):
    return [session.number for session in response.context["sessions"]]


def _groups(response):
    return [
        (anchor, [document.number for document in documents])
        for anchor, _heading, documents in response.context["asked"].groups
    ]


def _counts(response, name):
    facets = {facet.name: facet for facet in response.context["asked"].facets}
    return {option.name: option.count for option in facets[name].options}


@pytest.fixture
def sessions():
    early = factories.StageFactory(number=1, slug="early", title_en="Early")
    late = factories.StageFactory(number=2, slug="late", title_en="Late")
    factories.SessionFactory(number=1, stage=early, date=PartialDate(1995, 3, 24), participants=40)
    factories.SessionFactory(number=2, stage=early, date=PartialDate(1995), participants=None)
    factories.SessionFactory(number=3, stage=late, date=PartialDate(2004, 5), participants=900)
    factories.SessionFactory(number=4, date=None, participants=300)
    factories.SessionFactory(number=5, draft=True, stage=late, date=PartialDate(2005))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [4, 3, 2, 1]),
        ("?sort=number", [1, 2, 3, 4]),
        ("?sort=-number", [4, 3, 2, 1]),
        ("?sort=date", [2, 1, 3, 4]),
        ("?sort=-date", [3, 1, 2, 4]),
        ("?sort=participants", [1, 4, 3, 2]),
        ("?sort=-participants", [3, 4, 1, 2]),
        ("?stage=early", [2, 1]),
        ("?decade=2000", [3]),
        ("?stage=early&decade=1990&sort=number", [1, 2]),
        ("?stage=early&decade=2000", []),
    ],
)
def test_sessions_are_narrowed_and_put_in_order_by_their_address(client, sessions, query, numbers):
    assert _sessions(client.get(f"/en/history/sessions/{query}")) == numbers


def test_a_filter_counts_what_it_would_give_with_the_other_filters_kept(client, sessions):
    bare = client.get("/en/history/sessions/")
    narrowed = client.get("/en/history/sessions/?stage=early")

    assert _counts(bare, "stage") == {"Early": 2, "Late": 1}
    assert _counts(bare, "decade") == {"1990s": 2, "2000s": 1}
    assert _counts(narrowed, "stage") == {"Early": 2, "Late": 1}
    assert _counts(narrowed, "decade") == {"1990s": 2, "2000s": 0}
    assert "?stage=early&amp;decade=2000" not in narrowed.content.decode()


def test_the_column_that_holds_the_order_says_so_and_leads_to_the_other_way_round(client, sessions):
    text = client.get("/en/history/sessions/?stage=early&sort=date").content.decode()

    assert text.count("aria-sort=") == 1
    assert '<th scope="col" aria-sort="ascending"><a class="sort" href="?stage=early&amp;' in text
    assert "sort=-date" in text


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sessions/", "stage"), ("sessions/", "decade"), ("sessions/", "sort"),
        ("documents/", "kind"), ("documents/", "by"),
    ],
)  # fmt: skip
def test_an_impossible_value_is_named_and_the_list_stands_without_it(
    client, sessions, code, path, name
):
    factories.DocumentFactory()

    response = client.get(f"/{code}/history/{path}", {name: "<nope>\x00"})

    asked = response.context["asked"]
    assert (response.status_code, list(asked.errors)) == (200, [name])
    assert "&lt;nope&gt;" in response.content.decode()
    assert 'name="robots" content="noindex, follow"' in response.content.decode()
    assert len(asked.rows) == len(asked.every) > 0


@pytest.mark.parametrize("path", ["sessions/", "documents/", "sessions.csv"])
def test_an_empty_parameter_is_dropped(client, path):
    response = client.get(f"/en/history/{path}?stage=&sort=number&kind=")

    assert response.status_code == 302
    assert response["Location"] == f"/en/history/{path}?sort=number"


def _table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_file_holds_the_rows_of_the_page_in_the_same_order(client, sessions):
    response = client.get("/en/history/sessions.csv?stage=early&sort=number")

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Access-Control-Allow-Origin"] == "*"
    rows = _table(response)
    assert [(row["number"], row["roman"], row["date"], row["stage"]) for row in rows] == [
        ("1", "I", "1995-03-24", "early"),
        ("2", "II", "1995", "early"),
    ]


def test_a_text_that_looks_like_a_formula_is_none_in_the_file(client):
    factories.SessionFactory(number=9, theme_en="=HYPERLINK(1)")

    assert _table(client.get("/en/history/sessions.csv"))[0]["theme"] == "'=HYPERLINK(1)"


def test_a_file_is_refused_in_one_sentence_where_the_page_would_guess(client, sessions):
    response = client.get("/en/history/sessions.csv?stage=nope&sort=x")

    assert response.status_code == 400
    assert response.content.decode() == "These parameters have impossible values: stage, sort.\n"


def test_no_session_and_none_that_fits_each_say_so_with_a_next_step(client):
    empty = client.get("/en/history/sessions/").content.decode()
    for number, year in ((1, 1995), (2, 2005)):
        stage = factories.StageFactory(number=number, slug=f"stage-{number}")
        factories.SessionFactory(number=number, stage=stage, date=PartialDate(year))
    none = client.get("/en/history/sessions/?stage=stage-1&decade=2000").content.decode()

    assert "No session is published yet." in empty
    assert "No session fits all of this at once." in none
    assert "<table" not in empty + none
    assert '<a href="?">All sessions</a>' in none


@pytest.fixture
def documents():
    for number, kind, date in [
        ("1", "law", PartialDate(2008, 10, 20)),
        ("2", "decree", PartialDate(1995, 3, 1)),
        ("3", "law", PartialDate(1995)),
        ("4", "constitution", PartialDate(1995, 8, 30)),
    ]:
        factories.DocumentFactory(number=number, kind=kind, date=date)
    factories.DocumentFactory(number="5", kind="plan", draft=True)


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("", [("constitution", ["4"]), ("law", ["1", "3"]), ("decree", ["2"])]),
        ("?by=date", [("year-2008", ["1"]), ("year-1995", ["4", "2", "3"])]),
        ("?kind=law", [("law", ["1", "3"])]),
        ("?by=date&kind=law", [("year-2008", ["1"]), ("year-1995", ["3"])]),
    ],
)
def test_documents_are_grouped_by_kind_or_by_year(client, documents, query, groups):
    assert _groups(client.get(f"/en/history/documents/{query}")) == groups


def test_only_kinds_of_which_there_are_public_documents_are_offered(client, documents):
    response = client.get("/en/history/documents/?kind=law")

    assert _counts(response, "kind") == {"Constitutions": 1, "Laws": 2, "Decrees": 1}


def test_people_stand_under_their_letters_and_the_letters_lead_to_them(client):
    for name in ("Жансейіт Түймебаев", "Ералы Тоғжанов", "Марат Әзілханов"):
        factories.PersonFactory(name_kk=name)

    response = client.get("/en/history/people/")

    found = [
        (letter.sign, [person.name_kk for person in letter.people])
        for letter in response.context["letters"]
    ]
    assert found == [
        ("Ә", ["Марат Әзілханов"]),
        ("Т", ["Ералы Тоғжанов", "Жансейіт Түймебаев"]),
    ]
    text = response.content.decode()
    assert text.count('href="#letter-2" lang="kk">Т<') == text.count('id="letter-2"') == 1


@pytest.mark.parametrize("path", ["people", "bodies", "documents"])
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_an_empty_list_offers_a_next_step(client, code, path):
    text = client.get(f"/{code}/history/{path}/").content.decode()

    assert f'<a href="/{code}/history/">' in text.partition('class="empty"')[2].partition("</p>")[0]


def test_a_body_shows_its_newest_number_with_its_date_on_its_card(client):
    body = factories.BodyFactory(slug="council")
    for year, value in ((2010, 820), (2020, 950)):
        body.figures.create(
            series="x", value=value, date=PartialDate(year), label_en="Members", label_kk="Мүше"
        )

    for path in ("bodies", "today"):
        text = client.get(f"/en/history/{path}/").content.decode()

        assert 'id="council"' in text
        assert '<a href="/en/history/bodies/council/">' in text
        assert "<strong>950</strong>" in text
        assert "820" not in text

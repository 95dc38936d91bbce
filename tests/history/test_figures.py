"""Sourced numbers as charts on the pages of the history, with the same numbers in words."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate

from .. import factories

pytestmark = pytest.mark.django_db

ALIKE = {
    "series": "associations",
    "label_kk": "Бірлестіктер",
    "label_ru": "Объединения",
    "label_en": "Associations",
}


def _count_of(owner, year, value, **fields):
    return owner.figures.create(**ALIKE | {"value": value, "date": PartialDate(year)} | fields)


def _text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _drawings(text):
    return re.findall(r'<svg class="chart__drawing".*?</svg>', text, re.DOTALL)


def _words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def body():
    body = factories.BodyFactory(slug="associations")
    factories.CitationFactory(target=body, number=1)
    return body


def test_three_numbers_of_one_thing_make_a_chart_with_its_words_and_its_table(client, body):
    for year, value in [(2010, 820), (2012, 900), (2016, 1332)]:
        _count_of(body, year, value, citation_number=1)

    text = _text(client, "/en/history/bodies/associations/")

    (drawing,) = _drawings(text)
    assert "<title id=" in drawing
    assert "Associations, 2010–2016" in drawing
    assert "from 2010 to 2016, on a scale that starts at zero" in drawing
    assert drawing.count("<circle") == 3
    assert drawing.count('class="chart__line"') == 1
    table = re.search(r'<table class="figures.*?</table>', text, re.DOTALL).group()
    assert [
        word for word in ("2010", "820", "2012", "900", "2016", "1,332") if word not in table
    ] == []


def test_a_note_in_the_table_leads_to_the_numbered_source_of_its_body(client, body):
    for year in (2010, 2012, 2016):
        _count_of(body, year, 5, citation_number=1)

    text = _text(client, "/kk/history/bodies/associations/")

    assert text.count('href="#note-1"') == 3
    assert text.count('id="note-1"') == 1


def test_fewer_than_three_dates_stay_a_table(client, body):
    for value in (820, 830):
        _count_of(body, 2010, value)
    _count_of(body, 2012, 900)

    text = _text(client, "/en/history/bodies/associations/")

    assert _drawings(text) == []
    table = re.search(r'<table class="figures.*?</table>', text, re.DOTALL).group()
    assert re.findall(r"8[23]0|900", _words(table)) == ["820", "830", "900"]


def test_an_approximate_number_is_a_hollow_point_and_the_page_says_so(client, body):
    for year, approximate in [(2010, False), (2012, False), (2016, True)]:
        _count_of(body, year, 1000, approximate=approximate)

    text = _text(client, "/en/history/bodies/associations/")

    assert _drawings(text)[0].count("chart__point--hollow") == 1
    assert "Hollow points: approximate numbers." in text
    assert "about 1,000" in text


def test_numbers_counted_in_different_ways_are_not_joined_and_each_says_what_it_counts(
    client, body
):
    for year, label in [(2010, "Associations"), (2012, "Centres"), (2016, "Associations")]:
        _count_of(body, year, 1000, label_en=label)

    text = _text(client, "/en/history/bodies/associations/")

    assert "chart__line" not in _drawings(text)[0]
    assert "Numbers counted in different ways are not joined by a line." in text
    assert "Centres" in text
    assert "Associations, 2010–2016" in _words(text)


def test_a_series_below_zero_is_not_drawn(client, body):
    for year, value in [(2010, -1), (2012, 4), (2016, 9)]:
        _count_of(body, year, value)

    assert _drawings(_text(client, "/kk/history/bodies/associations/")) == []


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_drawing_has_points_in_its_numbers_and_no_style_in_any_language(client, body, code):
    for year, value in [(2010, 821.5), (2012, 907), (2016, 1332)]:
        _count_of(body, year, value)

    (drawing,) = _drawings(_text(client, f"/{code}/history/bodies/associations/"))

    places = re.findall(r'\b(?:d|x|y|cx|cy|width|height)="([^"]*)"', drawing)
    assert [place for place in places if not re.fullmatch(r"[-MLHV0-9. ]+", place)] == []
    assert "style=" not in drawing


def test_a_stage_shows_a_series_as_a_chart_and_the_rest_in_its_table(client):
    stage = factories.StageFactory()
    factories.CitationFactory(target=stage, number=2)
    for year in (2010, 2012, 2016):
        _count_of(stage, year, 100, citation_number=2)
    stage.figures.create(series="other", label_en="Volunteers", value=12, date=PartialDate(2020))

    text = _text(client, stage.get_absolute_url().replace("/kk/", "/en/"))

    assert len(_drawings(text)) == 1
    assert "Volunteers" not in _drawings(text)[0]
    assert re.search(r"Volunteers.*?2020.*?12", _words(text))
    assert text.count('href="#note-2"') == 3
    assert text.count('id="note-2"') == 1


def test_a_stage_with_single_numbers_keeps_its_table(client):
    stage = factories.StageFactory()
    stage.figures.create(series="other", label_en="Volunteers", value=12, date=PartialDate(2020))

    text = _text(client, stage.get_absolute_url().replace("/kk/", "/en/"))

    assert _drawings(text) == []
    assert re.search(r"Volunteers.*?2020.*?12", _words(text))


def test_sessions_show_how_many_took_part_as_bars_and_in_a_table(client):
    for number, participants in [(30, 400), (31, 1200), (32, None), (33, 600)]:
        factories.SessionFactory(
            number=number, participants=participants, date=PartialDate(2000 + number, 4, 27)
        )
    noted = factories.SessionFactory(
        number=34, participants=1500, participants_note_en="expected, more than 1,500"
    )
    factories.SessionFactory(number=35, participants=900, draft=True)

    text = _text(client, "/en/history/sessions/")

    (drawing,) = _drawings(text)
    labels = re.findall(r'chart__text--label"[^>]*>([^<]*)<', drawing)
    assert labels == ["XXXIV, 1995", "XXXIII, 2033", "XXXI, 2031", "XXX, 2030"]
    assert drawing.count("chart__bar--hollow") == 1
    table = re.search(r'<table class="figures.*?</table>', text, re.DOTALL).group()
    assert noted.get_absolute_url().replace("/kk/", "/en/") in table
    assert re.search(r"XXXIV March 1995 expected, more than 1,500 XXXIII", _words(table))
    assert "Bars in outline: the numbers are not exact, see the table." in text


def test_two_numbers_of_participants_draw_nothing(client):
    for number in (30, 31):
        factories.SessionFactory(number=number, participants=400)

    text = _text(client, "/kk/history/sessions/")

    assert _drawings(text) == []
    assert "participants-heading" not in text


def _queries(client, address):
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        _text(client, address)
    return len(queries)


def _fill(stage, count):
    for number in range(count):
        body = factories.BodyFactory()
        for owner in (body, stage):
            factories.CitationFactory(target=owner, number=owner.citations.count() + 1)
            for year in range(2000, 2006):
                _count_of(owner, year, year - 1000, series=f"series-{number}")
        factories.SessionFactory(participants=100 + number, stage=stage)


def test_charts_cost_no_query_of_their_own(client):
    stage = factories.StageFactory()
    addresses = [
        "/kk/history/today/",
        "/kk/history/bodies/",
        "/kk/history/sessions/",
        stage.get_absolute_url(),
    ]
    _fill(stage, 3)
    _queries(client, addresses[0])  # content types are read once in a process
    few = {address: _queries(client, address) for address in addresses}
    _fill(stage, 12)

    many = {address: _queries(client, address) for address in addresses}

    assert many == few
    assert max(few.values()) <= 8

"""Titles offered while typing."""

import pytest

from assembly_site.search.suggestions import suggestions

from .. import factories

pytestmark = pytest.mark.django_db


def _offered(text, at, language="en"):
    return [entry.title for entry in suggestions(text, language, at).entries]


def test_six_titles_at_most_the_best_first(at):
    for number in range(9):
        factories.PageFactory(title_en=f"About lighthouses, part {number}")
    factories.PersonFactory(name_en="Lighthouse")

    offered = _offered("lightho", at)

    assert len(offered) == 6
    assert offered[0] == "Lighthouse"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("lig", "Lighthouse keepers"),
        ("lighthouse kee", "Lighthouse keepers"),
        ("keepers of lig", "Lighthouse keepers"),
        ("lihgthouse", "Lighthouse keepers"),
        ("дшпрер", "Lighthouse keepers"),
        ("маяч", "Lighthouse keepers"),
    ],
)
def test_beginnings_slips_layouts_and_other_languages_are_understood(at, typed, title):
    factories.PageFactory(title_en=title, title_ru="Маячники", title_kk="Шамшырақшылар")
    factories.PageFactory(title_en="Something else")

    assert _offered(typed, at) == [title]


def test_a_row_has_an_address_a_kind_and_marks(client):
    person = factories.PersonFactory(name_en="Zarina & Co")

    html = client.get("/en/search/suggestions/", {"q": "zar"}).content.decode()

    assert f'<li data-address="/en{person.get_absolute_url()[3:]}">' in html
    assert "<mark>Zarina</mark> &amp; Co" in html
    assert "Person</span>" in html
    assert 'data-status="1 suggestion: choose with the arrow keys."' in html


def test_a_word_of_the_text_alone_offers_nothing(at):
    factories.PageFactory(title_en="Sheet", body_en="<p>lighthouse</p>")

    assert _offered("lighthouse", at) == []


def test_a_draft_offers_nothing_not_even_its_words(at):
    factories.PageFactory(title_en="Lighthouse")
    factories.PageFactory(draft=True, title_en="Lightspeed")

    assert _offered("lights", at) == []
    assert _offered("ligthspeed", at) == []

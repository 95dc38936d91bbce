"""The page of results: rows, order, tabs, cards, and what it offers where nothing is found."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate
from assembly_site.places.models import PlaceName
from assembly_site.search.models import Entry, Synonym

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _ask(client, text, language="en", **parameters):
    return client.get(f"/{language}/search/", {"q": text, **parameters})


def _titles(response):
    cards, rows = response.context["cards"], response.context["rows"]
    return [row.entry.title for row in (*cards, *rows)]


def _html(response):
    return response.content.decode()


def test_a_row_says_kind_date_region_and_shows_the_words_where_they_stand(client):
    region = factories.RegionFactory(name_en="Abai Region")
    body = " ".join(["<p>Before it nothing.", "Far away" * 30, "a lighthouse stands", "x" * 400])
    factories.MilestoneFactory(
        title_en="Harbour", summary_en="Ships.", body_en=f"{body}</p>", region=region,
        date=PartialDate(1999, 5),
    )  # fmt: skip

    html = _html(_ask(client, "lighthouse"))

    assert ">Harbour</a></h3>" in html
    assert "Milestone · May 1999 · Abai Region" in " ".join(html.split())
    assert "a <mark>lighthouse</mark> stands" in html


def test_a_title_is_marked_in_its_own_letters(client):
    factories.PersonFactory(name_kk="Қанат Әбенұлы")

    assert "<mark>Қанат</mark> Әбенұлы" in _html(_ask(client, "канаттын", "kk"))


@IN_MAY
def test_title_then_summary_then_text_and_exact_before_all(client):
    factories.PageFactory(title_en="One", body_en="<p>Of lighthouses.</p>")
    factories.PageFactory(title_en="Two", summary_en="A lighthouse.")
    factories.PageFactory(title_en="An old lighthouse on a hill")
    factories.PageFactory(title_en="Lighthouse keepers of the west")
    factories.PageFactory(title_en="Lighthouse")

    assert _titles(_ask(client, "lighthouse")) == [
        "Lighthouse", "An old lighthouse on a hill", "Lighthouse keepers of the west", "Two", "One",
    ]  # fmt: skip


@IN_MAY
def test_what_is_ahead_stands_before_what_is_past_and_past_says_so(client):
    for name, day in (
        ("past long ago", date(2023, 5, 1)), ("ahead late", date(2025, 9, 1)),
        ("just past", date(2025, 5, 1)), ("ahead soon", date(2025, 6, 1)),
    ):  # fmt: skip
        factories.OccurrenceFactory(event__title_en=f"Concert {name}", first_day=day)

    response = _ask(client, "concert")

    assert _titles(response) == [
        "Concert ahead soon", "Concert ahead late", "Concert just past", "Concert past long ago",
    ]  # fmt: skip
    assert [row.is_past for row in response.context["rows"]] == [False, False, True, True]
    assert _html(response).count('<span class="badge badge--quiet">past</span>') == 2


def test_types_are_tabs_with_counts_and_keep_the_question(client):
    factories.PersonFactory(name_en="Lighthouse Keeper")
    for _ in range(2):
        factories.PageFactory(title_en="The lighthouse")

    everything = _ask(client, "lighthouse")
    people = _ask(client, "lighthouse", type="people")

    assert [(tab.name, tab.count.number, tab.is_current) for tab in everything.context["tabs"]][
        :4
    ] == [("All", 3, True), ("Events", 0, False), ("History", 0, False), ("People", 1, False)]
    assert _titles(people) == ["Lighthouse Keeper"]
    assert 'href="?q=lighthouse&amp;type=people" aria-current="page"' in _html(people)


def test_pages_follow_each_other_and_none_is_repeated(client):
    for number in range(45):
        factories.PageFactory(title_en=f"Lighthouse {number}")

    pages = [_ask(client, "lighthouse", page=number) for number in (1, 2, 3)]
    beyond = _ask(client, "lighthouse", page=4)

    titles = [title for page in pages for title in _titles(page)]
    assert (len(titles), len(set(titles))) == (45, 45)
    assert 'href="?q=lighthouse&amp;page=3"' in _html(pages[1])
    assert beyond.status_code == 404
    assert "There is no such page: the results have 3 pages." in _html(beyond)


def test_the_number_of_a_session_brings_its_card_however_it_is_written(client):
    factories.SessionFactory(number=34, theme_en="Accord", theme_ru="Согласие")
    factories.PageFactory(title_en="34 reasons, of which the session is one", title_ru="34 сессия")

    for text in ("34", "XXXIV", "session 34", "34th session"):
        assert [row.entry.title for row in _ask(client, text).context["cards"]] == [
            "Session XXXIV. Accord"
        ], text
    for text in ("34-я сессия", "34 СЕССИЯ", "ХХХIV сессия"):
        assert [row.entry.title for row in _ask(client, text, "ru").context["cards"]] == [
            "XXXIV сессия. Согласие"
        ], text


def test_the_number_of_a_document_and_a_name_of_a_region_bring_cards(client):
    factories.DocumentFactory(number="70-IV", title_en="Law on the Assembly")
    region = factories.RegionFactory(name_en="Astana", centre_en="Astana")
    PlaceName.objects.create(region=region, of="centre", name_en="Nur-Sultan")
    PlaceName.objects.create(region=region, relation="part-of", name_en="Akmola Region")

    def cards(text):
        return [row.entry.title for row in _ask(client, text).context["cards"]]

    assert cards("№ 70-IV") == ["Law on the Assembly"]
    assert cards("nur sultan") == ["Astana"]
    assert cards("Akmola Region") == []


def test_a_slip_is_forgiven_and_the_page_says_so(client):
    factories.PageFactory(title_en="The lighthouse")

    response = _ask(client, "lihgthouse")

    assert _titles(response) == ["The lighthouse"]
    assert "Nothing is written exactly so: shown is what is nearest." in _html(response)


def test_the_layout_of_the_keyboard_is_repaired_and_the_page_says_so(client):
    factories.PageFactory(title_ru="Привет всем")

    response = _ask(client, "ghbdtn", "ru")

    assert _titles(response) == ["Привет всем"]
    assert "«привет»" in _html(response)


def test_synonyms_of_the_secretariat_hold_at_once(client, account):
    factories.PageFactory(title_ru="Дом дружбы")
    client.force_login(account("secretariat"))
    before = _titles(_ask(client, "домик согласия", "ru"))
    client.post("/admin/search/synonym/add/", {"words": "дом дружбы, домик согласия", "note": ""})

    assert before == []
    assert _titles(_ask(client, "домик согласия", "ru")) == ["Дом дружбы"]


def test_a_synonym_needs_two_words_and_says_so(client, account):
    client.force_login(account("secretariat"))

    response = client.post("/admin/search/synonym/add/", {"words": "Заң, заң", "note": ""})

    assert response.context["errors"] == [["Кемінде екі түрлі сөзді үтір арқылы жазыңыз."]]
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("role", ["regional-editor", "translator", "historian"])
def test_only_the_secretariat_edits_synonyms(client, account, role):
    client.force_login(account(role))

    assert client.get("/admin/search/synonym/").status_code == 403


@IN_MAY
def test_where_nothing_is_found_fewer_words_other_languages_and_coming_events_are_offered(client):
    factories.PageFactory(title_en="The lighthouse", title_kk="Маяк", title_ru="Маяк")
    factories.OccurrenceFactory(event__title_en="Past", first_day=date(2025, 5, 1))
    for number, name in enumerate(("Fourth", "Third", "Second", "First")):
        factories.OccurrenceFactory(
            event__title_en=name, first_day=date(2025, 6, 20) - timedelta(days=number)
        )

    response = _ask(client, "lighthouse martians")
    help = response.context["answer"].help

    assert _titles(response) == []
    assert [(offer.text, offer.count.number) for offer in help.fewer_words] == [("lighthouse", 1)]
    assert [entry.title for entry in help.nearest] == ["The lighthouse"]
    assert [entry.title for entry in help.coming] == ["First", "Second", "Third"]
    assert 'href="?q=lighthouse"' in _html(response)


def test_the_same_question_is_offered_in_the_language_that_answers_it(client):
    factories.PageFactory(
        title_kk="Бет", title_ru="Лист", title_en="Sheet", body_ru="<p>О маяках и морях.</p>",
        body_kk="<p>Теңіз туралы.</p>", body_en="<p>Of seas.</p>",
    )  # fmt: skip

    response = _ask(client, "маяк", "kk")

    assert _titles(response) == []
    assert [(name, offer.count.number, address) for name, offer, address in
            response.context["offers"]] == [
        ("Русский", 1, "/ru/search/?q=%D0%BC%D0%B0%D1%8F%D0%BA"),
    ]  # fmt: skip


def test_a_fallback_text_bears_its_language(client):
    factories.PageFactory(title_kk="Маяк", title_ru="", title_en="", summary_kk="Теңіз жарығы")

    html = _html(_ask(client, "маяк"))

    assert ' lang="kk"><mark>Маяк</mark></a></h3>' in html
    assert '<p class="result__text" lang="kk">Теңіз жарығы</p>' in html


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_is_not_for_search_engines_but_its_description_is_for_browsers(client, language):
    page = _html(client.get(f"/{language}/search/"))
    description = client.get(f"/{language}/search/description.xml")

    assert '<meta name="robots" content="noindex, follow">' in page
    assert f'href="/{language}/search/description.xml"' in page
    assert description.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert f"/{language}/search/?q={{searchTerms}}" in description.content.decode()


def test_a_page_that_is_not_there_offers_the_nearest_titles_and_a_search(client):
    page = factories.PageFactory(title_kk="Шамшырақ", title_en="Lighthouse", slug="shamshyraq")
    factories.PageFactory(draft=True, title_en="Lighthouse in the making")

    response = client.get("/en/pages/shamshyrak/")
    html = _html(response)

    assert response.status_code == 404
    assert [entry.title for entry in response.context["nearest"]] == ["Lighthouse"]
    assert f'href="/en{page.get_absolute_url()[3:]}"' in html
    assert html.count('role="search"') == 2


# Numbers


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


ADDRESSES = {
    "/en/search/?q=lighthouse": 6,
    "/en/search/?q=lighthouse&page=3": 6,
    "/en/search/?q=lighthouse&type=pages&page=2": 6,
    "/en/search/?q=lihgthouse": 6,
    "/en/search/?q=lighthouse+martians": 6,
    "/en/search/?q=martians": 6,
    "/en/search/?q=dvkyse": 6,
    "/en/search/": 6,
    "/en/search/suggestions/?q=lightho": 2,
    "/en/search/suggestions/?q=lihgtho": 2,
    "/en/search/suggestions/?q=martians": 2,
}


def _fill(count):
    start = Entry.objects.count()
    Entry.objects.bulk_create(
        [
            Entry(
                generation=1, language="en", type="pages", kind="page", object_id=number,
                address=f"/en/pages/page-{number}/", title=f"Lighthouse {number}",
                title_language="en", summary_language="en", body_language="en",
                folded_title=f" lighthouse {number} ", publish_at=factories.LONG_AGO, weight=450,
                order=450,
            )
            for number in range(start, start + count)
        ],
        batch_size=500,
    )  # fmt: skip


def test_five_thousand_entries_cost_no_more_queries_than_a_hundred(client):
    _fill(100)
    few = {address: _queries(client, address) for address in ADDRESSES}
    _fill(4_900)
    many = {address: _queries(client, address) for address in ADDRESSES}

    assert {a: n for a, n in few.items() if n > ADDRESSES[a]} == {}
    assert {a: n for a, n in many.items() if n > ADDRESSES[a]} == {}


def test_of_more_than_a_thousand_the_first_thousand_are_shown(client):
    _fill(1_100)

    first, last = _ask(client, "lighthouse"), _ask(client, "lighthouse", page=50)
    beyond = _ask(client, "lighthouse", page=51)

    assert "More than 1,000 results for “lighthouse”" in _html(first)
    assert [tab.count.is_more for tab in first.context["tabs"]] == [True, *[False] * 6, True]
    assert _titles(first)[:3] == ["Lighthouse 0", "Lighthouse 1", "Lighthouse 2"]
    assert _titles(last) == [f"Lighthouse {number}" for number in range(980, 1000)]
    assert beyond.status_code == 404


def test_where_too_much_fits_titles_still_stand_first(client):
    _fill(1_100)
    Entry.objects.filter(object_id__gte=20).update(
        folded_title=" other ", folded_body=" lighthouse "
    )
    Entry.objects.filter(object_id__lt=20).update(order=900)

    titles = _titles(_ask(client, "lighthouse"))

    assert titles == [f"Lighthouse {number}" for number in range(20)]

"""Hostile and impossible questions: a clear page, never a failure, nothing echoed as it stands."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .. import factories

pytestmark = pytest.mark.django_db

MARKER = "<script>marker"
PLACES = ("/kk/search/", "/ru/search/suggestions/", "/en/search/")
HOSTILE = {
    "empty": "",
    "one letter": "а",
    "one Latin letter": "x",
    "one figure": "7",
    "ten thousand bytes": "я" * 5_000,
    "a long word": "q" * 10_000,
    "many words": "сессия " * 30,
    "spaces": "   \t \u00a0 \u2003",
    "punctuation": "!?.,;:-–—()[]{}<>/\\|@#$%^&*_+=~`«»“”",
    "quotation marks": '"',
    "an open phrase": '"сессия',
    "operators of FTS5": 'NEAR(сессия ассамблея, 5) AND NOT (x OR y) ^z* title : "q" {a b} : c + d',
    "operators in small": "and or not near",
    "signs of LIKE": "100% _сессия_ \\% [a-z]",
    "operators of tsquery": "сессия & !ассамблея | (x <-> y):*",
    "injection": "'; DROP TABLE search_entry; --",
    "injection with quotation marks": '" OR 1=1) --',
    "markup": f'">{MARKER}(1)</script>',
    "markup in a template": "{{ 7|add:7 }}{% now 'Y' %}",
    "format": "%s %(words)s %d {0} {words}",
    "NUL": "сес\x00сия",
    "controls": "сес\x01\x0b\x1b\x7fсия",
    "no characters": "\ufffe\uffff\ufdd0",
    "emoji": "🎉 праздник 👨‍👩‍👧‍👦",
    "emoji alone": "😀",
    "right-to-left marks": "\u202eяиссес\u202c \u200f\u0627\u0644\u0639",
    "combining marks": "а" + "\u0301" * 300,
    "combining marks alone": "\u0301" * 50,
    "hieroglyphs": "哈萨克斯坦人民大会",
    "ligatures": "ﬁre ﷺ",
    "digits of another script": "٣٤ сессия",
    "a huge number": "9" * 190,
    "numerals": "mmmmmmm ivivix xxxx ХХХХ",
    "soft hyphens": "сес\u00adсия",
    "zero width": "сес\u200bсия \u2060\ufeff",
    "halves of a pair": "\ud800 \udfff\ud800",
}


@pytest.fixture
def something():
    factories.SessionFactory(number=7, theme_kk="Сессия туралы", theme_ru="О сессии")
    factories.OccurrenceFactory(event__title_en="Session")
    factories.PageFactory(draft=True, title_kk="Құпия сессия", title_en="Secret session")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_any_question_gets_a_page_that_says_what_was_found(client, something, place, name):
    address = f"{place}?q={quote(HOSTILE[name], errors='surrogatepass')}"

    response = client.get(address)
    html = response.content.decode()

    assert response.status_code == 200
    assert MARKER not in html
    assert "ecret" not in html
    assert "Құпия" not in html
    if "suggestions" not in place:
        assert "<h1>" in html
        assert "site-footer" in html


@pytest.mark.parametrize(
    "page", ["0", "-1", "1000000000", "9" * 500, "x", "1e9", "٢", " 2", "1.0", "", "\x00"]
)
def test_a_page_that_is_not_there_says_so_and_leads_to_the_first(client, something, page):
    response = client.get("/en/search/", {"q": "session", "page": page})
    html = response.content.decode()

    assert response.status_code == 404
    assert "There is no such page: the results have 1 page." in html
    assert '<a href="?q=session">To the first page</a>' in html


@pytest.mark.parametrize("kind", ["nothing", "", "Events", "<script>marker", "\x00", "x" * 9_000])
def test_an_unknown_type_is_left_out(client, something, kind):
    response = client.get("/en/search/", {"q": "session", "type": kind})

    assert response.status_code == 200
    assert response.context["answer"].type == ""
    assert MARKER not in response.content.decode()


def test_parameters_that_repeat_or_are_unknown_do_no_harm(client, something):
    response = client.get("/en/search/?q=x&q=session&type=pages&type=events&page[]=3&%00=1")

    assert response.status_code == 200
    assert response.context["answer"].text == "session"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("я" * 201, "That is too much at once: use at most 200 letters."),
        ("a", "Write a word of at least two letters, or a number."),
        ("...", "Write a word of at least two letters, or a number."),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why(client, text, sentence):
    assert sentence in client.get("/en/search/", {"q": text}).content.decode()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text("\"'()*:^-+{}|&! абвсеия34XVI,.", max_size=40),
        st.binary(max_size=30),
    ),
    place=st.sampled_from(PLACES),
)
def test_no_text_at_all_breaks_the_search(client, something, text, place):
    raw = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")

    assert client.get(f"{place}?q={quote(raw)}").status_code == 200

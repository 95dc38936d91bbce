"""Hostile and impossible addresses: never a failure, never an echo that a browser would run."""

from urllib.parse import quote, urlencode

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)

# What no answer may hold as it stands, whatever its format.
MARKER = "<script>marker"
FORMATS = ("programme.ics", "programme.atom", "programme.csv", "programme.json")
PLACES = (
    "",
    "calendar/",
    "calendar/2025/06/",
    "map/",
    "regions/abai/",
    "categories/concert/",
    "changes/",
    "changes.atom",
    "mine/",
    *FORMATS,
)
NAMES = (
    "q", "when", "from", "to", "region", "category", "audience", "language", "mode", "admission",
    "access", "status", "sort", "page", "ids", "unknown", "region[]",
)  # fmt: skip
VALID = (
    "upcoming", "now", "past", "all", "2025-06-05", "05.06.2025", "abai", "concert", "families",
    "kk", "online", "free", "step-free", "cancelled", "title", "-date", "1", "2", "Достық",
)  # fmt: skip
HOSTILE = (
    f'">{MARKER}(1)</script>', f"'{MARKER}(1)</script>", f"]]>{MARKER}(1)</script>",
    f"\r\nLocation: http://evil.example/\r\n\r\n{MARKER}(1)</script>",
    "", " ", "\x00", "abai\x00", "\x01\x0b\x1f\x7f", "\ufffe\uffff", "\ud800", "\udfff\ud800",
    "\u202eавтсач", "\u200f\u0627\u0644", "́" * 300, "я" * 10_000, "9" * 400, "-1", "0", "+1", "1e9",
    "NaN", "٢", "२", "31.31", "0000-00-00", "0001-01-01", "9999-12-31", "2025-02-30", "2025-13-01",
    "-2025-01-01", "10000-01-01", "2025-06-05T10:00", "' OR 1=1 --", "%s%s%n", "{{7*7}}",
    "{% now %}", "../../etc", "*", "=1+1", "null", "[]", "true", "\\", "😀", "&region=abai",
    "#", ";",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(VALID), st.sampled_from(HOSTILE), st.text(max_size=40))
QUERIES = st.one_of(
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8).map(
        lambda pairs: urlencode(pairs, errors="surrogatepass")
    ),
    # Bytes that are no UTF-8, and signs that are no query string.
    st.binary(max_size=30).map(quote),
    st.text("&=?;%+#[]ab", max_size=20).map(lambda text: text.replace("#", "%23")),
)
FIGURES = st.text("0123456789٣२", min_size=1, max_size=5)
PATHS = st.one_of(
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.builds("calendar/{}/{}/".format, FIGURES, FIGURES),
    st.text(max_size=20).map(lambda text: f"regions/{quote(text, errors='surrogatepass')}/"),
    st.text(max_size=20).map(lambda text: f"{quote(text, errors='surrogatepass')}/event.ics"),
)


@pytest.fixture
def programme():
    region = factories.RegionFactory(slug="abai")
    category = factories.CategoryFactory(slug="concert")
    for _ in range(30):
        factories.OccurrenceFactory(event__region=region, event__category=category)


def _address(path, query=""):
    return f"/en/events/{path}?{query}" if query else f"/en/events/{path}"


@IN_MAY
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=PATHS, query=QUERIES)
def test_no_address_breaks_the_programme_or_is_echoed_as_markup(client, programme, path, query):
    response = client.get(_address(path, query))

    assert response.status_code in (200, 301, 302, 400, 404, 410)
    assert MARKER.encode() not in response.content.lower()
    assert response.get("Location", "/en/events/").startswith("/en/events/")
    assert response["X-Content-Type-Options"] == "nosniff"


IMPOSSIBLE = {
    "when": ["never", "\x00", "UPCOMING", "w" * 10_000],
    "from": ["31.31", "2025-02-30", "\x00", "0", "-1", "9" * 400, "2025-06-05T10:00"],
    "to": ["tomorrow", "10000-01-01", "0000-00-00"],
    "region": ["nowhere", "\x00", "абай", "я" * 10_000, "-1", "abai'", "\ufffd"],
    "category": ["nothing", "\u202econcert"],
    "audience": ["nobody"],
    "language": ["xx"],
    "mode": ["offline"],
    "admission": ["0"],
    "access": ["☃"],
    "status": ["ok"],
    "sort": ["rank", "--date"],
    "q": ["я" * 10_000, "\x00"],
}
EACH_IMPOSSIBLE = [(name, value) for name, values in IMPOSSIBLE.items() for value in values]
ONE_EACH = [(name, values[0]) for name, values in IMPOSSIBLE.items()]


def _labels(pairs):
    return [f"{name}-{value[:12]!r}" for name, value in pairs]


@IN_MAY
@pytest.mark.parametrize(("name", "value"), EACH_IMPOSSIBLE, ids=_labels(EACH_IMPOSSIBLE))
def test_a_page_names_the_field_and_shows_the_list_without_that_filter(
    client, programme, name, value
):
    response = client.get(_address("", urlencode([(name, value), ("admission", "free")])))

    asked = response.context["programme"]
    text = response.content.decode()
    assert response.status_code == 200
    assert list(asked.errors) == [name]
    assert name not in asked.chosen
    assert f'<a href="#filter-{name}">' in text
    assert "field__error" in text or name in ("when", "sort")
    assert asked.event_count == (30 if name == "admission" else 0)


@IN_MAY
@pytest.mark.parametrize("path", FORMATS)
@pytest.mark.parametrize(("name", "value"), ONE_EACH, ids=_labels(ONE_EACH))
def test_a_machine_gets_400_and_one_sentence_that_names_the_parameter(
    client, programme, path, name, value
):
    response = client.get(_address(path, urlencode([(name, value), ("unknown", MARKER)])))

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert response.content.decode() == f"These parameters have impossible values: {name}.\n"


@IN_MAY
@pytest.mark.parametrize("path", ["", *FORMATS])
def test_swapped_ends_are_one_mistake(client, programme, path):
    response = client.get(_address(path, "from=2025-06-10&to=2025-06-01"))

    if path:
        assert response.status_code == 400
        assert response.content.decode() == "These parameters have impossible values: to.\n"
    else:
        assert list(response.context["programme"].errors) == ["to"]
        assert response.context["programme"].event_count == 30


@IN_MAY
@pytest.mark.parametrize("path", ["calendar/2025/06/", "map/"])
def test_calendar_and_map_name_the_mistake_and_stand_without_it(client, programme, path):
    response = client.get(_address(path, "region=abai&category=nowhere"))

    assert response.status_code == 200
    assert "Kind: This is not in the list" in response.content.decode()


@IN_MAY
@pytest.mark.parametrize("path", ["", "calendar/", "calendar/2025/06/", "map/", *FORMATS])
def test_empty_parameters_lead_to_the_clean_address(client, programme, path):
    response = client.get(_address(path, "region=&category=concert&q="))

    assert (response.status_code, response["Location"]) == (
        302, f"/en/events/{path}?category=concert",
    )  # fmt: skip


@IN_MAY
@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("when=past&when=all", {"when": "all"}),
        ("sort=title&sort=title", {"sort": "title"}),
        ("region=abai&region=abai", {"region": ["abai"]}),
        ("unknown=1&region[]=abai&Region=abai", {}),
    ],
)
def test_a_repeated_or_unknown_parameter_is_no_mistake(client, programme, query, chosen):
    asked = client.get(_address("", query)).context["programme"]

    assert (dict(asked.errors), asked.chosen) == ({}, chosen)


@IN_MAY
@pytest.mark.parametrize("path", ["", "map/", "programme.json"])
def test_a_thousand_parameters_and_one_are_refused(client, programme, path):
    response = client.get(_address(path, "&".join([f"region={MARKER}"] * 1001)))

    assert response.status_code == 400
    assert MARKER.encode() not in response.content


@IN_MAY
@pytest.mark.parametrize(
    "path",
    [
        "calendar/2025/13/", "calendar/2025/00/", "calendar/2025/6/", "calendar/0000/01/",
        "calendar/9999/12/", "calendar/1000/01/", "calendar/٢٠٢٥/٠٦/", "calendar/2025/٠٦/",
        "calendar/-2025/06/", "calendar/2025/06/05/", "calendar/20250/06/",
    ],
)  # fmt: skip
def test_a_month_that_cannot_be_or_lies_outside_the_programme_is_a_404(client, programme, path):
    assert client.get(_address(path)).status_code == 404


@IN_MAY
@pytest.mark.parametrize("words", ["a\x0bb", "a\ufffeb", "a\tb", "<b>", "a\u0085b"])
def test_signs_that_no_document_may_hold_are_left_out_of_the_words(client, programme, words):
    asked = client.get(_address("", urlencode([("q", words)]))).context["programme"]

    assert asked.chosen["q"] in ("a b", "b")


TAMPERINGS = {
    "cut": lambda token: token[:-1],
    "longer": lambda token: f"{token}x",
    "other letters": str.swapcase,
    "its half": lambda token: token[:32],
    "huge": lambda token: "x" * 5000,
    "another draft": lambda token: f"x{token}",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_tampered_link_is_a_404(client, tampering):
    event = factories.EventFactory(draft=True)
    path = factories.draft_link(event).path
    token = path.removeprefix("/preview/").removesuffix("/")

    answers = [
        client.get(f"/preview/{one}/").status_code for one in (token, TAMPERINGS[tampering](token))
    ]

    assert answers == [200, 404]

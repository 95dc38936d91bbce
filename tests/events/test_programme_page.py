from datetime import date

import pytest
import time_machine

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


@pytest.fixture
def three_events():
    """One over, one now on, one ahead."""
    days = [
        (date(2025, 5, 1), date(2025, 5, 1)),
        (date(2025, 5, 19), date(2025, 5, 21)),
        (date(2025, 6, 5), date(2025, 6, 5)),
    ]
    return [
        factories.OccurrenceFactory(first_day=first, last_day=last).event for first, last in days
    ]


def _listed(response):
    """The events of a page: what is on already, then day by day."""
    dated = [one for day in response.context["days"] for one in day.occurrences]
    return [one.event for one in [*response.context["running"], *dated]]


@IN_MAY
@pytest.mark.parametrize(
    ("query", "places"),
    [("", [1, 2]), ("?when=upcoming", [1, 2]), ("?when=past", [0]), ("?when=all", [2, 1, 0])],
)
def test_the_list_shows_what_was_asked_for(client, three_events, query, places):
    response = client.get(f"/en/events/{query}")

    assert _listed(response) == [three_events[place] for place in places]


@IN_MAY
def test_filters_narrow_the_list(client, three_events):
    region = factories.RegionFactory(slug="abai")
    event = factories.OccurrenceFactory(event__region=region).event

    assert _listed(client.get("/kk/events/?region=abai")) == [event]
    assert _listed(client.get(f"/kk/events/?category={event.category.slug}")) == [event]


@time_machine.travel("2030-01-01T00:00:00Z", tick=False)
def test_with_nothing_ahead_the_whole_programme_is_shown_and_says_so(client, three_events):
    bare = client.get("/en/events/")
    asked = client.get("/en/events/?when=upcoming")

    assert _listed(bare) == list(reversed(three_events))
    assert "No coming event is announced" in bare.content.decode()
    assert _listed(asked) == []
    assert "?when=all" in asked.content.decode()


@IN_MAY
@pytest.mark.parametrize(
    "query",
    [
        "region=nowhere", "category=x", "region=%00", "when=never", "region=" + "я" * 10_000,
        "region[]=1", "unknown=1", "region=1&region=2", "category=%F0%9F%98%80", "when=%00",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_never_breaks_the_list(client, three_events, query):
    response = client.get(f"/ru/events/?{query}")

    assert response.status_code == 200
    assert _listed(response) == three_events[1:]


@IN_MAY
def test_an_unknown_region_is_named_beside_its_field(client, three_events):
    response = client.get("/en/events/?region=nowhere")

    assert list(response.context["programme"].errors) == ["region"]
    assert "field__error" in response.content.decode()


@IN_MAY
@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "١", "1" * 40, "1.0", "%00"])
def test_a_page_that_does_not_exist_is_a_404(client, three_events, number):
    assert client.get(f"/kk/events/?page={number}").status_code == 404


@IN_MAY
def test_long_lists_are_paged_and_keep_their_filters(client):
    region = factories.RegionFactory(slug="abai")
    for _ in range(30):
        factories.OccurrenceFactory(event__region=region)

    first = client.get("/en/events/?region=abai")
    second = client.get("/en/events/?region=abai&page=2")

    assert [len(_listed(page)) for page in (first, second)] == [24, 6]
    assert "?region=abai&amp;page=2" in first.content.decode()


def test_an_event_of_many_dates_is_counted_once(client):
    event = factories.OccurrenceFactory().event
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 9))

    response = client.get("/en/events/?when=all")

    assert (response.context["programme"].event_count, len(_listed(response))) == (1, 2)


def test_empty_parameters_are_dropped_by_a_redirect(client):
    response = client.get("/en/events/?region=&when=past&q=")

    assert (response.status_code, response["Location"]) == (302, "/en/events/?when=past")


@IN_MAY
def test_only_the_bare_list_is_for_search_engines(client, three_events):
    assert "noindex" not in client.get("/en/events/").content.decode()
    assert "noindex, follow" in client.get("/en/events/?when=past").content.decode()


def test_the_short_link_leads_to_the_event_and_guesses_no_language(client):
    event = factories.EventFactory()

    response = client.get(f"/e/{event.pk}/", headers={"accept-language": "ru"})

    assert (response.status_code, response["Location"]) == (302, f"/kk/events/{event.slug}/")


@pytest.mark.parametrize(("state", "answer"), [("draft", 404), ("archived", 410)])
def test_the_short_link_of_what_is_not_public_shows_nothing(client, state, answer):
    event = factories.EventFactory(status=state)

    assert client.get(f"/e/{event.pk}/").status_code == answer

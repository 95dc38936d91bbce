"""A visitor's own programme: by address alone, passed on by a signed link, read by calendars."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from events.models import Change, Occurrence
from events.shared_list import SharedList

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
JUNE = date(2025, 6, 5)
STATIC = Path(settings.BASE_DIR) / "assembly_site/static"


@pytest.fixture
def three_events():
    """One over, two ahead; the last one first."""
    days = (date(2025, 7, 1), date(2025, 5, 1), JUNE)
    return [factories.OccurrenceFactory(first_day=day).event for day in days]


def _address(*events, language="en"):
    return f"/{language}/events/mine/?ids=" + ",".join(str(one.pk) for one in events)


def _coming(response):
    return [one.event for day in response.context["own"].coming for one in day.occurrences]


def _shared(*events, title="", day=date(2025, 5, 1)):
    return SharedList(tuple(one.pk for one in events), title, day)


# The list in the address


@IN_MAY
def test_the_list_shows_all_dates_in_order_and_what_is_over_below(client, three_events):
    july, over, june = three_events
    again = factories.OccurrenceFactory(event=july, first_day=date(2025, 6, 1))

    response = client.get(_address(*three_events))

    assert _coming(response) == [july, june, july]
    assert response.context["own"].coming[0].day == again.first_day
    assert [one.event for one in response.context["own"].past] == [over]
    text = response.content.decode()
    assert text.index(june.title_en) < text.index("Already over") < text.index(over.title_en)


@IN_MAY
def test_an_event_without_dates_is_shown_too(client):
    event = factories.EventFactory()

    assert event.title_en in client.get(_address(event)).content.decode()


@IN_MAY
def test_what_no_visitor_may_see_is_passed_over_and_only_its_number_is_said(client, three_events):
    draft = factories.OccurrenceFactory(event__draft=True).event
    hidden = factories.OccurrenceFactory(event__status="archived").event

    text = client.get(_address(three_events[0], draft, hidden) + ",987654,x").content.decode()

    assert "4 entries are not in the programme and were passed over." in text
    assert three_events[0].title_en in text
    assert draft.title_en not in text
    assert hidden.title_en not in text


@IN_MAY
@pytest.mark.parametrize(
    "ids",
    [
        "", ",", "x", "-1", "%00", "1%00", "1.5", "1e3", "١٢", "%F0%9F%98%80", "0", "9" * 18,
        "9" * 19, "9" * 10_000, "я" * 5_000, "1," * 5_000,
        "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "1&ids=2&ids=x", "1;2", "[1]", "' OR 1=1",
    ],
)  # fmt: skip
def test_nonsense_in_the_ids_never_breaks_the_page_and_is_not_echoed(client, ids):
    for address in ("mine/", "mine/link/"):
        response = client.get(f"/kk/events/{address}?ids={ids}&title={ids}&add={ids}")

        assert response.status_code in (200, 302)
        assert b"<script>alert" not in response.content


@IN_MAY
def test_ids_may_be_repeated_and_an_event_stands_once(client, three_events):
    july, _over, june = three_events

    response = client.get(f"/en/events/mine/?ids={june.pk},{june.pk}&ids={july.pk}")

    assert _coming(response) == [june, july]


@IN_MAY
def test_a_list_of_more_than_a_hundred_is_cut_and_says_so(client):
    category = factories.CategoryFactory()
    events = [factories.EventFactory(category=category) for _ in range(101)]

    response = client.get(_address(*events))

    assert list(response.context["own"].events) == [one.pk for one in events[:100]]
    assert "A list holds at most 100 events" in response.content.decode()


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_without_ids_the_page_explains_itself_without_a_script(client, code):
    response = client.get(f"/{code}/events/mine/")
    text = response.content.decode()

    assert response.status_code == 200
    assert "<noscript>" in text
    assert f'href="/{code}/events/"' in text
    assert 'name="add"' in text


@IN_MAY
def test_each_event_has_a_link_that_takes_it_off(client, three_events):
    july, _over, june = three_events

    text = client.get(_address(june, july)).content.decode()

    assert f'href="/en/events/mine/?ids={july.pk}"' in text
    assert f'href="/en/events/mine/?ids={june.pk}"' in text


@IN_MAY
def test_the_last_event_is_taken_off_to_the_empty_page(client, three_events):
    text = client.get(_address(three_events[0])).content.decode()

    assert re.search(r'class="take-off" data-take-off="\d+" href="/en/events/mine/"', text)


@IN_MAY
@pytest.mark.parametrize(
    "pasted",
    [
        "{pk}",
        " {pk}, ",
        "/e/{pk}/",
        "https://example.org/e/{pk}/",
        "http://127.0.0.1:8000/ru/events/{slug}/",
        "https://example.org/kk/events/{slug}/?utm_source=x#when",
        "https://example.org/en/events/mine/?ids={pk}",
        "https://example.org/en/events/mine/{token}/",
    ],
)
def test_events_are_added_by_number_or_address_without_a_script(client, three_events, pasted):
    july, _over, june = three_events
    text = pasted.format(pk=june.pk, slug=june.slug, token=_shared(june).token)

    response = client.get("/en/events/mine/", {"ids": str(july.pk), "add": text})

    assert (response.status_code, response["Location"]) == (302, _address(july, june))


@IN_MAY
def test_a_former_address_adds_the_event_too(client, three_events):
    june = three_events[2]
    old, june.slug = june.slug, "a-new-address"
    june.save()

    response = client.get("/en/events/mine/", {"add": f"https://example.org/kk/events/{old}/"})

    assert response["Location"] == _address(june)


@IN_MAY
def test_several_are_added_at_once(client, three_events):
    july, over, june = three_events

    response = client.get("/en/events/mine/", {"add": f"{july.pk} {over.pk},/e/{june.pk}/"})

    assert response["Location"] == _address(july, over, june)


@IN_MAY
@pytest.mark.parametrize(
    "pasted", ["nothing", "https://example.org/", "/kk/events/calendar/", "/kk/events/no-such/",
               "https://[", "/kk/events/mine/x:y/", "\x00", "<b>"]
)  # fmt: skip
def test_what_leads_to_no_event_is_named_beside_its_field(client, three_events, pasted):
    response = client.get("/en/events/mine/", {"ids": three_events[0].pk, "add": pasted})
    text = response.content.decode()

    assert response.status_code == 200
    assert 'aria-invalid="true"' in text
    assert "This leads to no event" in text
    assert "<b>" not in text
    assert _coming(response) == [three_events[0]]


@IN_MAY
def test_dates_that_cannot_both_be_attended_are_said(client):
    region = factories.RegionFactory()
    pair = [
        factories.OccurrenceFactory(
            event__region=region, first_day=JUNE, start_time=time(hour), end_time=time(12)
        ).event
        for hour in (10, 11)
    ]

    text = client.get(_address(*pair)).content.decode()

    assert "Hard to attend both" in text
    assert "10:00–12:00 and 11:00–12:00." in text


# The link that is passed on


@IN_MAY
def test_making_a_link_leads_to_the_shared_list_and_stores_nothing(client, three_events):
    july, _over, june = three_events
    draft = factories.OccurrenceFactory(event__draft=True).event

    with CaptureQueriesContext(connection) as queries:
        response = client.get(
            "/en/events/mine/link/",
            {"ids": f"{july.pk},{june.pk},{draft.pk}", "title": " 8-сынып,\n  сәуір \u202e"},
        )
    page = client.get(response["Location"])

    assert response.status_code == 302
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
    assert page.context["shared"] == SharedList(
        (june.pk, july.pk) if june.pk < july.pk else (july.pk, june.pk),
        "8-сынып, сәуір",
        date(2025, 5, 20),
    )
    assert (response.cookies, page.cookies) == ({}, {})


@IN_MAY
def test_the_same_list_of_one_day_has_one_link(client, three_events):
    july, _over, june = three_events
    made = [
        client.get(f"/en/events/mine/link/?ids={ids}&title=x")["Location"]
        for ids in (f"{july.pk},{june.pk}", f"{june.pk},{july.pk}")
    ]

    assert made[0] == made[1]


@IN_MAY
def test_a_title_of_more_than_eighty_letters_is_named_beside_its_field(client, three_events):
    address = f"/en/events/mine/link/?ids={three_events[0].pk}&title="

    assert client.get(address + "я" * 80).status_code == 302
    refused = client.get(address + "я" * 81)
    assert refused.status_code == 200
    assert "Use at most 80 letters." in refused.content.decode()
    assert _coming(refused) == [three_events[0]]


@IN_MAY
def test_no_link_is_made_of_nothing(client):
    assert client.get("/en/events/mine/link/?ids=&title=x").status_code == 200


@IN_MAY
def test_a_shared_list_shows_its_title_escaped_and_the_day_it_was_made(client, three_events):
    shared = _shared(three_events[0], title="<script>alert(1)</script>")

    text = client.get(f"/en/events/mine/{shared.token}/").content.decode()

    assert '<h1 class="own-title">&lt;script&gt;alert(1)&lt;/script&gt;</h1>' in text
    assert "<script>alert" not in text
    assert "A visitor of this site put this list together on 1\u00a0May 2025." in text
    assert re.search(r'<figure class="share__qr own-qr"><svg [^>]*class="qr"', text)
    assert f'value="{settings.SITE_URL}/en/events/mine/{shared.token}/"' in text
    assert f'href="/en/events/mine/{shared.token}/programme.ics"' in text
    assert f'data-take-over="{three_events[0].pk}"' in text


def _tokens_that_are_not_ours():
    token = SharedList((1, 2), "x", JUNE).token
    body, signature = token.split(":")
    return {
        "tampered": f"{body[:-1]}{'A' if body[-1] != 'A' else 'B'}:{signature}",
        "truncated": token[:-1],
        "half": body,
        "empty parts": ":",
        "foreign salt": signing.Signer(salt="another").sign_object([1, "x", 1]),
        "timestamped": signing.dumps([1, "x", 1], salt="shared-list"),
        "foreign key": signing.Signer(key="another", salt="shared-list").sign_object([1, "x", 1]),
        "letters": "қазақша",
        "NUL": "%00",
        "long": "a" * 10_000,
        "word": "link2",
    }


@pytest.mark.parametrize("name", _tokens_that_are_not_ours())
def test_a_token_that_this_site_did_not_sign_is_a_404(client, name):
    token = _tokens_that_are_not_ours()[name]

    assert client.get(f"/en/events/mine/{token}/").status_code == 404
    assert client.get(f"/en/events/mine/{token}/programme.ics").status_code == 404


def test_a_draft_link_opens_no_list_and_a_list_opens_no_draft(client, three_events):
    draft_token = factories.draft_link(three_events[0]).path.split("/")[2]

    assert client.get(f"/en/events/mine/{draft_token}/").status_code == 404
    assert client.get(f"/preview/{_shared(three_events[0]).token}/").status_code == 404


def test_a_token_is_short_and_keeps_clear_of_what_servers_hide():
    token = SharedList(tuple(range(1000, 1100)), "8-сынып, сәуір", JUNE).token

    assert len(token) < 400
    assert not token.startswith(".")
    assert SharedList.of_token(token).keys == tuple(range(1000, 1100))


@IN_MAY
def test_what_changed_since_the_list_was_made_is_said(client, three_events):
    july, _over, june = three_events
    shared = _shared(july, june, day=date(2025, 5, 10))
    for event in (july, june):
        occurrence = event.occurrences.get()
        occurrence.status = Occurrence.Status.CANCELLED
        occurrence.reason_kk = occurrence.reason_ru = "Себебі"
        occurrence.save()

    fresh = client.get(f"/en/events/mine/{shared.token}/").content.decode()
    Change.objects.update(changed_at="2025-05-09T18:59:59Z")  # the last second of 9 May in Astana
    later = client.get(f"/en/events/mine/{shared.token}/").content.decode()

    assert "2 of your events have changed" in fresh
    assert "occurrence--cancelled" in fresh
    assert "of your events" not in later
    assert "occurrence--cancelled" in later


@IN_MAY
def test_a_list_of_what_is_no_longer_public_says_so_and_leads_on(client, three_events):
    shared = _shared(*three_events)
    type(three_events[0]).objects.update(status="archived")

    response = client.get(f"/en/events/mine/{shared.token}/")
    text = response.content.decode()

    assert response.status_code == 200
    assert "3 entries are not in the programme" in text
    assert 'href="/en/events/"' in text
    assert all(one.title_en not in text for one in three_events)


# The calendar of a list


def _summaries(client, shared, language="en"):
    response = client.get(f"/{language}/events/mine/{shared.token}/programme.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return str(calendar["x-wr-calname"]), [str(one["summary"]) for one in calendar.walk("VEVENT")]


@IN_MAY
def test_the_calendar_holds_the_coming_dates_under_the_lists_title(client, three_events):
    july, over, june = three_events
    factories.OccurrenceFactory(first_day=JUNE)

    name, summaries = _summaries(client, _shared(july, over, june, title="8-сынып"))

    assert (name, summaries) == ("8-сынып", [june.title_en, july.title_en])


@pytest.mark.parametrize(("days_later", "stays"), [(0, True), (30, True), (31, False)])
def test_a_cancelled_date_stays_in_the_calendar_for_thirty_days(client, days_later, stays):
    occurrence = factories.OccurrenceFactory(first_day=JUNE, status="cancelled")

    with time_machine.travel(occurrence.ends_at + timedelta(days=days_later, hours=-1)):
        _name, summaries = _summaries(client, _shared(occurrence.event))

    assert summaries == ([f"Cancelled: {occurrence.event.title_en}"] if stays else [])


# What every page of these keeps


@IN_MAY
def test_the_pages_ask_the_same_few_questions_whatever_the_number(client):
    def count(events):
        shared = _shared(*events)
        counts = []
        for address in (
            _address(*events),
            f"/en/events/mine/{shared.token}/",
            f"/en/events/mine/{shared.token}/programme.ics",
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    events = []
    for number in range(40):
        region = factories.RegionFactory()
        occurrence = factories.OccurrenceFactory(
            event__region=region,
            venue=factories.VenueFactory(region=region),
            first_day=JUNE + timedelta(days=number % 5),
            start_time=time(10),
        )
        occurrence.room = "2"
        occurrence.save()
        events.append(occurrence.event)

    few, many = count(events[:2]), count(events)

    assert many == few
    assert max(few) <= 6


@IN_MAY
def test_the_pages_are_not_for_search_engines_and_set_no_cookie(client, three_events):
    for address in (
        "/en/events/mine/",
        _address(*three_events),
        f"/en/events/mine/{_shared(*three_events).token}/",
    ):
        response = client.get(address)
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")


def test_no_model_keeps_what_a_visitor_chose():
    from django.apps import apps

    names = {model._meta.model_name for model in apps.get_app_config("events").get_models()}

    assert {name for name in names if "list" in name or "star" in name or "mine" in name} == set()


def test_an_event_page_and_each_row_of_a_list_have_a_star_that_is_a_plain_link(client):
    event = factories.OccurrenceFactory(first_day=date(2100, 6, 5)).event
    link = re.compile(
        rf'<a class="[^"]*\bstar\b[^"]*" data-event="{event.pk}" '
        rf'href="/en/events/mine/\?ids={event.pk}"'
    )

    for address in ("/en/", "/en/events/", event.get_absolute_url().replace("/kk/", "/en/")):
        assert len(link.findall(client.get(address).content.decode())) == 1, address


def test_the_qr_code_of_an_event_is_a_drawing_and_not_its_source(client):
    text = client.get(factories.EventFactory().get_absolute_url()).content.decode()

    assert '<figure class="share__qr"><svg ' in text


def test_scripts_stay_small(client):
    event = factories.OccurrenceFactory(first_day=date(2100, 6, 5)).event
    for address in ("/kk/", "/kk/events/", event.get_absolute_url(), _address(event), "/kk/embed/"):
        scripts = re.findall(r'src="/static/(js/[^"]+)"', client.get(address).content.decode())
        assert sum((STATIC / one).stat().st_size for one in scripts) <= 12_000, address
    assert (STATIC / "js/stars.js").stat().st_size <= 2_560
    assert (STATIC / "js/embed-height.js").stat().st_size <= 1_000

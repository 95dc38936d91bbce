"""The same programme for calendars, readers, spreadsheets, programs: read back by their tools."""

import csv
import io
import json
import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import feedparser
import pytest
import time_machine
from django.conf import settings
from icalendar import Calendar

from assembly_site.front.open_data import LICENCE
from events.models import Occurrence
from events.renderers import table

from .. import factories

pytestmark = pytest.mark.django_db

NOON = "2025-05-20T07:00:00Z"
IN_MAY = time_machine.travel(NOON, tick=False)
SITE = "http://127.0.0.1:8000"
OPEN_DATA = Path(settings.BASE_DIR) / "assembly_site/pages/content/open-data.toml"
FORMATS = ("ics", "atom", "csv", "json")


@pytest.fixture
def many():
    return factories.many_kinds_of_events(date(2025, 5, 20))


def _read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def _feed(client, query="", code="en", name="programme"):
    feed = feedparser.parse(_read(client, f"/{code}/events/{name}.atom{query}"))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def _table(client, query="", code="en"):
    text = _read(client, f"/{code}/events/programme.csv{query}")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _document(client, query="", code="en"):
    return json.loads(_read(client, f"/{code}/events/programme.json{query}"))


def _calendar(client, query=""):
    return Calendar.from_ical(_read(client, f"/en/events/programme.ics{query}")).walk("VEVENT")


# One question, one answer ---------------------------------------------------------------------

QUESTIONS = (
    "?when=all", "?when=past", "?when=now", "?when=week", "?when=month&sort=title",
    "?from=2025-05-10&to=2025-05-25", "?when=all&region=abai&region=astana&category=sport",
    "?when=all&status=cancelled&admission=free", "?mode=online&when=all&sort=date",
    "?when=all&audience=families&language=kk&access=step-free", "?when=all&q=Happening+1",
    "?when=past&status=postponed",
)  # fmt: skip


def _listed(client, query):
    """The dates that a visitor finds who turns every page of the list, folded ones among them."""
    found, number = [], 1
    while True:
        context = client.get(f"/en/events/{query}&page={number}").context
        found += [one.pk for day in context["days"] for one in day.occurrences]
        if number == context["page"].paginator.num_pages:
            folded = [one.pk for one in context["programme"].running]
            return [*folded, *found]
        number += 1


@IN_MAY
@pytest.mark.parametrize("query", QUESTIONS)
def test_a_question_gets_the_same_answer_in_every_format(client, many, query):
    listed = _listed(client, query)
    uids = {one.pk: str(one.uid) for one in Occurrence.objects.all()}
    known = set(Occurrence.objects.filter(precision="day").values_list("pk", flat=True))

    answers = {
        "csv": [row["uid"] for row in _table(client, query)],
        "json": [row["uid"] for row in _document(client, query)["occurrences"]],
        "atom": [one.id.removeprefix("urn:uuid:") for one in _feed(client, query).entries],
    }

    assert answers == {name: [uids[pk] for pk in listed] for name in answers}
    in_calendar = {str(one["uid"]) for one in _calendar(client, query)}
    assert in_calendar == {uids[pk] for pk in listed if pk in known}


@IN_MAY
def test_the_calendar_of_the_bare_list_keeps_cancelled_dates_besides(client, many):
    listed = set(_listed(client, "?when=upcoming"))
    known = Occurrence.objects.filter(precision="day", event__status="published")
    in_list = {str(one.uid) for one in known.filter(pk__in=listed)}
    recently = datetime(2025, 5, 20, 7, tzinfo=UTC) - timedelta(days=30)
    cancelled = known.filter(status="cancelled", ends_at__gt=recently)

    in_calendar = {str(one["uid"]) for one in _calendar(client)}

    assert cancelled.exclude(pk__in=listed).exists()
    assert in_calendar == in_list | {str(one.uid) for one in cancelled}


# Atom -----------------------------------------------------------------------------------------


@IN_MAY
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_atom_feed_says_what_it_is_where_it_is_and_in_which_language(client, code):
    region = factories.RegionFactory(
        slug="abai", name_kk="Абай", name_ru="Абай", name_en="Abai Region"
    )
    event = factories.OccurrenceFactory(event__region=region, first_day=date(2025, 6, 5)).event
    query = "?region=abai&when=all"

    response = client.get(f"/{code}/events/programme.atom{query}")
    feed = _feed(client, query, code).feed

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.language == code
    assert feed.id == f"{SITE}/{code}/events/?when=all&region=abai"
    assert {link.rel: link.href for link in feed.links} == {
        "alternate": f"{SITE}/{code}/events/?when=all&region=abai",
        "self": f"{SITE}/{code}/events/programme.atom{query}",
    }
    assert feed.rights == LICENCE
    assert feed.author
    (entry,) = _feed(client, query, code).entries
    assert entry.link == f"{SITE}/{code}/events/{event.slug}/"
    assert entry.title.startswith(getattr(event, f"title_{code}"))
    assert entry.summary == getattr(event, f"summary_{code}")
    assert [tag.term for tag in entry.tags] == [getattr(event.category, f"title_{code}")]


def test_an_atom_entry_keeps_its_id_and_tells_when_it_changed(client):
    with time_machine.travel("2025-05-20T07:00:00Z", tick=False):
        occurrence = factories.OccurrenceFactory(event__slug="first", first_day=date(2025, 6, 5))
        before = _feed(client)
    with time_machine.travel("2025-05-21T09:30:00Z", tick=False):
        occurrence.event.slug, occurrence.event.title_en = "second", "Another title"
        occurrence.event.save()
        renamed = _feed(client)
    with time_machine.travel("2025-05-22T09:30:00Z", tick=False):
        occurrence.first_day = occurrence.last_day = date(2025, 6, 12)
        occurrence.save()
        moved = _feed(client)

    feeds = (before, renamed, moved)
    assert len({feed.entries[0].id for feed in feeds}) == 1
    assert [feed.entries[0].updated for feed in feeds] == [
        "2025-05-20T07:00:00+00:00", "2025-05-21T09:30:00+00:00", "2025-05-22T09:30:00+00:00",
    ]  # fmt: skip
    assert [feed.feed.updated for feed in feeds] == [feed.entries[0].updated for feed in feeds]
    assert {feed.entries[0].published for feed in feeds} == {"2024-01-01T00:00:00+00:00"}
    assert moved.entries[0].link == f"{SITE}/en/events/second/"


@IN_MAY
def test_an_atom_title_says_when_and_makes_no_day_of_a_month(client):
    factories.OccurrenceFactory(event__title_en="Feast", first_day=date(2025, 6, 5))
    factories.OccurrenceFactory(
        event__title_en="Forum", first_day=date(2025, 7, 9), precision="month"
    )
    factories.OccurrenceFactory(
        event__title_en="Concert", first_day=date(2025, 8, 9), status="cancelled"
    )

    titles = [entry.title.replace("\u00a0", " ") for entry in _feed(client).entries]

    assert titles == ["Feast, 5 June 2025", "Forum, July 2025", "Cancelled: Concert, 9 August 2025"]


@IN_MAY
def test_signs_that_xml_has_no_room_for_do_not_break_the_feeds(client):
    occurrence = factories.OccurrenceFactory(
        event__title_en="Great\x0bfeast <b>&amp;</b>\ufffe", event__summary_en="Line\x0cfeed\x01"
    )
    occurrence.first_day = occurrence.last_day = date(2025, 6, 7)
    occurrence.save()

    entry = _feed(client, "?q=Great%0Bfeast").entries[0]

    assert entry.title.startswith("Great feast <b>&amp;</b>")
    assert entry.summary == "Line feed"
    assert _feed(client, name="changes").entries[0].title.startswith("Moved: Great feast")


def test_an_empty_feed_is_the_same_at_any_moment(client):
    answers = set()
    for moment in ("2025-05-20T07:00:00Z", "2025-05-27T07:00:00Z"):
        with time_machine.travel(moment, tick=False):
            answers.add(client.get("/en/events/programme.atom").content)

    assert len(answers) == 1


@IN_MAY
def test_entries_of_the_feed_of_changes_have_ids_that_stay(client):
    occurrence = factories.OccurrenceFactory(event__publish_at=datetime(2025, 5, 1, tzinfo=UTC))
    occurrence.first_day = occurrence.last_day = date(2025, 6, 9)
    occurrence.save()
    change = occurrence.changes.get()

    feed = _feed(client, name="changes")

    assert [entry.id for entry in feed.entries] == [
        f"tag:127.0.0.1,2025:change-{change.pk}",
        f"tag:127.0.0.1,2025:event-{occurrence.event_id}-added",
    ]
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": f"{SITE}/en/events/changes/", "self": f"{SITE}/en/events/changes.atom",
    }  # fmt: skip


# Spreadsheets ---------------------------------------------------------------------------------


@IN_MAY
def test_the_columns_are_those_of_the_table_in_their_order(client):
    factories.OccurrenceFactory()

    text = _read(client, "/en/events/programme.csv")

    assert text.splitlines()[0] == ",".join(table.COLUMNS)
    assert tuple(_document(client)["occurrences"][0]) == table.COLUMNS


def test_each_column_is_described_on_the_open_data_page():
    content = tomllib.loads(OPEN_DATA.read_text(encoding="utf-8"))

    missing = {
        code: [name for name in table.COLUMNS if not re.search(rf"(?m)^- {name}: \S", body)]
        for code, body in content["body"].items()
    }

    assert missing == {"kk": [], "ru": [], "en": []}


@IN_MAY
@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "@SUM(A1)", "+7 701 000 00 00", "-2+3", "\t=1+1", "\r=1+1", "\n=1+1",
        '=HYPERLINK("http://evil.example";"x")',
    ],
)  # fmt: skip
def test_a_spreadsheet_takes_no_text_for_a_formula(client, text):
    factories.OccurrenceFactory(event__title_en=text, event__organiser_en=text)

    row = _table(client)[0]

    assert (row["title"], row["organiser"]) == (f"'{text}", f"'{text}")
    assert _document(client)["occurrences"][0]["title"] == text


@IN_MAY
@pytest.mark.parametrize(
    "text", ['Say “hi”, "twice"', "a;b,c", "two\r\nlines", "one\nline", " Абай – Құнанбайұлы ", "'"]
)
def test_signs_of_the_format_itself_come_back_as_they_were(client, text):
    factories.OccurrenceFactory(event__summary_en=text)

    assert _table(client)[0]["summary"] == text
    assert _document(client)["occurrences"][0]["summary"] == text


@IN_MAY
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"first_day": date(2025, 6, 5)}, ("2025-06-05", "2025-06-05", "day")),
        ({"first_day": date(2025, 6, 5), "last_day": date(2025, 6, 7)},
         ("2025-06-05", "2025-06-07", "day")),
        ({"first_day": date(2025, 6, 5), "start_time": time(15), "end_time": time(17, 30)},
         ("2025-06-05T15:00+05:00", "2025-06-05T17:30+05:00", "day")),
        ({"first_day": date(2025, 6, 5), "start_time": time(15)},
         ("2025-06-05T15:00+05:00", None, "day")),
        ({"first_day": date(2025, 6, 5), "precision": "month"}, ("2025-06", "2025-06", "month")),
        ({"first_day": date(2025, 6, 5), "precision": "quarter"},
         ("2025-04", "2025-06", "quarter")),
        ({"first_day": date(2025, 6, 5), "precision": "year"}, ("2025", "2025", "year")),
    ],
)  # fmt: skip
def test_dates_are_written_as_far_as_they_are_known(client, fields, expected):
    factories.OccurrenceFactory(**fields)

    typed = _document(client, "?when=all")["occurrences"][0]
    plain = _table(client, "?when=all")[0]

    names = ("start", "end", "precision")
    assert tuple(typed[name] for name in names) == expected
    assert tuple(plain[name] for name in names) == tuple(value or "" for value in expected)


@IN_MAY
def test_csv_and_json_hold_the_same_rows(client, many):
    def written(value):
        if isinstance(value, list):
            return " ".join(value)
        if value is None or isinstance(value, bool):
            return {None: "", True: "true", False: "false"}[value]
        return str(value)

    plain = _table(client, "?when=all", "kk")
    typed = _document(client, "?when=all", "kk")["occurrences"]

    assert len(plain) > 80
    assert plain == [{name: written(value) for name, value in row.items()} for row in typed]


@IN_MAY
def test_a_row_says_all_that_is_known_and_nothing_more(client):
    region = factories.RegionFactory(slug="abai")
    venue = factories.VenueFactory(region=region, latitude="50.40750", longitude="80.22750")
    whole = factories.EventFactory()
    occurrence = factories.OccurrenceFactory(
        venue=venue,
        event__region=region,
        event__category=factories.CategoryFactory(slug="concert"),
        event__admission="ticket",
        event__price=1500,
        event__attendance_mode="mixed",
        event__online_url="https://example.org/live",
        event__organiser_en="House",
        event__part_of=whole,
    )
    event = occurrence.event
    event.languages.set([factories.SpokenLanguageFactory(code=code) for code in ("kk", "ru")])
    event.audiences.add(factories.AudienceFactory(code="families"))
    event.access.add(factories.AccessProvisionFactory(code="step-free"))
    bare = factories.OccurrenceFactory(first_day=date(2025, 7, 1))

    known, unknown = _document(client)["occurrences"]

    assert known == {
        "id": occurrence.pk,
        "uid": str(occurrence.uid),
        "event": event.pk,
        "title": event.title_en,
        "summary": "In short",
        "status": "scheduled",
        "start": "2025-06-05",
        "end": "2025-06-05",
        "all_day": False,
        "precision": "day",
        "category": "concert",
        "region": "abai",
        "venue": "House of Friendship",
        "latitude": 50.4075,
        "longitude": 80.2275,
        "attendance_mode": "mixed",
        "online_url": "https://example.org/live",
        "admission": "ticket",
        "price": 1500,
        "languages": ["kk", "ru"],
        "audiences": ["families"],
        "access": ["step-free"],
        "organiser": "House",
        "part_of": whole.pk,
        "url": f"{SITE}/en/events/{event.slug}/",
        "updated": "2025-05-20T12:00:00+05:00",
    }
    assert {name for name, value in unknown.items() if value in (None, [])} == {
        "region", "venue", "latitude", "longitude", "online_url", "admission", "price",
        "languages", "audiences", "access", "organiser", "part_of",
    }  # fmt: skip
    assert unknown["id"] == bare.pk


@IN_MAY
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_document_names_its_list_its_licence_and_its_language(client, code):
    region = factories.RegionFactory(slug="abai")
    factories.OccurrenceFactory(event__region=region)

    response = client.get(f"/{code}/events/programme.json?region=abai")
    document = json.loads(response.content)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert getattr(region, f"name_{code}") in document.pop("title")
    assert len(document.pop("occurrences")) == 1
    assert document == {
        "url": f"{SITE}/{code}/events/?region=abai",
        "language": code,
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "count": 1,
    }


@IN_MAY
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Programme of the Assembly’s 30th anniversary"),
        ("?when=all&sort=date", "Programme of the Assembly’s 30th anniversary"),
        ("?when=weekend", "Programme, this weekend"),
        ("?category=concert", "Concerts"),
    ],
)
def test_a_list_has_one_name_in_every_format_that_names_it(client, query, name):
    factories.CategoryFactory(slug="concert", title_en="Concerts")

    calendar = Calendar.from_ical(_read(client, f"/en/events/programme.ics{query}"))

    assert str(calendar["x-wr-calname"]) == name
    assert _feed(client, query).feed.title == name
    assert _document(client, query)["title"] == name


@pytest.mark.parametrize("name", ["csv", "json"])
def test_other_sites_may_read_the_open_data(client, name):
    assert client.get(f"/en/events/programme.{name}")["Access-Control-Allow-Origin"] == "*"


def test_a_spreadsheet_is_saved_under_a_name(client):
    response = client.get("/en/events/programme.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="programme.csv"'


# Conditional requests -------------------------------------------------------------------------

ANSWERS = (
    "events/", "events/?when=all&region=abai", "events/calendar/2025/06/", "events/map/",
    "events/regions/abai/", "events/categories/concert/", "events/feast/",
    "events/feast/event.ics", "events/changes/", "events/changes.atom",
    *(f"events/programme.{name}?when=all" for name in FORMATS),
)  # fmt: skip


@pytest.fixture
@IN_MAY
def feast():
    return factories.OccurrenceFactory(
        event__slug="feast",
        event__region=factories.RegionFactory(slug="abai"),
        event__category=factories.CategoryFactory(slug="concert"),
        event__publish_at=datetime(2025, 5, 1, tzinfo=UTC),
        first_day=date(2025, 6, 5),
    )


@IN_MAY
@pytest.mark.parametrize("path", ANSWERS)
def test_what_has_not_changed_is_answered_304(client, feast, path):
    first, again = client.get(f"/kk/{path}"), client.get(f"/kk/{path}")

    conditional = client.get(f"/kk/{path}", headers={"if-none-match": first["ETag"]})
    other = client.get(f"/kk/{path}", headers={"if-none-match": '"other"'})

    assert re.fullmatch('"[^"]+"', first["ETag"])
    assert first["ETag"] == again["ETag"]
    assert (conditional.status_code, conditional.content) == (304, b"")
    assert (conditional["ETag"], other.status_code) == (first["ETag"], 200)
    assert client.get(f"/ru/{path}")["ETag"] != first["ETag"]


@IN_MAY
@pytest.mark.parametrize("path", ANSWERS)
def test_what_has_changed_is_sent_anew(client, feast, path):
    before = client.get(f"/kk/{path}")["ETag"]
    event = feast.event
    event.title_kk = "Басқа атау"
    event.save()
    feast.status, feast.reason_kk = "cancelled", "Су"
    feast.save()
    factories.OccurrenceFactory(event__region=event.region, event__category=event.category)

    response = client.get(f"/kk/{path}", headers={"if-none-match": before})

    assert response.status_code == 200


@IN_MAY
@pytest.mark.parametrize("path", ANSWERS)
def test_answers_vary_on_nothing_and_set_no_cookie(client, feast, path):
    response = client.get(f"/kk/{path}")

    assert (response.get("Vary", ""), dict(response.cookies)) == ("", {})

"""What search engines are told: all that is known in their words, and nothing invented."""

import io
import json
import re
import tomllib
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assembly_site.pictures.models import Picture
from events.models import SpokenLanguage
from events.starting_content import CONTENT

from .. import factories

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _blocks(client, path):
    text = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(block) for block in found]


def _data(client, event, code="en"):
    """What is said of the event itself, before the way that leads to it."""
    data, breadcrumbs = _blocks(client, f"/{code}/events/{event.slug}/")
    assert breadcrumbs["@type"] == "BreadcrumbList"
    return data


# What schema.org knows of each type that we use, and what the values must look like -----------

DAY = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d\+05:00)?)?)?"
ADDRESS = r"https?://\S+"
SCHEMA = r"https://schema\.org/"
TEXT = r"(?s).*\S.*"
VOCABULARY = {
    "Event": {
        "name": TEXT, "url": ADDRESS, "description": TEXT, "startDate": DAY, "endDate": DAY,
        "previousStartDate": DAY, "inLanguage": r"[a-z]{2,3}", "sameAs": ADDRESS,
        "image": ADDRESS, "isAccessibleForFree": True,
        "eventStatus": SCHEMA + r"Event(Scheduled|Rescheduled|Postponed|Cancelled|MovedOnline)",
        "eventAttendanceMode": SCHEMA + r"(Offline|Online|Mixed)EventAttendanceMode",
        "location": ("Place", "VirtualLocation"), "organizer": ("Organization",),
        "offers": ("Offer",), "superEvent": ("Event",), "subEvent": ("Event",),
    },
    "Place": {"name": TEXT, "address": ("PostalAddress",), "geo": ("GeoCoordinates",)},
    "PostalAddress": {"addressCountry": r"KZ", "addressRegion": TEXT, "streetAddress": TEXT},
    "GeoCoordinates": {"latitude": float, "longitude": float},
    "VirtualLocation": {"url": ADDRESS},
    "Organization": {"name": TEXT},
    "Offer": {"price": int, "priceCurrency": r"KZT", "url": ADDRESS, "validThrough": DAY},
}  # fmt: skip
EVENT_TYPES = ("Event", "Festival", "MusicEvent")
# https://developers.google.com/search/docs/appearance/structured-data/event
REQUIRED = {"name", "startDate", "location"}


def _check(data):
    """Fails on a property that its type does not have, and on a value of another form."""
    kind = data["@type"]
    known = VOCABULARY["Event" if kind in EVENT_TYPES else kind]
    for name, value in data.items():
        if name in ("@type", "@context"):
            continue
        assert name in known, f"{kind} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            _check_value(known[name], one, f"{kind}.{name}: {one}")


def _check_value(expected, value, message):
    if isinstance(expected, tuple):
        assert value["@type"] in (*expected, *(EVENT_TYPES if "Event" in expected else ())), message
        _check(value)
    elif isinstance(expected, str):
        assert re.fullmatch(expected, value), message
    elif isinstance(expected, type):
        assert type(value) is expected, message
    else:
        assert value is expected, message


ALWAYS = {
    "@context", "@type", "name", "url", "description", "startDate", "endDate", "eventStatus",
    "eventAttendanceMode", "location", "image",
}  # fmt: skip
TICKETS = "https://tickets.example/1"
# A kind of event, and what is said of it besides what is said of every one.
KINDS = {
    "bare": ({}, set()),
    "an open end": ({"start_time": time(15)}, {"-endDate"}),
    "several days, open end": (
        {"start_time": time(10), "last_day": date(2025, 6, 7)}, set(),
    ),
    "the month alone": ({"precision": "month"}, set()),
    "the year alone": ({"precision": "year"}, set()),
    "free": ({"event__admission": "free"}, {"isAccessibleForFree", "offers"}),
    "a ticket with a price": ({"event__admission": "ticket", "event__price": 1500}, {"offers"}),
    "a ticket sold somewhere": (
        {"event__admission": "ticket", "event__registration_url": TICKETS}, {"offers"},
    ),
    "a ticket of which nothing is known": ({"event__admission": "ticket"}, set()),
    "registration": (
        {"event__admission": "registration", "event__registration_url": TICKETS}, {"offers"},
    ),
    "invitation": ({"event__admission": "invitation"}, set()),
    "an organiser": ({"event__organiser_en": "House"}, {"organizer"}),
    "a web page": ({"event__website": "https://example.org/"}, {"sameAs"}),
    "cancelled": ({"status": "cancelled"}, set()),
    "postponed": ({"status": "postponed"}, set()),
    "moved": (
        {"status": "rescheduled", "previous_first_day": date(2025, 6, 1)}, {"previousStartDate"},
    ),
    "moved online": (
        {"status": "moved-online", "event__online_url": "https://example.org/live"}, set(),
    ),
    "moved online, the address unknown": ({"status": "moved-online"}, {"-location"}),
    "in person and online": (
        {"event__attendance_mode": "mixed", "event__online_url": "https://example.org/live"}, set(),
    ),
}  # fmt: skip


@IN_MAY
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_event_says_what_is_known_of_it(client, kind):
    fields, more = KINDS[kind]
    expected = ALWAYS - {name[1:] for name in more if name[0] == "-"}
    expected |= {name for name in more if name[0] != "-"}
    region = factories.RegionFactory()
    event = factories.OccurrenceFactory(
        **{"event__region": region, "first_day": date(2025, 6, 5), **fields}
    ).event

    data = _data(client, event)

    assert set(data) == expected
    assert set(data) >= REQUIRED - {name[1:] for name in more if name[0] == "-"}
    _check(data)


def test_what_is_known_is_said_with_the_type_of_its_category(client):
    region = factories.RegionFactory(name_en="Abai Region")
    event = factories.OccurrenceFactory(
        event__region=region,
        event__category__schema_type="Festival",
        event__admission="free",
        event__organiser_en="House of Friendship",
        venue=factories.VenueFactory(region=region),
        first_day=date(2025, 6, 5),
        start_time=time(15),
        end_time=time(17),
    ).event
    event.languages.add(SpokenLanguage.objects.create(code="kk", title_kk="қазақ тілі"))

    assert _data(client, event) == {
        "@context": "https://schema.org",
        "@type": "Festival",
        "name": event.title_en,
        "description": "In short",
        "url": f"http://127.0.0.1:8000/en/events/{event.slug}/",
        "startDate": "2025-06-05T15:00+05:00",
        "endDate": "2025-06-05T17:00+05:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": ["kk"],
        "location": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressCountry": "KZ",
                    "addressRegion": "Abai Region",
                },
                "name": "House of Friendship",
            }
        ],
        "organizer": {"@type": "Organization", "name": "House of Friendship"},
        "isAccessibleForFree": True,
        "image": [f"{SITE}/en/cards/event/{event.slug}.png"],
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "KZT"},
    }


def test_an_unknown_day_is_not_made_up(client):
    event = factories.OccurrenceFactory(first_day=date(2025, 3, 9), precision="month").event

    data = _data(client, event)

    assert (data["startDate"], data["endDate"]) == ("2025-03", "2025-03")
    assert not {"offers", "organizer", "inLanguage", "previousStartDate"} & set(data)


def test_a_moved_event_says_when_it_was_to_be(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 6, 9), status="rescheduled", previous_first_day=date(2025, 6, 5)
    ).event

    data = _data(client, event)

    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2025-06-05"


def test_a_title_cannot_break_out_of_the_block(client):
    event = factories.OccurrenceFactory(event__title_en="</script><script>alert(1)//").event

    text = client.get(f"/en/events/{event.slug}/").content.decode()

    assert "<script>alert(1)" not in text
    assert _data(client, event)["name"] == "</script><script>alert(1)//"


@pytest.mark.parametrize(
    ("moment", "fields", "offer"),
    [
        ("2025-05-20T07:00:00Z", {"price": 1500},
         {"price": 1500, "priceCurrency": "KZT", "url": TICKETS,
          "validThrough": "2025-06-01T18:00+05:00"}),
        ("2025-05-20T07:00:00Z", {}, {"url": TICKETS, "validThrough": "2025-06-01T18:00+05:00"}),
        ("2025-06-20T07:00:00Z", {"price": 1500},
         {"price": 1500, "priceCurrency": "KZT", "validThrough": "2025-06-01T18:00+05:00"}),
        ("2025-06-20T07:00:00Z", {}, None),
    ],
)  # fmt: skip
def test_an_offer_names_what_is_known_and_leads_somewhere_while_it_can(
    client, moment, fields, offer
):
    event = factories.EventFactory(
        admission="ticket",
        registration_url=TICKETS,
        registration_until=datetime(2025, 6, 1, 13, tzinfo=UTC),
        **fields,
    )
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 5))

    with time_machine.travel(moment, tick=False):
        found = _data(client, event).get("offers")

    assert found == (offer and {"@type": "Offer", **offer})


def test_nobody_is_sent_to_the_tickets_of_a_cancelled_event(client):
    event = factories.OccurrenceFactory(
        status="cancelled", event__admission="ticket", event__registration_url=TICKETS
    ).event

    assert "offers" not in _data(client, event)


def test_the_photograph_stands_where_there_is_one(client):
    content = io.BytesIO()
    Image.new("RGB", (1600, 900)).save(content, "PNG")
    picture = Picture.objects.create(
        title="House", image=SimpleUploadedFile("a.png", content.getvalue()), decorative=True
    )
    event = factories.OccurrenceFactory(event__picture=picture).event

    images = _data(client, event)["image"]

    assert [one.rpartition(".")[2] for one in images] == ["webp", "jpg"]
    assert all(one.startswith(f"{SITE}/media/__processed__/") for one in images)


def test_what_went_online_is_in_no_hall(client):
    event = factories.OccurrenceFactory(
        status="moved-online",
        venue=factories.VenueFactory(),
        event__online_url="https://example.org/live",
        previous_first_day=date(2025, 6, 1),
    ).event

    data = _data(client, event)

    assert data["location"] == [{"@type": "VirtualLocation", "url": "https://example.org/live"}]
    assert data["eventStatus"] == [
        "https://schema.org/EventMovedOnline", "https://schema.org/EventRescheduled",
    ]  # fmt: skip
    assert data["previousStartDate"] == "2025-06-01"


def test_all_over_the_country_is_the_country_and_no_town(client):
    event = factories.OccurrenceFactory().event

    assert _data(client, event)["location"] == [
        {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "KZ"}}
    ]


@IN_MAY
def test_an_event_of_several_dates_spans_them_and_names_each(client):
    event = factories.OccurrenceFactory(
        event__region=factories.RegionFactory(), first_day=date(2025, 6, 5), start_time=time(10)
    ).event
    factories.OccurrenceFactory(event=event, first_day=date(2025, 5, 1))
    factories.OccurrenceFactory(
        event=event, first_day=date(2025, 6, 9), start_time=time(15), status="cancelled"
    )

    data = _data(client, event)

    _check(data)
    assert (data["startDate"], data["endDate"]) == ("2025-05-01", "2025-06-09")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert [
        (one["startDate"], one["eventStatus"].removeprefix("https://schema.org/"))
        for one in data["subEvent"]
    ] == [
        ("2025-06-05T10:00+05:00", "EventScheduled"), ("2025-06-09T15:00+05:00", "EventCancelled"),
    ]  # fmt: skip
    assert all(set(one) >= REQUIRED for one in data["subEvent"])


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("cancelled", "cancelled"), "EventCancelled"),
        (("cancelled", "postponed"), "EventPostponed"),
        (("cancelled", "rescheduled"), "EventScheduled"),
    ],
)
def test_an_event_holds_while_one_of_its_dates_does(client, statuses, expected):
    event = factories.EventFactory()
    for day, status in enumerate(statuses, start=1):
        factories.OccurrenceFactory(event=event, first_day=date(2025, 6, day), status=status)

    assert _data(client, event)["eventStatus"] == f"https://schema.org/{expected}"


def test_an_umbrella_and_its_parts_name_each_other(client):
    whole = factories.OccurrenceFactory(event__title_en="Year").event
    part = factories.OccurrenceFactory(
        event__part_of=whole, event__title_en="Day", event__category__schema_type="Festival"
    ).event
    factories.OccurrenceFactory(event__part_of=whole, event__draft=True)

    assert _data(client, whole)["subEvent"] == [
        {"@type": "Festival", "name": "Day", "url": f"{SITE}/en/events/{part.slug}/"}
    ]
    assert _data(client, part)["superEvent"] == {
        "@type": "Event", "name": "Year", "url": f"{SITE}/en/events/{whole.slug}/",
    }  # fmt: skip


def test_a_whole_that_is_not_public_is_not_named(client):
    whole = factories.EventFactory(draft=True)
    part = factories.OccurrenceFactory(event__part_of=whole).event

    assert "superEvent" not in _data(client, part)


def test_the_way_to_the_event_is_the_one_above_its_title(client):
    region = factories.RegionFactory(slug="abai", name_en="Abai Region")
    event = factories.OccurrenceFactory(event__region=region, event__title_en="Feast").event

    breadcrumbs = _blocks(client, f"/en/events/{event.slug}/")[-1]

    assert breadcrumbs == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": f"{SITE}/en/{path}"}
            for place, (name, path) in enumerate(
                [
                    ("Home", ""), ("Programme", "events/"),
                    ("Abai Region", "events/regions/abai/"), ("Feast", f"events/{event.slug}/"),
                ],
                start=1,
            )
        ],
    }  # fmt: skip


def test_an_event_without_a_date_says_only_how_to_get_there(client):
    event = factories.EventFactory()

    assert [one["@type"] for one in _blocks(client, f"/en/events/{event.slug}/")] == [
        "BreadcrumbList"
    ]


@IN_MAY
@pytest.mark.parametrize("path", ["", "regions/abai/", "categories/concert/"])
def test_a_list_names_the_addresses_of_its_events_and_each_once(client, path):
    region, category = (
        factories.RegionFactory(slug="abai"), factories.CategoryFactory(slug="concert"),
    )  # fmt: skip
    events = [
        factories.OccurrenceFactory(
            event__region=region, event__category=category, first_day=date(2025, 6, day)
        ).event
        for day in (1, 2)
    ]
    factories.OccurrenceFactory(event=events[0], first_day=date(2025, 6, 3))

    data = _blocks(client, f"/en/events/{path}")[-1]

    assert data == {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": f"{SITE}/en/events/{event.slug}/"}
            for place, event in enumerate(events, start=1)
        ],
    }


def test_an_empty_list_says_nothing(client):
    assert _blocks(client, "/en/events/") == []


def test_the_kinds_of_the_starting_content_are_types_of_events_of_schema_org():
    types_of_events = {
        "Event", "BusinessEvent", "ChildrensEvent", "DanceEvent", "EducationEvent",
        "ExhibitionEvent", "Festival", "FoodEvent", "LiteraryEvent", "MusicEvent",
        "ScreeningEvent", "SocialEvent", "SportsEvent", "TheaterEvent", "VisualArtsEvent",
    }  # fmt: skip

    files = [tomllib.loads(path.read_text()) for path in (CONTENT / "categories").glob("*.toml")]

    assert {file["schema_type"] for file in files} <= types_of_events

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from icalendar import Calendar

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _read(response):
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def _events(client, address="/en/events/programme.ics"):
    return _read(client.get(address)).walk("VEVENT")


@IN_MAY
def test_a_timed_event_stands_in_utc(client):
    factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), start_time=time(15), end_time=time(17, 30)
    )

    (one,) = _events(client)

    assert one.decoded("dtstart") == datetime(2025, 6, 5, 10, tzinfo=UTC)
    assert one.decoded("dtend") == datetime(2025, 6, 5, 12, 30, tzinfo=UTC)
    assert one["dtstart"].to_ical() == b"20250605T100000Z"


@IN_MAY
def test_no_end_is_invented(client):
    factories.OccurrenceFactory(start_time=time(15))

    (one,) = _events(client)

    assert "dtend" not in one


@IN_MAY
def test_days_end_on_the_exclusive_day(client):
    factories.OccurrenceFactory(first_day=date(2025, 6, 5), last_day=date(2025, 6, 7))

    (one,) = _events(client)

    assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2025, 6, 5), date(2025, 6, 8))


@IN_MAY
def test_an_event_without_a_known_day_is_not_in_the_calendar(client):
    event = factories.OccurrenceFactory(precision="month").event

    assert _events(client) == []
    assert client.get(f"/en/events/{event.slug}/event.ics").status_code == 404


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (datetime(2025, 6, 5, 19, tzinfo=UTC), True),  # midnight in Astana after its day
        (datetime(2025, 7, 5, 18, 59, tzinfo=UTC), True),  # thirty days later, the last minute
        (datetime(2025, 7, 5, 19, tzinfo=UTC), False),
        (datetime(2025, 7, 6, 19, tzinfo=UTC), False),
    ],
)
def test_a_cancelled_event_stays_in_the_feed_for_thirty_days(client, moment, found):
    factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), status="cancelled", reason_kk="Су тасқыны", reason_ru="Паводок"
    )
    factories.OccurrenceFactory(first_day=date(2025, 12, 1))

    with time_machine.travel(moment, tick=False):
        cancelled = [one for one in _events(client) if one["status"] == "CANCELLED"]

    assert bool(cancelled) is found
    assert [str(one["summary"])[:11] for one in cancelled] == ["Cancelled: "] * len(cancelled)


@IN_MAY
def test_what_is_over_and_was_not_cancelled_leaves_the_feed(client):
    for status in ("scheduled", "rescheduled", "postponed", "moved-online"):
        factories.OccurrenceFactory(first_day=date(2025, 5, 10), status=status)
    ahead = factories.OccurrenceFactory(first_day=date(2025, 6, 5))

    assert [str(one["uid"]) for one in _events(client)] == [str(ahead.uid)]


@IN_MAY
@pytest.mark.parametrize(
    ("code", "cancelled"), [("kk", "Болмайды"), ("ru", "Отменено"), ("en", "Cancelled")]
)
def test_the_word_for_what_happened_stands_first_in_each_language(client, code, cancelled):
    event = factories.OccurrenceFactory(status="cancelled").event

    (one,) = _events(client, f"/{code}/events/programme.ics")

    assert str(one["summary"]) == f"{cancelled}: {getattr(event, f'title_{code}')}"


@IN_MAY
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "CONFIRMED"), ("rescheduled", "CONFIRMED"), ("moved-online", "CONFIRMED"),
        ("postponed", "TENTATIVE"), ("cancelled", "CANCELLED"),
    ],
)  # fmt: skip
def test_each_entry_has_what_a_calendar_needs(client, status, expected):
    occurrence = factories.OccurrenceFactory(status=status)

    (one,) = _events(client)

    assert one["status"] == expected
    assert str(one["uid"]) == str(occurrence.uid)
    assert one["sequence"] == 0
    for name in ("dtstamp", "last-modified"):
        assert one[name].to_ical() == b"20250520T070000Z"


@IN_MAY
def test_last_modified_follows_the_event_and_its_date(client):
    with time_machine.travel("2025-05-01T07:00:00Z", tick=False):
        occurrence = factories.OccurrenceFactory()
    stamps = [_events(client)[0]["last-modified"].to_ical()]
    for moment, instance in (
        ("2025-05-02T07:00:00Z", occurrence.event), ("2025-05-03T07:00:00Z", occurrence),
    ):  # fmt: skip
        with time_machine.travel(moment, tick=False):
            instance.save()
        stamps.append(_events(client)[0]["last-modified"].to_ical())

    assert stamps == [b"20250501T070000Z", b"20250502T070000Z", b"20250503T070000Z"]


@IN_MAY
def test_the_uid_stays_and_the_sequence_grows_when_the_day_moves(client):
    occurrence = factories.OccurrenceFactory()
    before = _events(client)[0]

    occurrence.first_day = occurrence.last_day = date(2025, 6, 9)
    occurrence.status = "rescheduled"
    occurrence.save()
    after = _events(client)[0]

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


@IN_MAY
def test_the_calendar_speaks_the_language_of_its_address(client):
    event = factories.OccurrenceFactory().event

    titles = [
        str(_events(client, f"/{code}/events/{event.slug}/event.ics")[0]["summary"])
        for code in ("kk", "ru", "en")
    ]

    assert titles == [event.title_kk, event.title_ru, event.title_en]


@IN_MAY
@pytest.mark.parametrize("length", range(60, 68))
def test_lines_are_folded_at_75_octets_without_cutting_a_letter(client, length):
    title = ("Қазақстан халқы Ассамблеясының мерекесі 🎉 " * 5)[:length] + "ң" * 60
    factories.OccurrenceFactory(event__title_kk=title)

    content = client.get("/kk/events/programme.ics").content

    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) == 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(line.decode() for line in lines[:-1])
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["summary"]) == title


@IN_MAY
def test_signs_of_the_format_itself_are_escaped_and_come_back(client):
    text = 'Ән; жыр, би \\ «той»: "бірге"'
    factories.OccurrenceFactory(
        event__title_kk=text,
        event__summary_kk=f"{text}\nекінші жол",
        event__category__title_kk=text,
    )

    content = client.get("/kk/events/programme.ics").content.replace(b"\r\n ", b"").decode()
    (one,) = Calendar.from_ical(content).walk("VEVENT")

    assert "Ән\\; жыр\\, би \\\\ «той»" in content
    assert "\\nекінші жол" in content
    assert str(one["summary"]) == text
    assert str(one["description"]) == f"{text}\nекінші жол"
    assert [str(cat) for cat in one["categories"].cats] == [text]


@IN_MAY
def test_a_title_cannot_add_lines_of_its_own(client):
    factories.OccurrenceFactory(
        event__title_en="Feast\r\nSTATUS:CANCELLED\r\nEND:VEVENT", event__summary_en="a\x0bb\x01c"
    )

    (one,) = _events(client)

    assert one["status"] == "CONFIRMED"
    assert str(one["description"]) == "a b c"


@IN_MAY
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_calendar_says_what_it_is_and_how_often_to_ask(client, code):
    category = factories.CategoryFactory(slug="concert")
    factories.OccurrenceFactory(event__category=category)

    response = client.get(f"/{code}/events/programme.ics?category=concert")
    calendar = _read(response)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="programme.ics"'
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert str(calendar["x-wr-calname"]) == getattr(category, f"title_{code}")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in response.content
    assert b"\r\nX-PUBLISHED-TTL:PT6H\r\n" in response.content


@IN_MAY
def test_the_summary_names_the_language_it_is_really_in(client):
    factories.OccurrenceFactory(event__title_en="", event__title_kk="Той")

    (one,) = _events(client)

    assert (str(one["summary"]), one["summary"].params["LANGUAGE"]) == ("Той", "kk")


@pytest.mark.parametrize(
    ("day", "stamp"), [(date(2024, 2, 29), b"T060000Z"), (date(2024, 3, 1), b"T070000Z")]
)
def test_clock_times_are_right_on_both_sides_of_the_change_of_the_clock(client, day, stamp):
    """Asia/Almaty went from UTC+6 to UTC+5 on 1 March 2024."""
    event = factories.OccurrenceFactory(first_day=day, start_time=time(12)).event

    (one,) = _events(client, f"/en/events/{event.slug}/event.ics")

    assert one["dtstart"].to_ical() == f"{day:%Y%m%d}".encode() + stamp


@IN_MAY
def test_of_several_days_without_a_last_hour_the_days_are_shown(client):
    factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), last_day=date(2025, 6, 7), start_time=time(10)
    )

    (one,) = _events(client)

    assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2025, 6, 5), date(2025, 6, 8))
    assert "10:00" in str(one["description"])


@IN_MAY
def test_what_went_online_sends_nobody_to_the_hall(client):
    venue = factories.VenueFactory(latitude="50.40750", longitude="80.22750")
    hall = factories.OccurrenceFactory(
        venue=venue, room="2", event__region=venue.region, event__online_url="https://example.org/a"
    )
    here = _events(client)[0]
    hall.status = "moved-online"
    hall.save()
    online = _events(client)[0]

    assert str(here["location"]) == f"House of Friendship, 2, {venue.region.name_en}"
    assert here["geo"].to_ical() == "50.4075;80.2275"
    assert (str(online["location"]), "geo" in online) == ("https://example.org/a", False)


@IN_MAY
def test_a_calendar_of_one_event_holds_all_its_dates_and_no_other(client):
    event = factories.OccurrenceFactory(first_day=date(2025, 6, 5)).event
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 9), status="cancelled")
    factories.OccurrenceFactory(event=event, first_day=date(2025, 7, 1), precision="month")
    factories.OccurrenceFactory()

    entries = _events(client, f"/en/events/{event.slug}/event.ics")

    assert [(one.decoded("dtstart"), one["status"]) for one in entries] == [
        (date(2025, 6, 5), "CONFIRMED"), (date(2025, 6, 9), "CANCELLED"),
    ]  # fmt: skip


@IN_MAY
def test_the_feed_takes_the_filters_of_the_list(client):
    region = factories.RegionFactory(slug="abai")
    event = factories.OccurrenceFactory(event__region=region).event
    factories.OccurrenceFactory()

    titles = [
        str(one["summary"]) for one in _events(client, "/en/events/programme.ics?region=abai")
    ]

    assert titles == [event.title_en]

from datetime import UTC, date, datetime, time, timedelta

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


@pytest.mark.parametrize(("days_later", "found"), [(29, True), (31, False)])
def test_a_cancelled_event_stays_in_the_feed_for_thirty_days(client, days_later, found):
    factories.OccurrenceFactory(
        first_day=date(2025, 6, 5), status="cancelled", reason_kk="Су тасқыны", reason_ru="Паводок"
    )
    factories.OccurrenceFactory(first_day=date(2025, 12, 1))

    with time_machine.travel(
        datetime(2025, 6, 5, 19, tzinfo=UTC) + timedelta(days=days_later), tick=False
    ):
        cancelled = [one for one in _events(client) if one["status"] == "CANCELLED"]

    assert bool(cancelled) is found
    assert [str(one["summary"])[:11] for one in cancelled] == ["Cancelled: "] * len(cancelled)


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
def test_lines_are_folded_without_cutting_a_letter(client):
    factories.OccurrenceFactory(event__title_kk="Қазақстан халқы Ассамблеясының " * 5)

    content = client.get("/kk/events/programme.ics").content

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode()


@IN_MAY
def test_the_same_calendar_is_answered_304(client):
    factories.OccurrenceFactory()
    first = client.get("/kk/events/programme.ics")

    second = client.get("/kk/events/programme.ics", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304


@IN_MAY
@pytest.mark.parametrize("query", ["region=nowhere", "category=%00", "when=never"])
def test_a_machine_gets_400_and_one_sentence_for_nonsense(client, query):
    response = client.get(f"/en/events/programme.ics?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()


@IN_MAY
def test_the_feed_takes_the_filters_of_the_list(client):
    region = factories.RegionFactory(slug="abai")
    event = factories.OccurrenceFactory(event__region=region).event
    factories.OccurrenceFactory()

    titles = [
        str(one["summary"]) for one in _events(client, "/en/events/programme.ics?region=abai")
    ]

    assert titles == [event.title_en]

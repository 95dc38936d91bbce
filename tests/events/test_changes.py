"""One change, every channel; a typo, no channel."""

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta

import feedparser
import pytest
import time_machine
from icalendar import Calendar

from events.models import Change, Occurrence

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
@IN_MAY
def occurrence():
    venue = factories.VenueFactory(region__slug="abai", region__outline="M0 0h100v100z")
    return factories.OccurrenceFactory(
        event__region=venue.region,
        event__slug="great-feast",
        event__publish_at=datetime(2025, 5, 1, tzinfo=UTC),
        first_day=date(2025, 6, 5),
        start_time=time(10),
        end_time=time(12),
        venue=venue,
    )


def _give_reason(occurrence):
    occurrence.reason_kk, occurrence.reason_ru, occurrence.reason_en = "Су", "Паводок", "Flood"


def _cancel(occurrence):
    occurrence.status = Occurrence.Status.CANCELLED
    _give_reason(occurrence)


def _postpone(occurrence):
    occurrence.status = Occurrence.Status.POSTPONED
    _give_reason(occurrence)


def _move(occurrence):
    occurrence.first_day = occurrence.last_day = date(2025, 6, 12)


def _put_online(occurrence):
    occurrence.status = Occurrence.Status.MOVED_ONLINE


CHANGES = {
    "cancelled": (_cancel, {"kk": "болмайды", "ru": "отменено", "en": "cancelled"}),
    "postponed": (_postpone, {"kk": "кейінге қалдырылды", "ru": "отложено", "en": "postponed"}),
    "rescheduled": (
        _move, {"kk": "басқа уақытқа ауыстырылды", "ru": "перенесено", "en": "rescheduled"},
    ),
    "moved-online": (
        _put_online,
        {"kk": "онлайнға көшірілді", "ru": "перенесено в онлайн", "en": "moved online"},
    ),
}  # fmt: skip


@time_machine.travel("2025-05-20T09:00:00Z", tick=False)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", CHANGES)
def test_one_save_reaches_every_channel(client, occurrence, status, code):
    change, words = CHANGES[status]
    uid, sequence = str(occurrence.uid), occurrence.sequence

    with time_machine.travel(datetime(2025, 5, 20, 8, 0, tzinfo=UTC), tick=False):
        change(occurrence)
        occurrence.full_clean()
        occurrence.save()

    def read(address):
        response = client.get(f"/{code}{address}")
        assert response.status_code == 200, address
        return response.content.decode()

    event, word = occurrence.event, str(words[code])
    moved = status == "rescheduled"
    new_start = "2025-06-12T10:00+05:00" if moved else "2025-06-05T10:00+05:00"

    # The card, the page and the calendar of the month
    assert f"badge--{status}" in read("/events/")
    page = read("/events/great-feast/")
    assert f"banner--{status}" in page
    assert word in page.lower()
    assert "great-feast" in read("/events/calendar/2025/06/")

    # The map counts what can still be gone to under the filter of the status
    counted = client.get(f"/{code}/events/map/?status={status}").context["rows"]
    assert [row.upcoming for row in counted if row.region == event.region] == [1]

    # Structured data
    data = json.loads(page.partition('application/ld+json">')[2].partition("</script>")[0])
    assert (
        data["eventStatus"]
        == {
            "cancelled": "https://schema.org/EventCancelled",
            "postponed": "https://schema.org/EventPostponed",
            "rescheduled": "https://schema.org/EventRescheduled",
            "moved-online": "https://schema.org/EventMovedOnline",
        }[status]
    )
    assert data["startDate"] == new_start
    assert data.get("previousStartDate") == ("2025-06-05T10:00+05:00" if moved else None)
    online = (
        "OnlineEventAttendanceMode" if status == "moved-online" else "OfflineEventAttendanceMode"
    )
    assert data["eventAttendanceMode"] == f"https://schema.org/{online}"

    # Calendars: the list's and the event's own
    for address in ("/events/programme.ics", "/events/great-feast/event.ics"):
        entry = Calendar.from_ical(read(address)).walk("VEVENT")[0]
        assert str(entry["UID"]) == uid
        assert entry["SEQUENCE"] == sequence + 1
        assert entry["STATUS"] == {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}.get(
            status, "CONFIRMED"
        )
        assert entry["DTSTART"].dt.isoformat() == (
            "2025-06-12T05:00:00+00:00" if moved else "2025-06-05T05:00:00+00:00"
        )
        assert str(entry["SUMMARY"]).lower().startswith(word) is not moved

    # Atom, CSV, JSON
    entry = feedparser.parse(read("/events/programme.atom")).entries[0]
    assert entry.updated == "2025-05-20T08:00:00+00:00"
    assert entry.title.lower().startswith(word) is not moved
    row = next(csv.DictReader(io.StringIO(read("/events/programme.csv"))))
    assert (row["status"], row["start"]) == (status, new_start)
    item = json.loads(read("/events/programme.json"))["occurrences"][0]
    assert (item["status"], item["start"]) == (status, new_start)
    assert item["attendance_mode"] == ("online" if status == "moved-online" else "in-person")

    # The embed and the visitor's own programme
    assert word in read("/embed/events/").lower()
    assert word in read(f"/events/mine/?ids={event.pk}").lower()

    # The public list of changes, and its feed
    kind = {"rescheduled": "moved", "moved-online": "online"}.get(status, status)
    changes = client.get(f"/{code}/events/changes/").context["changes"]
    assert [one.kind for one in changes] == [kind, "added"]
    text = read("/events/changes/")
    if moved:
        assert "<del>" in text
        assert "<ins>" in text
    if status in ("cancelled", "postponed"):
        assert {"kk": "Су", "ru": "Паводок", "en": "Flood"}[code] in text
    latest = feedparser.parse(read("/events/changes.atom")).entries[0]
    assert latest.updated == "2025-05-20T08:00:00+00:00"
    assert event.slug in latest.link


@IN_MAY
def test_a_typo_announces_nothing(client, occurrence):
    occurrence.reason_kk = "Түзетілген мәтін"
    occurrence.save()
    occurrence.event.title_en = "Mended title"
    occurrence.event.save()

    assert not Change.objects.exists()
    occurrence.refresh_from_db()
    assert occurrence.sequence == 0


@IN_MAY
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"room": "2-зал"}, "place"),
        ({}, {"start_time": time(11), "end_time": time(13)}, "time"),
        ({"start_time": None, "end_time": None}, {"start_time": time(10)}, "confirmed"),
        ({"precision": "month", "start_time": None, "end_time": None},
         {"precision": "day", "first_day": date(2025, 6, 9), "last_day": date(2025, 6, 9)},
         "confirmed"),
        ({"status": "cancelled"}, {"status": "scheduled"}, "restored"),
    ],
)  # fmt: skip
def test_a_change_is_called_by_its_name(occurrence, before, after, kind):
    Occurrence.objects.filter(pk=occurrence.pk).update(**before)
    occurrence = Occurrence.objects.get(pk=occurrence.pk)

    for name, value in after.items():
        setattr(occurrence, name, value)
    occurrence.save()

    assert [one.kind for one in Change.objects.all()] == [kind]
    assert (occurrence.previous_first_day is not None) is (kind == "time")


@IN_MAY
def test_moving_keeps_the_first_start_and_moving_back_forgets_it(occurrence):
    _move(occurrence)
    occurrence.save()
    moved = (occurrence.status, occurrence.previous_first_day, occurrence.previous_start_time)
    occurrence.first_day = occurrence.last_day = date(2025, 6, 5)
    occurrence.save()

    assert moved == ("rescheduled", date(2025, 6, 5), time(10))
    assert (occurrence.status, occurrence.previous_first_day) == ("scheduled", None)


@IN_MAY
def test_what_is_over_or_not_public_is_no_news(occurrence):
    past = factories.OccurrenceFactory(first_day=date(2025, 3, 1))
    past.first_day = past.last_day = date(2025, 3, 2)
    past.save()
    draft = factories.OccurrenceFactory(event__draft=True, first_day=date(2025, 6, 1))
    draft.first_day = draft.last_day = date(2025, 6, 2)
    draft.save()

    assert not Change.objects.exists()
    assert (past.status, draft.status) == ("scheduled", "scheduled")


@IN_MAY
def test_an_event_that_goes_online_is_announced_once_and_every_calendar_learns(occurrence):
    later = factories.OccurrenceFactory(event=occurrence.event, first_day=date(2025, 7, 1))
    event = occurrence.event
    event.attendance_mode = "online"
    event.save()

    assert [(one.kind, one.old.mode, one.new.mode) for one in Change.objects.all()] == [
        ("mode", "қатысып", "онлайн")
    ]
    for one in (occurrence, later):
        one.refresh_from_db()
        assert one.sequence == 1


@IN_MAY
def test_a_date_taken_away_is_announced_as_withdrawn(occurrence):
    occurrence.delete()

    assert [one.kind for one in Change.objects.all()] == ["withdrawn"]
    assert Change.objects.get().old.dates.first_day == date(2025, 6, 5)


@IN_MAY
def test_changes_keep_the_name_that_the_venue_had(client, occurrence):
    occurrence.venue = factories.VenueFactory(region=occurrence.event.region, name_en="Square")
    occurrence.save()
    occurrence.venue.name_en = "Renamed square"
    occurrence.venue.save()

    text = client.get("/en/events/changes/").content.decode()

    assert "<del>House of Friendship</del>" in text
    assert "<ins>Square</ins>" in text


@IN_MAY
def test_publishing_in_the_admin_with_a_new_date_is_an_addition_and_no_move(client, account):
    user = account(None, is_superuser=True)
    client.force_login(user)
    occurrence = factories.OccurrenceFactory(event__draft=True, first_day=date(2025, 6, 1))
    address = f"/admin/events/event/{occurrence.event_id}/change/"
    values = form_values(client.get(address)) | {
        "status": "published",
        "occurrences-0-first_day": "08.06.2025",
        "occurrences-0-last_day": "08.06.2025",
    }

    response = client.post(address, values)

    assert response.status_code == 302, response.context["errors"]
    occurrence.refresh_from_db()
    assert occurrence.first_day == date(2025, 6, 8)
    assert occurrence.status == "scheduled"
    assert not Change.objects.exists()


@IN_MAY
def test_what_was_over_when_it_was_published_is_an_addition_to_the_archive_and_no_news(client, at):
    factories.OccurrenceFactory(event__publish_at=at, first_day=date(2024, 6, 1))
    coming = factories.OccurrenceFactory(event__publish_at=at, first_day=date(2025, 6, 1))

    changes = client.get("/en/events/changes/").context["changes"]

    assert [one.event for one in changes] == [coming.event]


@IN_MAY
def test_the_list_of_changes_asks_no_more_of_the_database_when_it_is_long(
    client, occurrence, django_assert_max_num_queries
):
    for number in range(30):
        occurrence.first_day = occurrence.last_day = date(2025, 6, 1) + timedelta(days=number)
        occurrence.save()

    with django_assert_max_num_queries(4):
        assert client.get("/kk/events/changes/").status_code == 200


@IN_MAY
def test_an_editor_changes_the_date_and_saves_once(client, account, occurrence):
    client.force_login(account("secretariat"))
    address = f"/admin/events/event/{occurrence.event_id}/change/"
    values = form_values(client.get(address)) | {
        "occurrences-0-first_day": "12.06.2025",
        "occurrences-0-last_day": "12.06.2025",
    }

    response = client.post(address, values)

    assert response.status_code == 302, response.context["errors"]
    occurrence.refresh_from_db()
    occurrence.event.refresh_from_db()
    assert [one.kind for one in Change.objects.all()] == ["moved"]
    assert (occurrence.status, occurrence.sequence) == ("rescheduled", 1)
    assert occurrence.previous_start_parts == (date(2025, 6, 5), time(10))
    assert occurrence.event.first_day == date(2025, 6, 12)

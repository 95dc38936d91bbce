"""Many at once: shown before, done in one go, undone within a day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assembly_site.publishing.batches import Batch
from assembly_site.publishing.journal import JournalEntry
from events.models import Change, Event

from .. import factories

pytestmark = pytest.mark.django_db
MISSING = _("To publish, this text is needed in Kazakh and in Russian.")
LIST = "admin:events_event_changelist"


@pytest.fixture
def secretary(client, account):
    user = account("secretariat")
    client.force_login(user)
    return user


@pytest.fixture
def regions():
    return factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")


def _event(**fields):
    days = fields.pop("days", 10)
    event = factories.EventFactory(**fields)
    first = timezone.localdate() + timedelta(days=days)
    factories.OccurrenceFactory(event=event, first_day=first, last_day=first)
    event.save_span()
    return event


def _act(client, action, events, **values):
    return client.post(
        reverse(LIST),
        {"action": f"bulk_{action}", "_selected_action": [one.pk for one in events], **values},
    )


def _undo(client, batch):
    return client.post(reverse("admin:events_event_undo", args=[batch.pk]))


def _statuses(events):
    return [Event.objects.get(pk=one.pk).status for one in events]


def test_publishing_many_shows_who_is_skipped_and_why_and_does_the_rest(client, secretary):
    ready = _event(draft=True)
    lacking = _event(draft=True, title_ru="")
    public = _event()
    chosen = [ready, lacking, public]

    page = _act(client, "publish", chosen)
    assert [one for one, *_rest in page.context["will"]] == [ready]
    assert dict(page.context["skipped"]) == {
        lacking: str(MISSING),
        public: "Бұл бұрын жарияланған.",
    }
    assert _statuses(chosen) == ["draft", "draft", "published"]

    _act(client, "publish", chosen, confirmed="1")
    assert _statuses(chosen) == ["published", "draft", "published"]
    assert client.get(ready.get_absolute_url()).status_code == 200


def test_undo_within_a_day_brings_back_all_that_nobody_touched_since(client, secretary):
    events = [_event(draft=True) for _ in range(3)]
    _act(client, "publish", events, confirmed="1")
    batch = Batch.objects.get()
    edited = Event.objects.get(pk=events[1].pk)
    edited.title_kk = "Кейін өзгерген"
    edited.save()
    Event.objects.get(pk=events[2].pk).delete()

    page = client.get(reverse("admin:events_event_undo", args=[batch.pk]))
    blocked = {one.item.object_id: bool(one.obstacle) for one in page.context["undoings"]}
    assert [blocked[one.pk] for one in events] == [False, True, True]
    _undo(client, batch)

    assert _statuses(events[:2]) == ["draft", "published"]
    assert Event.objects.get(pk=edited.pk).title_kk == "Кейін өзгерген"
    assert JournalEntry.objects.about(events[0]).newest_first().first().deed == "restored"


def test_undo_works_once_and_for_a_day_only(client, secretary):
    event = _event(draft=True)
    _act(client, "publish", [event], confirmed="1")
    batch = Batch.objects.get()

    with time_machine.travel(batch.at + timedelta(days=1, seconds=1)):
        client.force_login(secretary)
        _undo(client, batch)
        assert client.get(reverse("admin:events_event_undo", args=[batch.pk])).status_code == 200
    assert _statuses([event]) == ["published"]
    client.force_login(secretary)
    _undo(client, batch)
    assert _statuses([event]) == ["draft"]
    Event.objects.filter(pk=event.pk).update(status="published", publish_at=batch.at)
    _undo(client, batch)
    assert _statuses([event]) == ["published"]


def test_moving_by_days_moves_dates_spans_and_tells_visitors(client, secretary):
    event, monthly = _event(), _event()
    monthly.occurrences.update(precision="month", first_day=date(2030, 1, 1),
                               last_day=date(2030, 1, 31))  # fmt: skip
    before = event.occurrences.get().first_day

    page = _act(client, "shift", [event, monthly], days="7", preview="1")
    ((one, effect),) = page.context["will"]
    assert (one, " → " in effect) == (event, True)
    _act(client, "shift", [event, monthly], days="7", confirmed="1")
    event.refresh_from_db()

    assert event.occurrences.get().first_day == before + timedelta(days=7)
    assert event.first_day == before + timedelta(days=7)
    assert [change.kind for change in Change.objects.all()] == ["moved"]
    _undo(client, Batch.objects.get())
    event.refresh_from_db()
    assert (event.first_day, event.occurrences.get().status) == (before, "scheduled")


@pytest.mark.parametrize("days", ["", "0", "x", "99999", "\x00"])
def test_an_impossible_shift_is_named_and_moves_nothing(client, secretary, days):
    event = _event()

    page = _act(client, "shift", [event], days=days, confirmed="1")

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Batch.objects.exists()


def test_cancelling_needs_a_reason_in_both_languages_and_leaves_what_is_over(client, secretary):
    event, over = _event(), _event(days=-30)

    refused = _act(client, "cancel", [event, over], reason_kk="Боран", confirmed="1")
    assert list(refused.context["form"].errors) == ["reason_ru"]
    assert 'value="Боран"' in refused.content.decode()
    _act(client, "cancel", [event, over], reason_kk="Боран", reason_ru="Буран", confirmed="1")

    states = [one.occurrences.get().status for one in (event, over)]
    assert states == ["cancelled", "scheduled"]
    assert event.occurrences.get().reason_ru == "Буран"


def test_a_return_of_many_carries_the_note_to_each(client, secretary):
    events = [_event(status="in-review") for _ in range(2)]

    _act(client, "return", events, why="Күнін нақтылаңыз", confirmed="1")

    assert _statuses(events) == ["returned", "returned"]
    assert [JournalEntry.objects.about(one).get().why for one in events] == ["Күнін нақтылаңыз"] * 2


def test_an_editor_does_to_many_only_what_may_be_done_to_one(client, account, regions):
    abai, astana = regions
    own, live = _event(draft=True, region=abai), _event(region=abai)
    other = _event(draft=True, region=astana, title_kk="Құпия-xq7")
    client.force_login(account("regional-editor", regions=[abai]))

    page = _act(client, "shift", [own, live, other], days="7", preview="1")
    assert [one for one, *_rest in page.context["will"]] == [own]
    assert [one for one, *_rest in page.context["skipped"]] == [live]
    assert "Құпия-xq7" not in page.content.decode()
    _act(client, "publish", [own], confirmed="1")
    _act(client, "region", [own], region=astana.pk, confirmed="1")
    _act(client, "shift", [own, live, other], days="7", confirmed="1")

    assert _statuses([own]) == ["draft"]
    assert Event.objects.get(pk=own.pk).region == abai
    assert Batch.objects.get().items.count() == 1


def test_another_editors_batch_is_not_undone_by_guessing_its_number(client, account, regions):
    abai, astana = regions
    secretary = account("secretariat")
    client.force_login(secretary)
    event = _event(draft=True, region=astana, title_kk="Құпия-xq7")
    _act(client, "publish", [event], confirmed="1")
    client.cookies.clear()
    client.force_login(account("regional-editor", regions=[abai]))

    answers = [
        client.get(reverse("admin:events_event_undo", args=[Batch.objects.get().pk])),
        _undo(client, Batch.objects.get()),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert _statuses([event]) == ["published"]


def test_setting_the_region_of_many_says_what_it_was(client, secretary, regions):
    abai, astana = regions
    events = [_event(draft=True, region=abai), _event(draft=True, region=astana)]

    page = _act(client, "region", events, region=astana.pk, preview="1")
    ((*_rest, effect),) = page.context["will"]
    _act(client, "region", events, region=astana.pk, confirmed="1")

    assert effect == f"{abai} → {astana}"
    assert {Event.objects.get(pk=one.pk).region for one in events} == {astana}

"""Two people in the form of one event: nothing of either is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse

from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.versions import present, versions_of
from events.models import Event

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = factories.EventFactory(draft=True, title_kk="Достық мерекесі")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 5), room="Кіші зал")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 7), room="Алаң")
    event.audiences.add(factories.AudienceFactory())
    return event


@pytest.fixture
def address(event):
    return reverse("admin:events_event_change", args=[event.pk])


@pytest.fixture
def mine(account):
    client = Client()
    client.force_login(account("secretariat", first_name="Айша"))
    return client


@pytest.fixture
def theirs(account):
    client = Client()
    client.force_login(account("secretariat", first_name="Дана"))
    return client


def _open(client, address):
    """The values of the form with the hidden fields that a browser sends along."""
    page = client.get(address)
    return form_values(page) | dict(page.context["kept_fields"])


def _save(client, address, values, **changes):
    answer = client.post(address, values | changes)
    assert answer.status_code == 302, answer.context
    return answer


def _messages(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def _hidden(page):
    """What the page of a conflict sends back."""
    return dict(page.context["typed"]) | {"_seen": page.context["seen"]}


def test_what_does_not_collide_is_merged_and_said_rows_included(mine, theirs, event, address):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_ru="Их заголовок",
          **{"occurrences-1-room": "Үлкен алаң"})  # fmt: skip

    answer = _save(mine, address, values, title_kk="Менің атауым", why="Дәлірек",
                   **{"occurrences-0-room": "Үлкен зал"})  # fmt: skip

    event.refresh_from_db()
    assert (event.title_kk, event.title_ru) == ("Менің атауым", "Их заголовок")
    assert [one.room for one in event.occurrences.all()] == ["Үлкен зал", "Үлкен алаң"]
    (kept, _saved) = _messages(answer)
    assert "Дана" in kept
    assert kept.endswith(": Атауы (ru), Күні 2: Бөлме.")
    assert [version.revision.user.first_name for version in versions_of(event)[:2]] == [
        "Айша", "Дана",
    ]  # fmt: skip
    assert JournalEntry.objects.about(event).newest_first()[0].why == "Дәлірек"


@pytest.mark.parametrize(("choice", "title"), [("mine", "Менің атауым"), ("theirs", "Олардікі")])
def test_what_collides_is_chosen_by_field_and_mine_is_offered_first(
    mine, theirs, event, address, choice, title
):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_kk="Олардікі", summary_kk="Олардың сөзі")

    page = mine.post(address, values | {"title_kk": "Менің атауым", "title_ru": "Моё"})
    (question,) = page.context["questions"]

    assert (question.label, question.language, question.chosen) == ("Атауы", "kk", "mine")
    assert (question.before, question.mine, question.theirs) == (
        "Достық мерекесі", "Менің атауым", "Олардікі",
    )  # fmt: skip
    assert present(Event.objects.get(pk=event.pk)).fields["title_kk"] == "Олардікі"
    _save(mine, address, _hidden(page), **{f"choice-{question.place}": choice})
    event.refresh_from_db()
    assert (event.title_kk, event.title_ru, event.summary_kk) == (title, "Моё", "Олардың сөзі")


def test_the_same_change_by_both_is_no_question(mine, theirs, event, address):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_kk="Бірдей")

    answer = _save(mine, address, values, title_kk="Бірдей")

    assert Event.objects.get(pk=event.pk).title_kk == "Бірдей"
    assert len(_messages(answer)) == 1


def test_a_row_that_both_changed_and_a_row_that_one_took_out_are_asked_about(
    mine, theirs, event, address
):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address),
          **{"occurrences-0-room": "Олардың залы", "occurrences-1-DELETE": "on"})  # fmt: skip

    page = mine.post(
        address,
        values | {"occurrences-0-room": "Менің залым", "occurrences-1-room": "Менің алаңым"},
    )
    both, taken_out = page.context["questions"]

    assert (both.row, both.label, both.mine, both.theirs) == (
        "Күні 1", "Бөлме", "Менің залым", "Олардың залы",
    )  # fmt: skip
    assert (taken_out.row, taken_out.label, taken_out.theirs) == ("Күні 2", "", "алып тасталды")
    assert "Менің алаңым" in taken_out.mine
    _save(mine, address, _hidden(page),
          **{f"choice-{both.place}": "theirs", f"choice-{taken_out.place}": "mine"})  # fmt: skip
    assert [one.room for one in event.occurrences.all()] == ["Олардың залы", "Менің алаңым"]


def test_ties_that_each_added_are_all_there(mine, theirs, event, address):
    youth, elders = (factories.AudienceFactory(code=code) for code in ("youth", "elders"))
    values = _open(mine, address)
    began = list(event.audiences.values_list("pk", flat=True))
    _save(theirs, address, _open(theirs, address), audiences=[*began, youth.pk])

    _save(mine, address, values, audiences=[*began, elders.pk])

    assert set(event.audiences.values_list("pk", flat=True)) == {*began, youth.pk, elders.pk}


def test_dates_that_each_added_are_all_there(mine, theirs, event, address):
    def another(day):
        return {
            "occurrences-TOTAL_FORMS": "3",
            "occurrences-2-first_day": day,
            "occurrences-2-precision": "day",
            "occurrences-2-status": "scheduled",
        }

    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), **another("10.06.2035"))

    _save(mine, address, values, **another("12.06.2035"))

    event.refresh_from_db()
    assert [one.first_day.day for one in event.occurrences.all()] == [5, 7, 10, 12]
    assert event.last_day == date(2035, 6, 12)


def test_a_mistake_in_a_form_that_is_old_loses_nothing_and_is_merged_after_it_is_mended(
    mine, theirs, event, address
):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_ru="Их заголовок",
          **{"occurrences-1-DELETE": "on"})  # fmt: skip

    page = mine.post(address, values | {"title_kk": "Менің атауым", "slug": "Бос орын",
                                        "occurrences-0-room": "Үлкен зал"})  # fmt: skip

    assert list(page.context["adminform"].form.errors) == ["slug"]
    again = form_values(page) | dict(page.context["kept_fields"])
    assert (again["title_kk"], again["occurrences-0-room"]) == ("Менің атауым", "Үлкен зал")
    _save(mine, address, again, slug="dostyq")
    event.refresh_from_db()
    assert (event.title_kk, event.title_ru) == ("Менің атауым", "Их заголовок")
    assert [one.room for one in event.occurrences.all()] == ["Үлкен зал"]


def test_a_result_that_breaks_a_rule_is_told_and_leads_back_to_the_form_with_my_text(
    mine, theirs, event, address
):
    values = _open(mine, address)
    times = {"occurrences-0-start_time": "10:00", "occurrences-0-end_time": "12:00"}
    _save(theirs, address, _open(theirs, address), **times)

    page = mine.post(address, values | {"title_kk": "Менің атауым", "occurrences-0-all_day": "on"})
    back = mine.post(address, _hidden(page) | {"_refill": "1"})

    assert len(page.context["mistakes"]) == 1
    assert form_values(back)["title_kk"] == "Менің атауым"
    assert dict(back.context["kept_fields"])["_base"] == values["_base"]
    event.refresh_from_db()
    assert event.title_kk == "Достық мерекесі"


def test_still_another_save_before_the_choice_asks_again(mine, theirs, event, address):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_kk="Бірінші")
    page = mine.post(address, values | {"title_kk": "Менікі"})
    _save(theirs, address, _open(theirs, address), title_kk="Екінші")

    again = mine.post(address, _hidden(page) | {"choice-..title_kk": "mine"})

    assert again.status_code == 200
    assert again.context["questions"][0].theirs == "Екінші"
    assert Event.objects.get(pk=event.pk).title_kk == "Екінші"


def test_publishing_is_a_choice_that_survives_a_merge(mine, theirs, event, address):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_ru="Их заголовок")

    _save(mine, address, values, _publish="1")

    event.refresh_from_db()
    assert (event.status, event.title_ru) == ("published", "Их заголовок")
    assert JournalEntry.objects.about(event).newest_first()[0].deed == "published"


def test_what_was_published_meanwhile_becomes_a_proposal_of_the_editor(
    client, account, theirs, event, address
):
    region = factories.RegionFactory(slug="abai")
    Event.objects.filter(pk=event.pk).update(region=region)
    client.force_login(account("regional-editor", regions=[region]))
    values = _open(client, address)
    _save(theirs, address, _open(theirs, address), _publish="1")

    _save(client, address, values, title_kk="Редактордың атауы")

    event.refresh_from_db()
    assert (event.status, event.title_kk) == ("published", "Достық мерекесі")
    (proposal,) = event_proposals(event)
    assert proposal.fields["title_kk"] == "Редактордың атауы"
    assert proposal.fields["status"] == "published"


def event_proposals(event):
    from assembly_site.publishing.proposals import Proposal

    return Proposal.objects.about(event).waiting()


@pytest.mark.parametrize("base", ["0", "999999", "x", "-1", "1" * 60])
def test_an_unknown_version_in_a_form_is_never_an_error_of_the_server(
    mine, theirs, event, address, base
):
    values = _open(mine, address)
    _save(theirs, address, _open(theirs, address), title_ru="Их заголовок")

    mine.post(address, values | {"title_kk": "Менікі", "_base": base})

    event.refresh_from_db()
    assert (event.title_kk, event.title_ru) == ("Менікі", "Их заголовок")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write after another.")
@pytest.mark.django_db(transaction=True)
def test_two_saves_in_the_same_moment_lose_neither(mine, theirs, event, address):
    forms = {
        mine: _open(mine, address) | {"title_kk": "Менікі"},
        theirs: _open(theirs, address) | {"title_ru": "Их заголовок"},
    }

    def save(client):
        try:
            return client.post(address, forms[client]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(save, forms))

    event.refresh_from_db()
    assert answers == [302, 302]
    assert (event.title_kk, event.title_ru) == ("Менікі", "Их заголовок")

"""Two events that look like one, and an editor says that they are two."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assembly_site.publishing.journal import JournalEntry
from events.models import Event, ToldApart

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai")


@pytest.fixture
def pair(abai):
    """Two events of Abai that look like one, one of them public."""
    return [_alike(day, region=abai, draft=day == 3) for day in (3, 6)]


@pytest.fixture
def editor(account, abai):
    return account("regional-editor", regions=[abai], first_name="Әсел")


def _alike(day, **fields):
    event = factories.EventFactory(title_kk="Достық кеші", title_ru="Вечер дружбы", **fields)
    factories.OccurrenceFactory(event=event, first_day=timezone.localdate() + timedelta(days=day))
    return event


def _address(one, other, name="apart"):
    return reverse(f"admin:events_event_{name}", args=[one.pk, other.pk])


def _box(client, user):
    client.force_login(user)
    boxes = client.get(reverse("admin:index")).context["desk"].boxes
    found = [content for template, content in boxes if "duplicates" in template]
    return found[0] if found else {"rows": [], "told": []}


def _pairs(box):
    return [{event.pk for event in row["events"]} for row in box["rows"]]


def _log(event):
    return list(
        JournalEntry.objects.about(event).order_by("pk").values_list("deed", "by_name", "why")
    )


def test_a_pair_told_apart_comes_up_on_nobodys_desk_again(client, account, editor, pair):
    others_desk = account("secretariat")
    assert _pairs(_box(client, others_desk)) == [{one.pk for one in pair}]

    client.force_login(editor)
    page = client.post(_address(*pair), follow=True)

    assert "Бұл екеуі енді" in page.content.decode()
    for user in (editor, others_desk):
        box = _box(client, user)
        assert _pairs(box) == []
        assert [(one.first, one.second, one.told_by) for one in box["told"]] == [(*pair, editor)]
    desk = client.get(reverse("admin:index")).context["desk"]
    assert "likely-duplicate" not in {need.rule.code for need in desk.needs}


def test_both_logs_tell_who_said_it_and_of_what_other(client, editor, pair):
    client.force_login(editor)
    client.post(_address(*pair))
    client.post(_address(*pair, "apart_take_back"))

    of_the_other = ("Әсел", "Екіншісі: «Достық кеші»")
    for event in pair:
        assert _log(event) == [("told-apart", *of_the_other), ("likened", *of_the_other)]


@pytest.mark.parametrize("turned", [False, True], ids=["in their order", "the other way round"])
def test_it_is_said_once_and_taken_back_whichever_comes_first(client, editor, pair, turned):
    client.force_login(editor)
    again = pair[::-1] if turned else pair

    for two in (pair, again):
        client.post(_address(*two))
    told = list(ToldApart.objects.values_list("first", "second"))
    for _ in range(2):
        client.post(_address(*again, "apart_take_back"))

    assert told == [(pair[0].pk, pair[1].pk)]
    assert not ToldApart.objects.exists()
    assert len(_log(pair[0])) == 2
    assert _pairs(_box(client, editor)) == [{one.pk for one in pair}]


def test_the_pair_stays_told_apart_whatever_becomes_of_its_titles_and_dates(client, editor, pair):
    client.force_login(editor)
    client.post(_address(*pair))

    day = timezone.localdate() + timedelta(days=30)
    Event.objects.update(title_kk="Достықтың үлкен кеші", first_day=day, last_day=day)

    assert _pairs(_box(client, editor)) == []


def test_each_is_still_compared_with_all_others(client, editor, pair, abai):
    client.force_login(editor)
    client.post(_address(*pair))
    third = _alike(4, region=abai)

    found = _pairs(_box(client, editor))

    assert sorted(map(sorted, found)) == [sorted([one.pk, third.pk]) for one in pair]


def test_what_was_told_apart_is_not_offered_as_similar_in_the_form(client, editor, pair):
    client.force_login(editor)
    similar = reverse("admin:events_event_similar")
    asked = {"title": "Достық кеші", "but": pair[0].pk}
    before = client.get(similar, asked).content.decode()

    client.post(_address(*pair))

    form = reverse("admin:events_event_change", args=[pair[1].pk])
    assert form in before
    assert form not in client.get(similar, asked).content.decode()
    assert form in client.get(similar, {"title": "Достық кеші"}).content.decode()


@pytest.mark.parametrize("name", ["apart", "apart_take_back"])
def test_editors_of_other_regions_translators_and_readers_have_no_say(
    client, account, editor, pair, name
):
    astana = factories.RegionFactory(slug="astana")
    own = _alike(3, region=astana)
    ToldApart.objects.tell(*pair, editor, timezone.now())
    told = list(ToldApart.objects.values())
    log = JournalEntry.objects.count()
    stranger = account("regional-editor", regions=[astana])

    def answer(user, *two):
        client.force_login(user)
        return client.post(_address(*two, name)).status_code

    answers = [
        answer(stranger, *pair),
        answer(stranger, own, pair[0]),
        answer(stranger, pair[0], own),
        answer(stranger, own, own),
        answer(account("translator", languages=["en"]), *pair),
        answer(account("historian"), *pair),
        answer(account(None), *pair),
    ]

    assert answers == [404, 404, 404, 404, 403, 403, 403]
    assert list(ToldApart.objects.values()) == told
    assert JournalEntry.objects.count() == log


def test_looking_at_the_address_says_nothing(client, editor, pair):
    client.force_login(editor)

    assert client.get(_address(*pair)).status_code == 403
    assert not ToldApart.objects.exists()


def test_without_its_token_the_form_is_refused(pair, editor):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(_address(*pair)).status_code == 403
    text = client.get(reverse("admin:index")).content.decode()
    token = text.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    assert client.post(_address(*pair), {"csrfmiddlewaretoken": token}).status_code == 302


def test_one_who_keeps_another_region_sees_nothing_of_what_was_told(client, account, editor, pair):
    ToldApart.objects.tell(*pair, editor, timezone.now())
    stranger = account("regional-editor", regions=[factories.RegionFactory(slug="astana")])

    assert _box(client, stranger)["told"] == []


def test_with_one_of_the_two_the_pair_goes(editor, pair):
    ToldApart.objects.tell(*pair, editor, timezone.now())

    pair[0].delete()

    assert not ToldApart.objects.exists()

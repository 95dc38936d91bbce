"""Who else has the form open: known to those who may see the thing, and to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assembly_site.backoffice.presence import Presence

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai")


@pytest.fixture
def event(abai):
    return factories.OccurrenceFactory(event__region=abai, event__draft=True).event


@pytest.fixture
def sign_in(account):
    def sign_in(role, name, **fields):
        client = Client()
        client.force_login(account(role, first_name=name, **fields))
        return client

    return sign_in


def _url(view, event):
    return reverse(f"admin:events_event_{view}", args=[event.pk])


def _beat(client, event, **words):
    return client.post(_url("presence", event), words)


def test_two_who_have_it_open_hear_of_each_other_and_of_nobody_who_left(sign_in, event):
    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")

    alone = _beat(aisha, event).json()
    together = _beat(dana, event).json()
    opened = dana.get(_url("change", event)).context["presence"]
    _beat(aisha, event, leave="1")
    after = _beat(dana, event).json()

    since = f"{timezone.localtime(Presence.objects.get().since):%H:%M}"
    assert alone == {"sentence": ""}
    assert "Айша" in together["sentence"]
    assert since[:2] in together["sentence"]
    assert opened == together["sentence"]
    assert after == {"sentence": ""}


def test_whoever_was_not_heard_of_for_ninety_seconds_is_gone(sign_in, event):
    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")
    _beat(aisha, event)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=91))

    assert _beat(dana, event).json() == {"sentence": ""}
    assert [one.user.first_name for one in Presence.objects.all()] == ["Дана"]


def test_a_save_in_between_is_told_before_the_own_save(sign_in, event):
    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")
    opened_from = dict(aisha.get(_url("change", event)).context["kept_fields"])["_base"]
    address = _url("change", event)
    dana.post(address, form_values(dana.get(address)) | {"title_kk": "Жаңа"})

    told = _beat(aisha, event, _base=opened_from).json()["sentence"]

    _beat(aisha, event, leave="1")

    assert "Дана" in told
    assert _beat(dana, event, _base=opened_from).json() == {"sentence": ""}


def test_an_editor_of_another_region_hears_nothing_and_is_not_heard_of(sign_in, event):
    stranger = sign_in("regional-editor", "Бөтен", regions=[factories.RegionFactory(slug="astana")])
    dana = sign_in("secretariat", "Дана")
    _beat(dana, event)

    answer = _beat(stranger, event)

    assert answer.status_code == 404
    assert "Дана" not in answer.content.decode()
    assert Presence.objects.count() == 1


def test_a_beat_is_a_post(sign_in, event):
    assert sign_in("secretariat", "Дана").get(_url("presence", event)).status_code == 405

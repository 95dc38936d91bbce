"""Every save is kept; any two can be compared; the older comes back as a new one."""

import pytest
from django.urls import reverse

from assembly_site.publishing.differences import word_marks
from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.versions import versions_of
from events.models import Event
from history.models import AssemblySession

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client, account):
    user = account("secretariat", first_name="Дана")
    client.force_login(user)
    return user


@pytest.fixture
def event():
    event = factories.EventFactory(draft=True, title_kk="Достық мерекесі Абайда")
    factories.OccurrenceFactory(event=event, room="Кіші зал")
    return event


def _url(view, instance, *args):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=args)


def _save(client, instance, **changes):
    address = _url("change", instance, instance.pk)
    answer = client.post(address, form_values(client.get(address)) | changes)
    assert answer.status_code == 302, answer.context["errors"]


def test_a_save_keeps_who_when_and_why_and_the_state_before_the_first(client, secretary, event):
    _save(client, event, title_kk="Достық күні Абайда", why="Атауы дәлірек")

    kept = [
        (version.revision.user, version.revision.comment, version.field_dict["title_kk"])
        for version in versions_of(event)
    ]

    assert kept == [
        (secretary, "Атауы дәлірек", "Достық күні Абайда"),
        (None, "", "Достық мерекесі Абайда"),
    ]
    assert client.get(_url("versions", event, event.pk)).status_code == 200


def test_a_form_with_a_mistake_makes_no_version_of_what_was_not_saved(client, secretary, event):
    address = _url("change", event, event.pk)

    client.post(address, form_values(client.get(address)) | {"title_kk": "", "title_ru": "",
                                                             "title_en": ""})  # fmt: skip

    assert [version.field_dict["title_kk"] for version in versions_of(event)] == [event.title_kk]


def test_two_versions_are_compared_by_field_language_and_word_rows_included(
    client, secretary, event
):
    _save(
        client, event,
        **{"title_kk": "Достық күні Абайда", "title_ru": event.title_ru + " сегодня",
           "occurrences-0-room": "Үлкен зал"},
    )  # fmt: skip

    found = client.get(_url("versions", event, event.pk)).context["differences"]

    assert [(one.name, one.language) for one in found] == [
        ("title_kk", "kk"), ("title_ru", "ru"), ("room", ""),
    ]  # fmt: skip
    assert [tuple(mark) for mark in found[0].marks] == [
        ("same", "Достық "), ("removed", "мерекесі"), ("added", "күні"), ("same", " Абайда"),
    ]  # fmt: skip


def test_restoring_brings_fields_rows_and_ties_back_as_a_new_version(client, secretary, event):
    audience = factories.AudienceFactory()
    event.audiences.add(audience)
    row = event.occurrences.get()
    _save(
        client, event, title_kk="Жаңа", audiences=[],
        **{"occurrences-0-room": "Басқа зал", "occurrences-TOTAL_FORMS": "2",
           "occurrences-1-first_day": "07.06.2025", "occurrences-1-precision": "day",
           "occurrences-1-status": "scheduled"},
    )  # fmt: skip
    event.refresh_from_db()
    assert (event.title_kk, event.occurrences.count(), event.audiences.count()) == ("Жаңа", 2, 0)
    oldest = list(versions_of(event))[-1]

    client.post(_url("versions", event, event.pk), {"version": oldest.pk, "why": "Қателік"})
    event.refresh_from_db()

    assert event.title_kk == "Достық мерекесі Абайда"
    assert [(one.pk, one.room, one.uid) for one in event.occurrences.all()] == [
        (row.pk, "Кіші зал", row.uid)
    ]
    assert list(event.audiences.all()) == [audience]
    assert event.last_day == row.last_day
    assert versions_of(event).count() == 3
    assert JournalEntry.objects.about(event).newest_first().first().deed == "restored"


def test_restoring_never_publishes_or_hides(client, secretary, event):
    _save(client, event, title_kk="Жаңа", status="published")
    oldest = list(versions_of(event))[-1]

    client.post(_url("versions", event, event.pk), {"version": oldest.pk})
    event.refresh_from_db()

    assert (event.title_kk, event.status) == ("Достық мерекесі Абайда", "published")


def test_what_was_deleted_comes_back_with_its_rows_and_address_as_a_draft(client, secretary, event):
    _save(client, event, status="published")
    pk, address = event.pk, event.get_absolute_url()
    client.post(_url("delete", event, pk), {"post": "yes"})
    assert not Event.objects.filter(pk=pk).exists()
    assert client.get(address).status_code == 410
    (version,) = client.get(_url("deleted", event)).context["versions"]

    client.post(_url("deleted", event), {"version": version.pk})
    back = Event.objects.get(pk=pk)

    assert (back.status, back.occurrences.count(), back.get_absolute_url()) == ("draft", 1, address)
    assert client.get(address).status_code == 404
    assert client.get(_url("deleted", event)).context["versions"] == []
    deeds = JournalEntry.objects.about(back).order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["published", "deleted", "brought-back"]


def test_a_tie_to_something_that_is_gone_by_now_is_left_out(client, secretary, event):
    category = event.category
    event.session = factories.SessionFactory(number=5)
    event.save()
    _save(client, event, session="", title_kk="Жаңа")
    AssemblySession.objects.all().delete()
    oldest = list(versions_of(event))[-1]

    client.post(_url("versions", event, event.pk), {"version": oldest.pk})
    event.refresh_from_db()

    assert (event.title_kk, event.session, event.category) == (
        "Достық мерекесі Абайда", None, category,
    )  # fmt: skip


def test_versions_of_a_session_keep_its_decisions(client, secretary):
    session = factories.SessionFactory(number=21)
    session.decisions.create(number=1, text_kk="Ескі шешім")

    _save(client, session, **{"decisions-0-text_kk": "Жаңа шешім"})
    (one,) = client.get(_url("versions", session, session.pk)).context["differences"]

    assert (one.name, one.language, one.old, one.new) == (
        "text_kk", "kk", "Ескі шешім", "Жаңа шешім",
    )  # fmt: skip


def test_an_editor_sees_neither_versions_nor_deleted_things_of_another_region(
    client, account, secretary
):
    secret = "Құпия-xq7"
    abai, astana = factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")
    other = factories.EventFactory(draft=True, region=astana, title_kk=secret)
    gone = factories.EventFactory(draft=True, region=astana, title_kk=secret)
    for one in (other, gone):
        factories.OccurrenceFactory(event=one)
        _save(client, one, title_ru="Жаңа")
    client.post(_url("delete", gone, gone.pk), {"post": "yes"})
    version = versions_of(other).first()
    client.cookies.clear()  # the messages to the secretariat wait in them
    client.force_login(account("regional-editor", regions=[abai]))

    pages = [
        client.get(_url("versions", other, other.pk), follow=True),
        client.post(_url("versions", other, other.pk), {"version": version.pk}, follow=True),
        client.get(_url("deleted", other)),
        client.post(_url("deleted", other), {"version": version.pk}),
        client.get(_url("changelist", other)),
    ]

    assert [page.status_code for page in pages] == [200, 200, 403, 403, 200]
    assert [place for place, page in enumerate(pages) if secret in page.content.decode()] == []


@pytest.mark.parametrize("forged", ["", "0", "999999", "x", "\x00"])
def test_a_version_that_is_not_this_object_s_is_a_404(client, secretary, event, forged):
    _save(client, event, title_kk="Жаңа")

    assert client.post(_url("versions", event, event.pk), {"version": forged}).status_code == 404
    assert client.get(_url("versions", event, event.pk), {"from": forged}).status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("", "бір екі"), ("бір екі", ""), ("бір  екі\nүш", "бір екі үш"), ("а, б", "а. б")],
)
def test_word_marks_hold_both_texts_whole(old, new):
    marks = word_marks(old, new)

    assert "".join(mark.text for mark in marks if mark.kind != "added") == old
    assert "".join(mark.text for mark in marks if mark.kind != "removed") == new


def test_days_and_hours_are_compared_as_people_write_them(client, secretary, event):
    client.cookies["django_language"] = "kk"
    _save(client, event, **{"occurrences-0-first_day": "05.06.2035",
                            "occurrences-0-last_day": "05.06.2035",
                            "occurrences-0-start_time": "15:00"})  # fmt: skip

    found = client.get(_url("versions", event, event.pk)).context["differences"]

    new = {one.name: one.new for one in found}
    assert (new["first_day"], new["start_time"]) == ("2035 ж. 5 маусым", "15:00")

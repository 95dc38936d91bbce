"""What each role sees and does in the admin, by HTTP, with something there that could leak."""

import pytest
from django.urls import reverse

from assembly_site.backoffice.site import SECTIONS
from assembly_site.publishing.proposals import Proposal
from assembly_site.publishing.versions import ensure_first_version, versions_of
from events.models import Event
from history.models import Milestone

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

SECRET = "Құпия-xq7"


def _event_values(client, **changes):
    address = reverse("admin:events_event_add")
    values = form_values(client.get(address)) | {
        "title_kk": "Жаңа форум",
        "title_ru": "Новый форум",
        "summary_kk": "Қысқаша",
        "summary_ru": "Коротко",
        "occurrences-0-first_day": "05.06.2025",
    }
    return address, values | changes


@pytest.fixture
def regions():
    return factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")


def test_the_secretariat_makes_an_event_with_two_dates_and_publishes_it(client, account, regions):
    client.force_login(account("secretariat"))
    category = factories.CategoryFactory()
    address, values = _event_values(client, category=category.pk, status="published")
    values |= {
        "occurrences-TOTAL_FORMS": "2",
        "occurrences-1-first_day": "07.06.2025",
        "occurrences-1-precision": "day",
        "occurrences-1-status": "scheduled",
    }

    response = client.post(address, values)

    assert response.status_code == 302, response.context["errors"]
    event = Event.objects.get()
    assert (event.slug, event.occurrences.count()) == ("zhana-forum", 2)
    assert (event.first_day.day, event.last_day.day) == (5, 7)
    assert client.get("/kk/events/zhana-forum/").status_code == 200


def test_a_regional_editor_sees_only_the_events_of_the_own_regions(client, account, regions):
    abai, astana = regions
    own = factories.EventFactory(region=abai, draft=True)
    other = factories.EventFactory(region=astana, draft=True, title_kk=SECRET, title_ru=SECRET)
    nationwide = factories.EventFactory(draft=True, title_kk=SECRET, title_ru=SECRET)
    picture = factories.VenueFactory(region=astana, name_kk=SECRET, name_ru=SECRET)
    client.force_login(account("regional-editor", regions=[abai]))

    addresses = [
        reverse("admin:events_event_changelist"),
        reverse("admin:events_event_changelist") + "?q=" + SECRET[:4],
        reverse("admin:events_event_change", args=[own.pk]),
        reverse("admin:events_event_add"),
        reverse("admin:places_venue_changelist"),
        reverse("admin:autocomplete")
        + f"?term={SECRET[:4]}&app_label=events&model_name=event&field_name=part_of",
        *(
            reverse(f"admin:events_event_{view}", args=[one.pk])
            for view in ("change", "delete", "history")
            for one in (other, nationwide)
        ),
        reverse("admin:places_venue_change", args=[picture.pk]),
        reverse("admin:index"),
    ]
    for address in addresses:
        text = client.get(address, follow=True).content.decode()
        assert SECRET not in text, address


def test_a_regional_editor_cannot_add_an_event_to_another_region(client, account, regions):
    abai, astana = regions
    client.force_login(account("regional-editor", regions=[abai]))
    category = factories.CategoryFactory()

    for region in (astana.pk, ""):
        address, values = _event_values(client, category=category.pk, region=region)
        response = client.post(address, values)
        assert response.status_code == 200
        assert "region" in response.context["adminform"].form.errors
    assert not Event.objects.exists()


def test_a_regional_editor_cannot_publish_even_by_a_forgedform_values(client, account, regions):
    abai, _astana = regions
    client.force_login(account("regional-editor", regions=[abai]))
    category = factories.CategoryFactory()
    address, values = _event_values(
        client, category=category.pk, region=abai.pk, status="published", publish_at_0="01.01.2025"
    )

    response = client.post(address, values)

    assert "status" in response.context["adminform"].form.errors
    assert not Event.objects.exists()


def test_a_regional_editor_submits_and_keeps_what_was_typed(client, account, regions):
    abai, _astana = regions
    client.force_login(account("regional-editor", regions=[abai]))
    category = factories.CategoryFactory()
    address, values = _event_values(
        client, category=category.pk, region=abai.pk, status="in-review"
    )

    response = client.post(address, values)

    assert response.status_code == 302, response.context["errors"]
    assert Event.objects.get().status == "in-review"


def test_what_those_who_may_not_publish_change_in_public_is_a_proposal(client, account, regions):
    abai, _astana = regions
    event = factories.OccurrenceFactory(event__region=abai).event
    before = client.get(event.get_absolute_url()).content
    client.force_login(account("regional-editor", regions=[abai]))
    address = reverse("admin:events_event_change", args=[event.pk])

    page = client.get(address)
    answer = client.post(address, form_values(page) | {"title_kk": "Жаңа атау"})

    assert page.context["is_locked"]
    assert {"status", "slug", "publish_at"}.isdisjoint(page.context["adminform"].form.fields)
    assert answer.status_code == 302
    client.logout()
    assert client.get(event.get_absolute_url()).content == before
    (proposal,) = Proposal.objects.about(event)
    assert proposal.wanted.fields["title_kk"] == "Жаңа атау"


def test_what_is_public_is_neither_restored_nor_deleted_by_those_who_may_not_publish(
    client, account, regions
):
    abai, _astana = regions
    event = factories.OccurrenceFactory(event__region=abai).event
    ensure_first_version(event)
    Event.objects.filter(pk=event.pk).update(title_kk="Кейінгі атау")
    client.force_login(account("regional-editor", regions=[abai]))

    answers = [
        client.post(
            reverse("admin:events_event_versions", args=[event.pk]),
            {"version": versions_of(event)[0].pk},
        ).status_code,
        client.post(
            reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"}
        ).status_code,
    ]

    assert answers == [403, 403]
    assert Event.objects.get().title_kk == "Кейінгі атау"


def test_a_translator_changes_only_the_texts_of_the_own_language(client, account):
    event = factories.EventFactory(draft=True)
    client.force_login(account("translator", languages=["en"]))
    address = reverse("admin:events_event_change", args=[event.pk])

    page = client.get(address)
    fields = set(page.context["adminform"].form.fields)
    client.post(address, {"title_en": "A new title", "title_kk": "Бұзылды", "summary_en": "Short",
                          "status": "published"})  # fmt: skip
    event.refresh_from_db()

    assert {name[-2:] for name in fields} == {"en"}
    assert (event.title_en, event.status) == ("A new title", "draft")
    assert event.title_kk != "Бұзылды"


def test_a_historian_works_in_the_history_and_nowhere_else(client, account):
    stage = factories.StageFactory()
    client.force_login(account("historian"))
    address = reverse("admin:history_milestone_add")
    values = form_values(client.get(address)) | {
        "date": "03.1995",
        "stage": stage.pk,
        "title_kk": "Белес",
        "body_kk": "<p>Мәтін</p><script>alert(1)</script>",
    }

    assert client.post(address, values | {"status": "published"}).status_code == 200
    response = client.post(address, values | {"status": "in-review"})

    assert response.status_code == 302, response.context["errors"]
    milestone = Milestone.objects.get()
    assert str(milestone.date) == "1995-03"
    assert "script" not in milestone.body_kk
    assert client.get(reverse("admin:events_event_changelist")).status_code == 403


def test_the_index_is_grouped_as_editors_think(client, account):
    client.force_login(account(None, is_superuser=True))

    page = client.get(reverse("admin:index"))

    assert [section["app_label"] for section in page.context["app_list"]] == [
        label for label, _name, _members in SECTIONS
    ]


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get("/admin/events/event/")

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_admin_speaks_the_chosen_language(client, account, code):
    client.force_login(account("secretariat"))

    client.post("/admin/language/", {"language": code, "next": "/admin/"})
    text = client.get("/admin/").content.decode()

    assert f'<html lang="{code}"' in text


def test_the_kazakh_index_has_no_english_word(client, account):
    import re

    client.force_login(account("secretariat"))
    client.post("/admin/language/", {"language": "kk", "next": "/admin/"})

    text = client.get("/admin/").content.decode()
    visible = re.sub(
        r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]+>", " ", text, flags=re.DOTALL
    )

    assert set(re.findall(r"[A-Za-z]{3,}", visible)) <= {"secretariat", "English"}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title_kk": "   ", "title_ru": " "}, "title_kk"),
        ({"plan_number": "7"}, "__all__"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"slug": "Бос орын"}, "slug"),
        ({"publish_at_0": "02.01.2025", "publish_at_1": "10:00", "unpublish_at_0": "01.01.2025",
          "unpublish_at_1": "10:00"}, "__all__"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_loses_nothing(client, account, changes, place):
    client.force_login(account("secretariat"))
    address, values = _event_values(client, category=factories.CategoryFactory().pk, **changes)

    response = client.post(address, values)

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [place]
    assert "Қысқаша" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"occurrences-0-first_day": "31.06.2025"}, "first_day"),
        ({"occurrences-0-last_day": "01.06.2025"}, "last_day"),
        ({"occurrences-0-start_time": "15:00", "occurrences-0-end_time": "14:00"}, "end_time"),
    ],
)
def test_a_bad_date_is_refused_at_its_field(client, account, changes, place):
    client.force_login(account("secretariat"))
    address, values = _event_values(client, category=factories.CategoryFactory().pk, **changes)

    response = client.post(address, values)

    (errors,) = response.context["inline_admin_formsets"][0].formset.errors
    assert list(errors) == [place]
    assert "Жаңа форум" in response.content.decode()


def test_the_list_shows_no_day_where_none_is_known(client, account):
    from datetime import date

    factories.OccurrenceFactory(first_day=date(2025, 3, 17), precision="month")
    client.force_login(account("secretariat"))

    text = client.get(reverse("admin:events_event_changelist")).content.decode()

    assert "2025 жылғы наурыз" in text
    assert "1 наурыз" not in text


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("events_event_changelist", "status__exact"),
        ("events_event_changelist", "title_kk"),
        ("publishing_journalentry_changelist", "deed__exact"),
        ("publishing_journalentry_changelist", "region"),
        ("pictures_picture_changelist", "q"),
    ],
)
def test_a_letter_that_no_text_holds_leads_to_the_page_without_it(client, account, name, asked):
    client.force_login(account("secretariat"))
    address = reverse(f"admin:{name}")

    response = client.get(address, {asked: "\x00"}, follow=True)

    assert response.redirect_chain[0] == (f"{address}?e=1", 302)
    assert response.status_code == 200

"""What stands beside a form: what publishing waits for, and what could be better."""

import re

import pytest
from django.urls import reverse

from assembly_site.publishing.models import Status

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


def _form(thing):
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


def _needed(checklist):
    return {one.name: one.missing for one in checklist.needed}


def _codes(checklist):
    return {one.rule.code for one in checklist.breaches}


@pytest.fixture
def draft():
    region = factories.RegionFactory(slug="abai")
    texts = {"event__title_ru": "", "event__summary_ru": "", "event__title_en": ""}
    return factories.OccurrenceFactory(event__draft=True, event__region=region, **texts).event


def test_a_new_event_is_told_what_publishing_needs(client, account):
    client.force_login(account("secretariat"))

    page = client.get(reverse("admin:events_event_add"))

    assert _needed(page.context["checklist"]) == dict.fromkeys(
        ["title_kk", "title_ru", "summary_kk", "summary_ru"], True
    )
    assert page.context["checklist"].score is None


def test_each_line_leads_to_a_field_of_this_form(client, account, draft):
    client.force_login(account("secretariat"))

    text = client.get(_form(draft)).content.decode()

    aside = text.partition('id="checklist"')[2].partition("</aside>")[0]
    targets = re.findall(r'href="([^"]+)"', aside)
    assert {"#id_title_ru", "#id_title_en", "#sources-citation-target_type-target_id-group"} <= (
        set(targets)
    )
    assert [one for one in targets if not one.startswith("#")] == []
    assert [one for one in targets if f'id="{one[1:]}"' not in text] == []


def test_what_publishing_needs_is_not_said_twice(client, account, draft):
    client.force_login(account("secretariat"))

    checklist = client.get(_form(draft)).context["checklist"]

    assert _needed(checklist)["title_ru"]
    assert "required-ru" not in _codes(checklist)
    assert checklist.fulfilled < checklist.rules - len(checklist.breaches)


def test_a_picture_without_alt_text_is_needed_too(client, account, draft):
    draft.picture = factories.PictureFactory(bare=True)
    draft.save()
    client.force_login(account("secretariat"))

    assert _needed(client.get(_form(draft)).context["checklist"])["picture"]


def test_what_is_public_and_whole_has_nothing_left(client, account):
    event = factories.OccurrenceFactory().event
    client.force_login(account("secretariat"))

    checklist = client.get(_form(event)).context["checklist"]

    assert (checklist.needed, event.status) == ([], Status.PUBLISHED)


def test_a_translator_is_told_of_the_own_languages_alone(client, account, draft):
    draft.title_en = draft.summary_en = ""
    draft.save()
    client.force_login(account("translator", languages=["en"]))

    checklist = client.get(_form(draft)).context["checklist"]

    assert (checklist.needed, _codes(checklist)) == ([], {"required-en"})


def test_who_only_looks_is_asked_for_nothing(client, account):
    source = factories.SourceFactory()
    client.force_login(account("translator", languages=["en"]))

    page = client.get(_form(source))

    assert page.status_code in (200, 403)
    assert not (page.context or {}).get("checklist")


def test_a_refused_form_is_judged_by_what_was_typed(client, account, draft):
    client.force_login(account("secretariat"))
    values = form_values(client.get(_form(draft)))

    page = client.post(
        _form(draft), values | {"title_ru": "Праздник", "weekly_until": "31.06.2025"}
    )

    assert page.status_code == 200
    needed = _needed(page.context["checklist"])
    assert (needed["title_ru"], needed["summary_ru"]) == (False, True)


def test_a_text_that_is_too_long_comes_back_whole(client, account, draft):
    client.force_login(account("secretariat"))
    long = "сөз " * 80
    values = form_values(client.get(_form(draft)))

    page = client.post(_form(draft), values | {"summary_kk": long})

    assert "summary_kk" in page.context["adminform"].form.errors
    assert long.strip() in page.content.decode()
    assert 'maxlength="250"' not in page.content.decode()


def test_line_breaks_of_a_pasted_sentence_become_spaces(client, account, draft):
    client.force_login(account("secretariat"))
    values = form_values(client.get(_form(draft)))

    client.post(_form(draft), values | {"summary_kk": "Бірінші жол,\r\n  екінші жол."})

    draft.refresh_from_db()
    assert draft.summary_kk == "Бірінші жол, екінші жол."


def test_nothing_that_was_chosen_can_be_deleted_from_the_form_of_another(client, account, draft):
    factories.OccurrenceFactory(event=draft, venue=factories.VenueFactory())
    client.force_login(account("secretariat"))

    assert "delete-related" not in client.get(_form(draft)).content.decode()


def test_a_form_of_an_event_takes_at_most_forty_queries(
    client, account, draft, django_assert_max_num_queries
):
    for number in range(3):
        factories.OccurrenceFactory(event=draft)
        factories.CitationFactory(target=draft, number=number + 1)
    draft.picture = factories.PictureFactory(bare=True)
    draft.save()
    client.force_login(account("secretariat"))
    client.get(_form(draft))

    with django_assert_max_num_queries(40):
        client.get(_form(draft))

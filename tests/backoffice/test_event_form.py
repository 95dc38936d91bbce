"""The form of an event as an editor uses it."""

from datetime import date

import pytest
from django.urls import reverse

from events.models import Event
from events.similar import similar_events

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client, account):
    user = account("secretariat")
    client.force_login(user)
    return user


@pytest.fixture
def event():
    event = factories.EventFactory(
        draft=True, report_kk="Есеп", participants=40, plan_year=2025, plan_number="7"
    )
    factories.OccurrenceFactory(event=event, first_day=date(2025, 6, 5), last_day=date(2025, 6, 6))
    event.audiences.add(factories.AudienceFactory())
    factories.CitationFactory(target=event, number=1)
    event.save_span()
    return event


def _change(client, event, **values):
    address = reverse("admin:events_event_change", args=[event.pk])
    return client.post(address, form_values(client.get(address)) | values)


def test_a_date_is_repeated_weekly_until_a_day(client, secretary, event):
    _change(client, event, weekly_until="26.06.2025")
    event.refresh_from_db()

    spans = [
        (one.first_day.day, one.last_day.day) for one in event.occurrences.order_by("first_day")
    ]
    assert spans == [(5, 6), (12, 13), (19, 20), (26, 27)]
    assert event.last_day == date(2025, 6, 27)
    assert len(set(event.occurrences.values_list("uid", flat=True))) == 4


@pytest.mark.parametrize("until", ["31.06.2025", "05.06.2025", "01.01.2030", "\x00", "x" * 500])
def test_an_impossible_day_to_repeat_until_is_named_and_nothing_is_lost(
    client, secretary, event, until
):
    page = _change(client, event, weekly_until=until, title_kk="Жаңа атау")

    assert page.status_code == 200
    assert "weekly_until" in page.context["adminform"].form.errors
    assert "Жаңа атау" in page.content.decode()
    assert event.occurrences.count() == 1


def test_the_summary_of_errors_leads_to_each_field(client, secretary, event):
    page = _change(
        client, event,
        **{"title_kk": "", "title_ru": "", "title_en": "", "occurrences-0-last_day": "01.06.2025"},
    ).content.decode()  # fmt: skip

    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    assert 'href="#id_title_kk"' in summary
    assert 'href="#id_occurrences-0-last_day"' in summary
    assert 'id="id_occurrences-0-last_day"' in page


def test_the_dates_stand_between_what_and_where_as_on_the_public_page(client, secretary, event):
    text = client.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()

    places = [
        text.index(name)
        for name in ('id="id_title_kk"', 'id="id_occurrences-0-first_day"', 'id="id_admission"',
                     'name="body_kk"', 'id="id_status"')
    ]  # fmt: skip
    assert places == sorted(places)
    assert text.count('id="occurrences-group"') == 1


def test_a_copy_has_the_words_and_nothing_that_belongs_to_the_one_event(client, secretary, event):
    client.post(reverse("admin:events_event_copy", args=[event.pk, "duplicate"]))

    copy = Event.objects.exclude(pk=event.pk).get()
    assert (copy.title_kk, copy.category, copy.status) == (event.title_kk, event.category, "draft")
    assert (copy.report_kk, copy.participants, copy.plan_number) == ("", None, "")
    assert copy.slug != event.slug
    assert (copy.occurrences.count(), copy.audiences.count(), copy.citations.count()) == (0, 1, 1)
    assert event.citations.count() == 1


def test_the_next_of_a_series_is_a_week_later(client, secretary, event):
    client.post(reverse("admin:events_event_copy", args=[event.pk, "next"]))

    copy = Event.objects.exclude(pk=event.pk).get()
    assert [one.first_day for one in copy.occurrences.all()] == [date(2025, 6, 12)]
    assert (copy.first_day, copy.last_day) == (date(2025, 6, 12), date(2025, 6, 13))


def test_another_regions_event_is_neither_copied_nor_named(client, account):
    abai, astana = factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")
    hidden = factories.EventFactory(draft=True, region=astana, title_kk="Құпия форум достық")
    public = factories.EventFactory(region=astana, title_kk="Ашық форум достық")
    own = factories.EventFactory(draft=True, region=abai, title_kk="Біздің форум достық")
    client.force_login(account("regional-editor", regions=[abai]))
    similar = reverse("admin:events_event_similar")

    copied = client.post(reverse("admin:events_event_copy", args=[hidden.pk, "duplicate"]))
    text = client.get(similar, {"title": "Форум достық"}).content.decode()

    assert copied.status_code == 404
    assert "Құпия" not in text
    assert public.get_absolute_url() in text
    assert reverse("admin:events_event_change", args=[own.pk]) in text


@pytest.mark.parametrize("how", ["get", "unknown"])
def test_copying_is_done_by_a_button_alone(client, secretary, event, how):
    address = reverse("admin:events_event_copy", args=[event.pk, "duplicate"])
    answer = (
        client.get(address)
        if how == "get"
        else client.post(address.replace("duplicate", "nonsense"))
    )

    assert answer.status_code in (403, 404)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Достық форумы", True), ("достык форумы", True), ("Форум достык", True),
        ("Форумы достық жастардың", True), ("Мүлде басқа нәрсе", False), ("До", False), ("", False),
        ("\x00", False), ("x" * 400, False),
    ],
)  # fmt: skip
def test_titles_that_sound_alike_are_found_however_they_are_typed(title, found):
    event = factories.EventFactory(title_kk="Достық форумы", title_ru="", title_en="")

    assert [one.event for one in similar_events(title, Event.objects.all())] == [event] * found


def test_an_event_half_a_year_away_is_not_meant_unless_its_date_is_unknown():
    far = factories.EventFactory(title_kk="Достық форумы")
    factories.OccurrenceFactory(event=far, first_day=date(2025, 12, 1), last_day=date(2025, 12, 1))
    far.save_span()
    undated = factories.EventFactory(title_kk="Достық форумы")

    found = similar_events("Достық форумы", Event.objects.all(), near=date(2025, 6, 1))

    assert [one.event for one in found] == [undated]


@pytest.mark.parametrize("day", ["", "05.06.2025", "31.31", "\x00"])
@pytest.mark.parametrize("but", ["", "1", "x", "9" * 40])
def test_any_nonsense_asked_of_the_similar_gets_an_answer(client, secretary, day, but):
    answer = client.get(
        reverse("admin:events_event_similar"), {"title": "Форум", "day": day, "but": but}
    )

    assert answer.status_code == 200


def test_a_new_event_begins_with_the_region_and_kind_of_the_last_one(client, secretary, event):
    region = factories.RegionFactory()
    _change(client, event, region=region.pk)

    form = client.get(reverse("admin:events_event_add")).context["adminform"].form

    assert (form.initial["region"], form.initial["category"]) == (region.pk, event.category.pk)

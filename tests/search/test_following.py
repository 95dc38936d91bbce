"""The index follows every write in its transaction, whatever way the row is written."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assembly_site.places.models import PlaceName
from assembly_site.publishing.models import PublicContent
from assembly_site.search.answer import Answer
from assembly_site.search.entries import registered
from assembly_site.search.index import together
from assembly_site.search.models import Entry
from events.models import Event, Occurrence
from history.models import Milestone, Person, Stage

from .. import factories

pytestmark = pytest.mark.django_db


def _found(text, at, language="en"):
    return [one.title for one in Answer(text, language, at).rows]


def test_a_saved_object_is_found_in_each_language_and_under_its_new_name_alone(at):
    person = factories.PersonFactory(name_kk="Ақбота", name_ru="Акбота", name_en="Aqbota")
    before = [_found("акбота", at, "kk"), _found("акбота", at, "ru"), _found("aqbota", at)]
    person.name_kk = person.name_ru = person.name_en = "Zarina"
    person.save()

    assert before == [["Ақбота"], ["Акбота"], ["Aqbota"]]
    assert _found("aqbota", at) == []
    assert _found("zarina", at) == ["Zarina"]


def test_what_is_written_in_bulk_is_found(at):
    Person.objects.bulk_create(
        Person(slug=slug, name_en=slug.title(), status="published", publish_at=at)
        for slug in ("marzhan", "marzhangul")
    )
    made = _found("marzhan", at)
    people = list(Person.objects.order_by("slug"))
    for person in people:
        person.name_en = f"Saule {person.slug}"
    Person.objects.bulk_update(people, ["name_en"])
    renamed = _found("saule", at)
    Person.objects.filter(slug="marzhan").update(status="archived")
    withdrawn = _found("saule", at)
    Person.objects.all().delete()

    assert made == ["Marzhan", "Marzhangul"]
    assert renamed == ["Saule marzhan", "Saule marzhangul"]
    assert withdrawn == ["Saule marzhangul"]
    assert not Entry.objects.exists()


def test_an_object_deleted_in_the_admin_is_found_no_more(client, account, at):
    client.force_login(account("secretariat"))
    page, other = factories.PageFactory(title_en="Qoshqar"), factories.PageFactory()
    address = reverse("admin:pages_page_changelist")

    client.post(
        address,
        {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"},
    )

    assert _found("qoshqar", at) == []
    assert _found(other.title_en, at) == [other.title_en]


def test_a_write_that_is_undone_leaves_the_index_as_it_was(at):
    person = factories.PersonFactory(name_en="Zarina")
    with transaction.atomic():
        person.name_en = "Saule"
        person.save()
        transaction.set_rollback(True)

    assert (_found("zarina", at), _found("saule", at)) == (["Zarina"], [])


@pytest.mark.parametrize(
    ("part", "change", "text"),
    [
        ("region", {"name_en": "Newland"}, "newland"),
        ("region", {"centre_ru": "Новоград"}, "новоград"),
        ("category", {"title_en": "Jousting"}, "jousting"),
    ],
)
def test_an_event_is_found_by_the_new_name_of_what_it_belongs_to(part, change, text, at):
    event = factories.EventFactory(title_en="Happening", region=factories.RegionFactory())
    thing = getattr(event, part)
    before = "Happening" in _found(text, at)
    for name, value in change.items():
        setattr(thing, name, value)
    thing.save()

    assert (before, "Happening" in _found(text, at)) == (False, True)


def test_an_event_is_found_by_a_former_name_of_its_region_as_long_as_that_stands(at):
    event = factories.EventFactory(title_en="Happening", region=factories.RegionFactory())
    name = PlaceName.objects.create(region=event.region, of="centre", name_en="Tselinograd")
    found = _found("tselinograd", at)
    name.delete()

    assert sorted(found) == sorted(["Happening", event.region.name_en])
    assert _found("tselinograd", at) == []


def test_an_event_is_found_by_its_venue_and_by_its_days(at):
    occurrence = factories.OccurrenceFactory(
        event__title_en="Happening", venue=factories.VenueFactory(name_en="Hall of Larks")
    )
    moved = Occurrence.objects.get(pk=occurrence.pk)
    by_day = _found("5 June 2025", at)
    moved.first_day = moved.last_day = date(2025, 7, 9)
    moved.save()
    moved.event.save_span()

    assert _found("larks", at) == ["Happening"]
    assert by_day == ["Happening"]
    assert (_found("5 June 2025", at), _found("9 July 2025", at)) == ([], ["Happening"])


def test_an_occurrence_that_is_taken_to_another_event_changes_both(at):
    venue = factories.VenueFactory(name_en="Hall of Larks")
    occurrence = factories.OccurrenceFactory(event__title_en="First", venue=venue)
    other = factories.EventFactory(title_en="Second")
    Occurrence.objects.filter(pk=occurrence.pk).update(event=other)

    assert _found("larks", at) == ["Second"]


def test_a_milestone_comes_and_goes_with_its_stage(at):
    milestone = factories.MilestoneFactory(title_en="Lighthouse")
    shown = _found("lighthouse", at)
    Stage.objects.filter(pk=milestone.stage_id).update(status="draft")
    hidden = _found("lighthouse", at)
    Stage.objects.filter(pk=milestone.stage_id).update(
        status="published", publish_at=at - timedelta(days=3), unpublish_at=at - timedelta(days=1)
    )

    assert (shown, hidden, _found("lighthouse", at)) == (["Lighthouse"], [], [])


def test_the_chair_of_a_session_is_found_with_it_and_forgotten_with_the_person(at):
    chair = factories.PersonFactory(name_en="Zarina")
    session = factories.SessionFactory(number=40, chair=chair, theme_en="Accord")
    found = _found("zarina", at)
    chair.delete()

    assert found == ["Zarina", "Session XL. Accord"]
    assert _found("zarina", at) == []
    assert Answer("40", "en", at).cards[0].object_id == session.pk


def test_publishing_and_withdrawing_need_no_job(at):
    factories.EventFactory(
        title_en="Lighthouse",
        publish_at=at + timedelta(hours=1),
        unpublish_at=at + timedelta(hours=3),
    )
    seen = [len(_found("lighthouse", at + timedelta(hours=hours))) for hours in (0, 1, 2, 3)]

    assert seen == [0, 1, 1, 0]


def test_of_many_writes_in_one_go_each_object_is_written_once(at):
    event = factories.OccurrenceFactory(event__title_en="Happening").event
    with transaction.atomic(), together():
        for number in range(3):
            event.title_en = f"Lighthouse {number}"
            event.save()
        inside = _found("lighthouse", at)

    assert inside == []
    assert _found("lighthouse", at) == ["Lighthouse 2"]


def test_what_shows_in_no_entry_costs_the_search_nothing():
    source = factories.SourceFactory()
    with CaptureQueriesContext(connection) as queries:
        source.save()

    assert [one["sql"] for one in queries if "search_" in one["sql"]] == []


def test_every_model_with_a_page_of_its_own_is_in_the_index():
    """A new kind with public pages must be registered with the search as well."""
    # Their pages are landing pages of the programme, found by the events on them.
    known_by_others = {"category"}
    with_pages = {
        model._meta.model_name
        for model in apps.get_models()
        if issubclass(model, PublicContent) and hasattr(model, "get_absolute_url")
    }

    registered_models = {entries.model._meta.model_name for entries in registered.values()}
    assert with_pages - registered_models == known_by_others


def test_the_models_that_are_followed_are_the_ones_that_tell_of_their_writes():
    shown = {model for entries in registered.values() for model in (entries.model, *entries.parts)}

    assert {Event, Milestone, Person} <= shown
    assert [model for model in shown if not issubclass(model, PublicContent)] == []

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assembly_site.publishing.models import SlugRecord

from .. import factories

pytestmark = pytest.mark.django_db


def test_the_slug_is_made_from_the_kazakh_title():
    assert factories.EventFactory(title_kk="Өскемен форумы").slug == "oskemen-forumy"


def test_without_a_kazakh_title_the_russian_one_serves():
    assert factories.EventFactory(title_kk="", title_ru="Съезд").slug == "sezd"


def test_two_equal_titles_get_two_slugs():
    slugs = [factories.EventFactory(title_kk="Алғыс").slug for _ in range(3)]

    assert slugs == ["algys", "algys-2", "algys-3"]


def test_a_changed_slug_leads_to_the_new_address_for_good(client):
    event = factories.EventFactory(slug="old")
    event.slug = "new"
    event.save()

    response = client.get("/ru/events/old/")

    assert (response.status_code, response["Location"]) == (301, "/ru/events/new/")


def test_no_slug_is_given_to_another_object_even_after_deletion():
    event = factories.EventFactory(slug="taken")
    event.delete()
    other = factories.EventFactory.build(category=factories.CategoryFactory(), slug="taken")

    with pytest.raises(ValidationError) as caught:
        other.full_clean()

    assert list(caught.value.message_dict) == ["slug"]
    assert factories.EventFactory(title_kk="Taken").slug == "taken-2"


def test_the_database_itself_refuses_a_second_owner():
    factories.EventFactory(slug="mine")

    with pytest.raises(IntegrityError), transaction.atomic():
        SlugRecord.objects.create(kind="events.event", slug="mine", object_id=0)


@pytest.mark.parametrize("how", ["object", "queryset", "archived"])
def test_what_was_public_and_is_gone_answers_410_with_a_next_step(client, how):
    event = factories.EventFactory(slug="was-here")
    if how == "object":
        event.delete()
    elif how == "queryset":
        type(event).objects.filter(pk=event.pk).delete()
    else:
        event.status = "archived"
        event.save()

    response = client.get("/kk/events/was-here/")

    assert response.status_code == 410
    assert "/kk/events/" in response.content.decode()


def test_a_deleted_draft_was_never_there(client):
    factories.EventFactory(slug="quiet", draft=True).delete()

    assert client.get("/kk/events/quiet/").status_code == 404


def test_a_title_of_spaces_is_no_title():
    event = factories.EventFactory.build(
        category=factories.CategoryFactory(), title_kk="  ", title_ru="", title_en=" "
    )

    with pytest.raises(ValidationError) as caught:
        event.full_clean()

    assert list(caught.value.message_dict) == ["title_kk"]


def test_nothing_is_published_half_translated():
    event = factories.EventFactory.build(category=factories.CategoryFactory(), title_ru="")

    with pytest.raises(ValidationError) as caught:
        event.full_clean()

    assert list(caught.value.message_dict) == ["title_ru"]

"""The programme's words and the admin's search boxes understand what the search understands."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from assembly_site.places.models import PlaceName
from assembly_site.search.models import Synonym
from events.programme import Programme

from .. import factories

pytestmark = pytest.mark.django_db


def _events(words, at, language="ru"):
    with translation.override(language):
        query = QueryDict(mutable=True)
        query.update({"when": "all", "q": words})
        return [one.pk for one in Programme(query, at).selection]


@pytest.fixture
def festival():
    region = factories.RegionFactory(centre_ru="Астана", centre_kk="Астана")
    PlaceName.objects.create(region=region, of="centre", name_ru="Целиноград")
    return factories.OccurrenceFactory(
        event__title_kk="Ассамблея фестивалі",
        event__title_ru="Фестиваль Ассамблеи",
        event__region=region,
    )


@pytest.mark.parametrize(
    "words",
    ["фестивали", "аССамблеей", "atcnbdfkm", "festival assamblei", "целиноград", "астане", "ҚХА"],
)
def test_the_programme_understands_as_the_search_does(at, festival, words):
    forums = factories.CategoryFactory(title_kk="Форум", title_ru="Форум", title_en="Forum")
    factories.OccurrenceFactory(event__title_ru="Форум", event__category=forums)
    Synonym.objects.create(words="Ассамблея, ҚХА")

    assert _events(words, at) == [festival.pk]


def test_signs_alone_narrow_the_programme_to_nothing_less(at, festival):
    assert _events("!..", at) == [festival.pk]


def test_a_draft_is_not_found_in_the_programme(at):
    factories.OccurrenceFactory(event__draft=True, event__title_ru="Фестиваль")

    assert _events("фестиваль", at) == []


@pytest.mark.parametrize("words", ["ассамблеянын", "Assambleya", "fccfv,ktz", "ҚХА"])
def test_the_admin_finds_drafts_too_whatever_the_letters_and_endings(client, account, words):
    client.force_login(account("secretariat"))
    Synonym.objects.create(words="Ассамблея, ҚХА")
    found = factories.PageFactory(draft=True, title_kk="Ассамблея бүгін", title_ru="", title_en="")
    factories.PageFactory(title_kk="Байланыс", title_ru="Контакты", title_en="Contacts")

    response = client.get(reverse("admin:pages_page_changelist"), {"q": words})

    assert list(response.context["cl"].result_list) == [found]


def test_the_admin_finds_what_is_in_most_titles_and_leaves_out_the_rest(client, account):
    client.force_login(account("secretariat"))
    found = [factories.PageFactory(title_kk=f"Ассамблея {number}") for number in range(3)]
    factories.PageFactory(title_kk="Байланыс")

    response = client.get(reverse("admin:pages_page_changelist"), {"q": "ассамблея"})

    assert set(response.context["cl"].result_list) == set(found)

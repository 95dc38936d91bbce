"""What networks show where the address of a page is shared."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from PIL import Image

from assembly_site import cards
from assembly_site.languages.dates import PartialDate
from assembly_site.pictures.models import Picture

from .. import factories

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru", "en")
FACTORIES = {
    "event": factories.EventFactory,
    "stage": factories.StageFactory,
    "milestone": factories.MilestoneFactory,
    "session": factories.SessionFactory,
    "person": factories.PersonFactory,
    "body": factories.BodyFactory,
    "document": factories.DocumentFactory,
    "page": factories.PageFactory,
}


def _address(instance, language="kk"):
    with translation.override(language):
        return cards.address_of(instance)


def _card(instance, language="en"):
    with translation.override(language):
        return cards.card_of(instance, timezone.now())


def _shared(client, address):
    """What the head of a page says of its picture."""
    text = client.get(address).content.decode()
    return dict(
        re.findall(r'<meta (?:property|name)="(og:image\S*|twitter:card)" content="(.*?)">', text)
    )


@pytest.fixture
def no_making(monkeypatch):
    """From now on a card that is made fails the test."""

    def refuse(card):
        raise AssertionError(f"made again: {card}")

    return lambda: monkeypatch.setattr(cards, "draw", refuse)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", FACTORIES)
def test_each_public_object_has_a_card_in_each_language(client, kind, code):
    response = client.get(_address(FACTORIES[kind](), code))

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Content-Language"] == code
    assert response["Cache-Control"] == "public, max-age=86400"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", cards.SITE_CARDS)
def test_the_pages_of_the_site_itself_have_cards(client, slug, code):
    response = client.get(f"/{code}/cards/site/{slug}.png")

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_draft_has_no_card(client, kind):
    assert client.get(_address(FACTORIES[kind](draft=True))).status_code == 404


def test_a_milestone_of_a_hidden_stage_has_no_card(client):
    milestone = factories.MilestoneFactory(stage__draft=True)

    assert client.get(_address(milestone)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "event/nothing", "nothing/nothing", "site/nothing", "document/zang", "session/0",
        "session/034", "session/5000", "session/" + "9" * 40, "session/x", "event/" + "a" * 5000,
        "event/..%2F..%2Fsecret", "event/x%00", "event/%D2%9B", "site/home.png",
    ],
)  # fmt: skip
def test_an_impossible_address_is_a_404_and_leaves_nothing_behind(client, path):
    assert client.get(f"/kk/cards/{path}.png").status_code == 404
    assert not default_storage.exists("cards")


@pytest.mark.parametrize("kind", FACTORIES)
def test_what_was_withdrawn_is_gone_with_its_card(client, kind):
    instance = FACTORIES[kind]()
    address = _address(instance)
    client.get(address)
    instance.status = "archived"
    instance.save()

    response = client.get(address)

    assert response.status_code == 410
    assert _files(kind, address) == []


def test_a_changed_slug_leads_to_the_card_at_its_new_address(client):
    event = factories.EventFactory(slug="old")
    client.get("/ru/cards/event/old.png")
    event.slug = "new"
    event.save()

    response = client.get("/ru/cards/event/old.png")

    assert (response.status_code, response["Location"]) == (301, "/ru/cards/event/new.png")
    assert _files("event", "old.png") == []


def _files(kind, address):
    slug = address.rpartition("/")[2].removesuffix(".png")
    return sorted(default_storage.listdir(f"cards/{kind}/{slug}")[1])


def test_a_card_is_made_once(client, no_making):
    address = _address(factories.EventFactory())
    first = client.get(address)
    no_making()

    second = client.get(f"{address}?v=anything&x=1")

    assert second.content == first.content


def test_a_conditional_request_makes_nothing(client, no_making):
    event = factories.EventFactory()
    no_making()

    response = client.get(
        _address(event), headers={"if-none-match": f'"{_card(event, "kk").digest}"'}
    )

    assert response.status_code == 304
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not default_storage.exists("cards")


def test_a_change_makes_a_new_card_in_the_place_of_the_old_one(client):
    event = factories.EventFactory(slug="forum")
    before = [client.get(_address(event, code)) for code in LANGUAGES]
    event.title_ru = "Другое название"
    event.save()

    after = [client.get(_address(event, code)) for code in LANGUAGES]

    changed = [one["ETag"] != other["ETag"] for one, other in zip(before, after, strict=True)]
    assert changed == [False, True, False]
    assert len(_files("event", "forum")) == 3


def test_a_card_that_was_half_written_is_made_again(client):
    event = factories.EventFactory(slug="forum")
    whole = client.get(_address(event)).content
    name = f"cards/event/forum/{_files('event', 'forum')[0]}"
    with default_storage.open(name, "wb") as file:
        file.write(whole[:100])

    assert client.get(_address(event)).content == whole
    assert len(_files("event", "forum")) == 1


def test_no_card_costs_the_database_more_than_a_few_questions(client):
    from django.db import connection

    region = factories.RegionFactory()
    stage = factories.StageFactory()
    made = {kind: FACTORIES[kind]() for kind in FACTORIES}
    made["session"].region, made["session"].stage = region, stage
    made["session"].save()
    for _count in range(3):
        factories.OccurrenceFactory(event=made["event"])
        made["person"].appointments.create(role_kk="Төраға", start=PartialDate(2000))
    asked = {}
    for kind, instance in made.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(_address(instance))
        asked[kind] = len(queries)

    assert asked == {
        "event": 2, "stage": 1, "milestone": 1, "session": 2, "person": 2, "body": 1,
        "document": 1, "page": 1,
    }  # fmt: skip


# What is written on a card ---------------------------------------------------------------------


def test_the_words_are_those_of_the_language():
    event = factories.OccurrenceFactory(event__region=factories.RegionFactory()).event

    written = {code: _card(event, code) for code in LANGUAGES}

    assert [written[code].title for code in LANGUAGES] == [
        event.title_kk,
        event.title_ru,
        event.title_en,
    ]
    assert [written[code].when.replace("\u00a0", " ") for code in LANGUAGES] == [
        "2025 жылғы 5 маусым",
        "5 июня 2025 г.",
        "5 June 2025",
    ]
    assert [written[code].where for code in LANGUAGES] == [
        event.region.name_kk,
        event.region.name_ru,
        event.region.name_en,
    ]


def test_a_title_that_falls_back_is_divided_as_its_own_language():
    event = factories.EventFactory(title_en="")

    card = _card(event, "en")

    assert (card.title, card.language) == (event.title_kk, "kk")


@pytest.mark.parametrize(
    ("status", "words", "is_off"),
    [
        ("scheduled", ("", "", ""), False),
        ("cancelled", ("Болмайды", "Отменено", "Cancelled"), True),
        ("postponed", ("Кейінге қалдырылды", "Отложено", "Postponed"), True),
        ("rescheduled", ("Басқа уақытқа ауыстырылды", "Перенесено", "Rescheduled"), False),
        ("moved-online", ("Онлайнға көшірілді", "Перенесено в онлайн", "Moved online"), False),
    ],
)
def test_the_state_of_an_event_stands_first(client, status, words, is_off):
    event = factories.OccurrenceFactory(status=status).event

    written = [_card(event, code) for code in LANGUAGES]

    assert tuple(card.status for card in written) == words
    assert [card.is_off for card in written] == [is_off] * 3
    for code, word in zip(LANGUAGES, words, strict=True):
        address = f"/{code}{event.get_absolute_url()[3:]}"
        assert _shared(client, address)["og:image:alt"].startswith(word)


def test_a_cancelled_event_has_another_picture_than_before(client):
    occurrence = factories.OccurrenceFactory()
    before = _shared(client, occurrence.event.get_absolute_url())["og:image"]
    occurrence.status = "cancelled"
    occurrence.save()

    after = _shared(client, occurrence.event.get_absolute_url())["og:image"]

    assert before.partition("?")[0] == after.partition("?")[0]
    assert before != after


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, "All over the country"),
        ({"event__attendance_mode": "online"}, "Online"),
        ({"status": "moved-online"}, "Online"),
    ],
)
def test_an_event_without_a_place_says_so(changes, where):
    assert _card(factories.OccurrenceFactory(**changes).event).where == where


def test_an_event_without_a_date_has_a_card():
    card = _card(factories.EventFactory())

    assert (card.status, card.when) == ("", "")


def test_a_card_is_drawn_from_what_the_cover_on_the_page_is_drawn_from():
    region = factories.RegionFactory(outline="M0 0L9 0L9 9Z")
    event = factories.EventFactory(
        region=region, category__ornament="water", category__order=8, slug="a-slug"
    )

    card = _card(event)

    assert (card.seed, card.ornament, card.colour, card.outline) == (
        "a-slug",
        "water",
        "stage-4",
        "M0 0L9 0L9 9Z",
    )


def test_a_milestone_has_the_look_of_its_stage_and_the_place_name_of_its_day():
    region = factories.RegionFactory(name_en="Astana", kind="city", outline="M0 0L9 0L9 9Z")
    region.names.create(name_en="Akmola", valid_to=PartialDate(1998, 5, 6))
    milestone = factories.MilestoneFactory(
        stage__number=3, stage__ornament="flower", region=region, date=PartialDate(1997, 12, 10)
    )

    card = _card(milestone)

    assert (card.ornament, card.colour, card.outline) == ("flower", "stage-3", "")
    assert (card.when.replace("\u00a0", " "), card.where) == ("10 December 1997", "Akmola")


def test_a_session_is_called_by_its_number_and_its_theme_without_notes():
    card = _card(factories.SessionFactory(number=34, theme_en="Unity and accord [2]"))

    assert (card.title, card.subtitle, card.when) == (
        "Session XXXIV",
        "Unity and accord",
        "March 1995",
    )


def test_a_session_takes_no_colour_from_a_stage_that_is_hidden():
    hidden = factories.StageFactory(draft=True, number=4)

    assert _card(factories.SessionFactory(stage=hidden)).colour == "stage-2"


def test_a_person_is_shown_with_the_latest_office():
    person = factories.PersonFactory()
    person.appointments.create(role_en="Chair", start=PartialDate(2008), end=PartialDate(2014))
    person.appointments.create(role_en="Member", start=PartialDate(1995), end=PartialDate(2008))

    card = _card(person)

    assert (card.title, card.subtitle, card.when) == (person.name_en, "Chair", "2008–2014")


# The head of a page ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_page_names_the_absolute_address_of_its_card(client, settings, kind):
    instance = FACTORIES[kind]()

    shared = _shared(client, f"/ru{instance.get_absolute_url()[3:]}")

    card = _card(instance, "ru")
    address = f"{_address(instance, 'ru')}?v={card.digest[:8]}"
    assert shared == {
        "og:image": f"{settings.SITE_URL}{address}",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": card.in_words,
        "twitter:card": "summary_large_image",
    }
    assert client.get(address)["ETag"] == f'"{card.digest}"'


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/", "home"),
        ("/events/", "programme"),
        ("/events/?when=all", "programme"),
        ("/history/", "timeline"),
        ("/history/sessions/", "sessions"),
        ("/history/people/", "people"),
        ("/history/bodies/", "bodies"),
        ("/history/documents/", "documents"),
        ("/history/today/", "today"),
    ],
)
def test_a_page_without_an_object_shares_a_card_of_the_site(client, path, slug):
    assert f"/kk/cards/site/{slug}.png?v=" in _shared(client, f"/kk{path}")["og:image"]


def test_the_assembly_today_shares_the_card_of_its_text(client):
    factories.PageFactory(slug="today")

    assert "/kk/cards/page/today.png" in _shared(client, "/kk/history/today/")["og:image"]


@pytest.mark.parametrize("kind", ["event", "stage", "milestone", "session", "person"])
def test_a_picture_chosen_by_an_editor_stands_instead_of_the_card(client, settings, kind):
    stream = io.BytesIO()
    Image.new("RGB", (1600, 900), "#00859b").save(stream, "JPEG")
    picture = Picture.objects.create(
        title="x",
        image=SimpleUploadedFile("photo.jpg", stream.getvalue()),
        alternative_kk="Алаңдағы адамдар",
        credit="x",
    )
    instance = FACTORIES[kind](picture=picture)

    shared = _shared(client, instance.get_absolute_url())

    assert shared == {
        "og:image": f"{settings.SITE_URL}{picture.image.social}",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Алаңдағы адамдар",
        "twitter:card": "summary_large_image",
    }


def test_hostile_titles_stay_inside_the_attribute(client):
    page = factories.PageFactory(title_kk='"><script>alert(1)</script>')

    text = client.get(page.get_absolute_url()).content.decode()

    assert "<script>alert" not in text


def test_neither_a_preview_nor_an_error_shares_a_picture(client):
    draft = factories.EventFactory(draft=True)

    assert _shared(client, factories.draft_link(draft).path) == {}
    assert _shared(client, "/kk/nothing/") == {}

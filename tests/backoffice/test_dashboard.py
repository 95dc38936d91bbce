"""The first screen of the admin: to each role what is theirs, and nothing of others."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assembly_site.backoffice.models import WeeklyScore
from assembly_site.pictures.models import Picture
from assembly_site.publishing import review
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.publishing.proposals import propose, refuse
from assembly_site.publishing.versions import Snapshot, present
from events.models import Event, Occurrence, ToldApart

from .. import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("noon"),
]

NOON = datetime(2025, 5, 20, 7, tzinfo=UTC)
TODAY = NOON.date()
SECRET = "Құпия-xq7"
MOST_QUERIES = 25


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai", name_kk="Абай облысы", name_ru="область Абай")


@pytest.fixture
def astana():
    return factories.RegionFactory(slug="astana", name_kk="Астана", name_ru="Астана")


@pytest.fixture
def editor(account, abai):
    return account("regional-editor", regions=[abai], first_name="Әсел")


@pytest.fixture
def secretary(account):
    return account("secretariat", first_name="Ерлан")


def _desk(client, user):
    client.force_login(user)
    page = client.get(reverse("admin:index"))
    assert page.status_code == 200
    return page.context["desk"], page.content.decode()


def _event(day=3, **fields):
    event = factories.EventFactory(**fields)
    factories.OccurrenceFactory(event=event, first_day=TODAY + timedelta(days=day))
    return event


def _returned(event, editor, secretary, **words):
    review.submit(event, editor, NOON - timedelta(days=3))
    review.return_with_notes(event, secretary, NOON - timedelta(days=1), **words)
    return event


def _needs(desk):
    return {need.rule.code: need.count for need in [*desk.needs, *desk.needs_apart]}


def test_the_head_says_whose_desk_it_is_and_what_is_on_it(client, editor, secretary, abai):
    for _ in range(2):
        _event(region=abai, draft=True)
    _returned(_event(region=abai, draft=True), editor, secretary, why="Толықтыру керек")
    review.submit(_event(region=abai, draft=True), editor, NOON)
    _event(region=abai, publish_at=NOON + timedelta(days=2))
    _event(region=abai, publish_at=NOON + timedelta(days=20))

    desk, text = _desk(client, editor)

    words = [unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(
        r'<li class="desk__count[^>]*>(.*?)</li>', text)]  # fmt: skip
    assert words == [
        "1 қайтарылды",
        "1 шешім күтіп тұр",
        "2 жоба нұсқа",
        "1 осы аптада жарияланады",
    ]
    assert [str(region) for region in desk.regions] == ["Абай облысы"]
    assert [str(role) for role in desk.roles] == ["өңірлік редактор"]


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("secretariat", "/admin/events/event/add/"),
        ("regional-editor", "/admin/events/event/add/"),
        ("historian", "/admin/history/milestone/add/"),
    ],
)
def test_the_one_large_button_is_what_the_role_most_likely_came_for(client, account, role, address):
    desk, text = _desk(client, account(role))

    assert desk.first_deed[1] == address
    assert text.count("desk__first-deed") == 1


def test_a_translator_is_led_to_the_next_text_and_sees_only_the_own_language(client, account):
    event = factories.EventFactory(draft=True, title_en="", title_ru="", organiser_kk="Ассамблея")
    venue = factories.VenueFactory(name_en="")

    desk, _text = _desk(client, account("translator", languages=["en"]))

    assert _needs(desk) == {"required-en": 2, "half-translated-en": 1}
    addresses = {breach.url for need in desk.needs for breach in need.oldest}
    assert addresses == {
        f"/admin/events/event/{event.pk}/change/#id_title_en",
        f"/admin/events/event/{event.pk}/change/#id_organiser_en",
        f"/admin/places/venue/{venue.pk}/change/#id_name_en",
    }
    assert desk.first_deed[1] in addresses
    assert (desk.deeds, desk.own_scores, desk.scores_by_kind, desk.boxes) == ([], [], [], [])


def test_what_came_back_stands_with_the_reviewers_words(client, editor, secretary, abai):
    event = _returned(_event(region=abai, draft=True), editor, secretary, why="Жақсы, бірақ",
                      notes={"title_ru": "Қысқарту керек"})  # fmt: skip

    desk, text = _desk(client, editor)

    (row,) = desk.returned
    assert (row.pk, row.more["returned_by"], row.more["why"]) == (event.pk, "Ерлан", "Жақсы, бірақ")
    assert [note for _field, note in row.more["notes"]] == ["Қысқарту керек"]
    assert "Жақсы, бірақ" in text
    assert _desk(client, secretary)[0].returned == []


def test_what_waits_stands_by_age_with_ten_rows_and_the_way_to_all(client, editor, secretary, abai):
    events = [_event(region=abai, draft=True) for _ in range(12)]
    for days, event in enumerate(events):
        review.submit(event, editor, NOON - timedelta(days=days))

    desk, text = _desk(client, secretary)

    assert [row.pk for row in desk.waiting] == [event.pk for event in reversed(events)][:10]
    assert (desk.waiting[0].more["days"], desk.waiting[0].more["by"]) == (11, "Әсел")
    assert desk.waiting[0].url("review") in text
    assert "Бүкіл кезек: 12" in text
    assert _desk(client, editor)[0].waiting == []


def _propose(event, by):
    base = present(event)
    wanted = Snapshot(base.fields | {"title_kk": "Жаңа атау"}, base.children)
    return propose(event, by, NOON - timedelta(days=2), base, wanted)


def test_a_proposed_change_waits_on_the_deciders_desk_and_comes_back_to_its_author(
    client, account, editor, secretary, abai, astana
):
    event = _event(region=abai)
    proposal = _propose(event, editor)
    _propose(_event(region=astana, title_kk=SECRET), account("regional-editor", regions=[astana]))

    (own, other) = _desk(client, secretary)[0].waiting
    assert {own.more["url"], other.more["url"]} >= {f"/admin/events/event/proposals/{proposal.pk}/"}
    assert client.get(own.more["url"]).status_code == 200
    assert (own.more["days"], own.more["by"]) == (2, "Әсел")
    desk, text = _desk(client, editor)
    assert (desk.in_review, desk.in_return, desk.returned, SECRET in text) == (1, 0, [], False)

    refuse(proposal, secretary, NOON, "Екі сөз артық", {"title_kk": "Ұзақ"})

    desk, text = _desk(client, editor)
    (row,) = desk.returned
    assert (desk.in_review, desk.in_return) == (0, 1)
    assert row.more["url"] == f"/admin/events/event/{event.pk}/change/"
    assert [note for _field, note in row.more["notes"]] == ["Ұзақ"]
    assert "Екі сөз артық" in text


def test_what_turns_within_a_week_stands_in_its_order(client, secretary):
    comes = _event(publish_at=NOON + timedelta(days=3))
    goes = _event(unpublish_at=NOON + timedelta(days=1))
    _event(publish_at=NOON + timedelta(days=8))
    _event(draft=True)

    desk, _text = _desk(client, secretary)

    assert [(row.pk, bool(row.more["goes"])) for row in desk.turning] == [
        (goes.pk, True),
        (comes.pk, False),
    ]


def test_two_weeks_count_the_events_of_each_day(client, editor, abai, astana):
    for day in (0, 0, 1, 13, 14):
        _event(day, region=abai)
    factories.OccurrenceFactory(
        event__region=abai, first_day=TODAY + timedelta(3), last_day=TODAY + timedelta(5)
    )
    factories.OccurrenceFactory(
        event__region=abai, first_day=TODAY, status="cancelled", reason_kk="Боран"
    )
    _event(0, region=astana)

    desk, text = _desk(client, editor)

    ((_template, content),) = [box for box in desk.boxes if "fortnight" in box[0]]
    assert [one.count for one in content["days"]] == [2, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [len(one.events) for one in content["days"]] == [one.count for one in content["days"]]
    assert [one.is_today for one in content["days"]] == [True, *[False] * 13]
    assert text.count('aria-current="date"') == 1


def test_the_table_of_regions_leads_to_lists_of_just_as_many(client, secretary, abai, astana):
    for _ in range(2):
        _event(30, region=abai, draft=True)
    _event(2, region=abai, draft=True)
    _event(30, region=astana, status="in-review", publish_at=None)
    _event(30, region=astana, status="returned", publish_at=None)
    _event(30, region=None, publish_at=NOON + timedelta(days=9))

    desk, _text = _desk(client, secretary)

    ((_template, content),) = [box for box in desk.boxes if "regions" in box[0]]
    numbers = {row.name: [cell.number for cell in row.cells] for row in content["rows"]}
    assert numbers == {
        "Абай облысы": [3, 0, 0, 0, 1],
        "Астана": [0, 1, 1, 0, 0],
        "Бүкіл ел": [0, 0, 0, 1, 0],
    }
    for row in content["rows"]:
        for cell in filter(lambda one: one.number, row.cells):
            listed = client.get(cell.url).context["cl"].result_count
            assert listed == cell.number, cell.url


def test_an_editor_sees_the_own_region_beside_the_median_and_no_other(client, editor, abai):
    others = [factories.RegionFactory() for _ in range(3)]
    for region in (abai, *others):
        _event(3, region=region, title_en="")

    desk, text = _desk(client, editor)

    assert [one.name for one in desk.own_scores] == ["Абай облысы"]
    assert desk.own_scores[0].score == desk.median
    assert desk.scores_by_kind == []
    assert [str(one) in text for one in others] == [False, False, False]


def test_a_median_of_two_regions_would_tell_of_the_other_and_is_not_shown(
    client, editor, abai, astana
):
    _event(3, region=abai)
    _event(3, region=astana)

    desk, _text = _desk(client, editor)

    assert desk.median is None
    assert len(desk.own_scores) == 1


def test_likely_duplicates_stand_side_by_side(client, secretary, abai):
    pair = [_event(day, region=abai, title_kk="Достық кеші", title_ru="Вечер") for day in (3, 9)]

    desk, _text = _desk(client, secretary)

    ((_template, content),) = [box for box in desk.boxes if "duplicates" in box[0]]
    assert [row["events"] for row in content["rows"]] == [pair]
    assert _needs(desk)["likely-duplicate"] == 2


def test_what_is_over_without_a_report_has_a_place_of_its_own(client, editor, abai):
    event = _event(-5, region=abai)

    desk, _text = _desk(client, editor)

    (need,) = desk.needs_apart
    assert [breach.url for breach in need.oldest] == [
        f"/admin/events/event/{event.pk}/change/#id_report_kk"
    ]


def test_the_best_worth_mending_comes_first(client, editor, abai):
    _event(3, region=abai, title_ru="", title_en="")

    desk, _text = _desk(client, editor)

    gains = [need.rule.gain for need in desk.needs]
    assert gains == sorted(gains, reverse=True)
    assert [breach.rule for breach in desk.next_to_mend] == [need.rule for need in desk.needs[:3]]


def test_an_empty_desk_says_so_with_the_next_date(client, editor, abai):
    event = _event(20, region=abai)
    event.access.add(factories.AccessProvisionFactory())
    event.occurrences.update(venue=factories.VenueFactory(latitude=48, longitude=67, region=abai))
    factories.CitationFactory(target=event, number=1)

    desk, text = _desk(client, editor)

    assert _needs(desk) == {}
    assert "Сізді күтіп тұрған ештеңе жоқ" in text
    assert "2025 жылғы 9 маусым" in text.replace("\xa0", " ")


def test_nothing_of_another_region_reaches_an_editors_desk(client, editor, secretary, abai, astana):
    own = _event(3, region=abai, draft=True, title_kk="Өз іс-шарамыз")
    hidden = {"title_kk": SECRET, "title_ru": SECRET, "title_en": ""}
    for region in (astana, None):
        for day in (-5, 0, 3, 4):
            _event(day, region=region, **hidden)
        _event(3, region=region, publish_at=NOON + timedelta(days=2), **hidden)
        _event(3, region=region, draft=True, **hidden)
        _returned(_event(3, region=region, draft=True, **hidden), secretary, secretary, why=SECRET)
        review.submit(_event(3, region=region, draft=True, **hidden), secretary, NOON)
    factories.VenueFactory(region=astana, name_kk=SECRET, name_ru=SECRET)
    Picture.objects.bulk_create([Picture(title=SECRET, region=astana, width=10)])
    review.submit(own, editor, NOON)

    desk, text = _desk(client, editor)
    _all, everything = _desk(client, secretary)

    assert SECRET not in text
    assert "Астана" not in re.sub(r"<header.*?</header>", "", text, flags=re.DOTALL)
    assert "Өз іс-шарамыз" in text
    assert {one for one in desk.states.values() if one} == {1}
    assert set(_needs(desk).values()) == {1}
    assert [deed["entry"].target_name for deed in desk.deeds] == ["Өз іс-шарамыз"]
    assert SECRET in everything


def test_the_last_deeds_lead_to_what_they_were_done_to(client, secretary):
    event = _event(3)
    write_down(JournalEntry.Deed.SAVED, event, secretary, NOON)
    write_down(JournalEntry.Deed.DELETED, event, secretary, NOON)

    desk, _text = _desk(client, secretary)

    assert [deed["url"] for deed in desk.deeds] == [
        "",
        f"/admin/events/event/{event.pk}/change/",
    ]


def _fill(count):
    factories.fill_programme(count, TODAY)
    keys = list(Event.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    for start, status in enumerate(("draft", "in-review", "returned")):
        Event.objects.filter(pk__in=keys[start::7]).update(status=status, publish_at=None)
    Event.objects.filter(pk__in=keys[3::7]).update(publish_at=NOON + timedelta(days=2))
    Event.objects.filter(pk__in=keys[::2]).update(title_en="Title", summary_en="Summary")


def _roles(account):
    region = factories.RegionFactory._meta.model.objects.first()
    return {
        "secretariat": account("secretariat"),
        "regional-editor": account("regional-editor", regions=[region]),
        "translator": account("translator", languages=["en"]),
        "historian": account("historian"),
        "superuser": account(None, is_superuser=True),
    }


def _queries(client, user):
    client.force_login(user)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/").status_code == 200
    return len(queries)


def test_no_desk_costs_more_than_twenty_five_queries_however_much_there_is(client, account):
    _fill(40)
    factories.MilestoneFactory(title_en="", draft=True)
    users = _roles(account)
    few = {role: _queries(client, user) for role, user in users.items()}
    _fill(400)
    for _ in range(10):
        factories.MilestoneFactory(title_en="", draft=True)
    many = {role: _queries(client, user) for role, user in users.items()}

    assert many == few
    assert max(few.values()) <= MOST_QUERIES


def test_a_desk_of_twelve_weeks_and_the_first_of_a_week_cost_no_more_either(client, account):
    _fill(40)
    factories.MilestoneFactory(title_en="", draft=True)
    users = _roles(account)
    costs = {}
    for role, user in users.items():
        client.force_login(user)
        for weeks in range(1, 4):
            with time_machine.travel(NOON - weeks * timedelta(days=7), tick=False):
                client.get("/admin/")
        client.get("/admin/")
        costs[role, "later"] = _queries(client, user)
        WeeklyScore.objects.filter(week=TODAY - timedelta(days=TODAY.weekday())).delete()
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        costs[role, "first"] = len(queries)

    assert max(costs.values()) <= MOST_QUERIES


@pytest.mark.parametrize("role", ["secretariat", "regional-editor", "translator", "historian"])
def test_a_kazakh_desk_has_no_english_word(client, account, abai, role):
    languages = ["en"] if role == "translator" else []
    user = account(role, regions=[abai], languages=languages)
    secretary = account("secretariat")
    texts = {"title_en": "", "summary_en": "", "draft": True}
    for day in (-5, 3, 4):
        event = _event(day, region=abai, title_kk="Достық кеші", **texts)
    Occurrence.objects.filter(event=event).update(time_to_be_confirmed=True)
    _returned(_event(3, region=abai, **texts), secretary, secretary, why="Толықтыру керек")
    milestone = factories.MilestoneFactory(title_en="", draft=True)
    _returned(milestone, secretary, secretary, why="Дереккөзі керек")
    review.submit(_event(3, region=abai, **texts), secretary, NOON)
    _event(3, region=abai, title_en="", publish_at=NOON + timedelta(days=2))
    Picture.objects.bulk_create([Picture(title="Сурет", region=abai, width=10)])
    factories.SourceFactory(title="Дереккөз", unreachable_since=TODAY)

    first, second = Event.objects.filter(title_kk="Достық кеші").order_by("pk")[:2]
    ToldApart.objects.tell(first, second, secretary, NOON)
    with time_machine.travel(NOON - timedelta(days=7), tick=False):
        _desk(client, user)
    _all, text = _desk(client, user)

    visible = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", " ", text, flags=re.DOTALL)
    own = set(re.findall(r"[A-Za-z]{3,}", f"{user.username} {secretary.username}"))
    assert set(re.findall(r"[A-Za-z]{3,}", visible)) - own == {"English"}


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_name_that_stands_in_another_language_says_so(client, secretary, code):
    _event(3, title_kk="Достық кеші", title_ru="", title_en="", draft=True)

    client.force_login(secretary)
    client.post("/admin/language/", {"language": code, "next": "/admin/"})
    text = client.get("/admin/").content.decode()

    assert ('<span lang="kk">Достық кеші</span>' in text) is (code != "kk")


def test_a_person_without_rights_gets_an_empty_desk(client, account):
    desk, _text = _desk(client, account(None))

    assert (desk.first_deed, desk.states["draft"], desk.needs, desk.boxes) == (None, 0, [], [])


def test_the_day_of_the_strip_is_that_of_astana(client, editor, abai):
    with time_machine.travel(datetime(2025, 5, 20, 20, tzinfo=UTC), tick=False):
        desk, _text = _desk(client, editor)

    ((_template, content),) = [box for box in desk.boxes if "fortnight" in box[0]]
    assert content["days"][0].day == date(2025, 5, 21)

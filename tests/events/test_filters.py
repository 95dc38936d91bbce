"""Filters that cannot disappoint: every number is true, no enabled option leads to nothing."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from events.filters import FACETS
from events.models import Event, Occurrence
from events.programme import Programme

from .. import factories

pytestmark = pytest.mark.django_db

NOON = "2025-05-20T07:00:00Z"
TODAY = date(2025, 5, 20)


@pytest.fixture
def many(at):
    return factories.many_kinds_of_events(TODAY)


def _matches(occurrence, name, value, at):
    """The meaning of each parameter in plain words of Python, without the index."""
    event, today = occurrence.event, timezone.localdate(at)
    known, ahead = occurrence.precision == "day", occurrence.ends_at > at
    saturday = max(today, today + timedelta(days=5 - today.weekday()))
    sunday = today + timedelta(days=6 - today.weekday())

    def overlaps(first, last):
        return occurrence.first_day <= last and occurrence.last_day >= first

    if name == "when":
        return {
            "upcoming": ahead,
            "now": known and occurrence.starts_at <= at and ahead,
            "today": known and ahead and overlaps(today, today),
            "weekend": known and ahead and overlaps(saturday, sunday),
            "week": known and ahead and overlaps(today, sunday),
            "month": ahead and overlaps(today, date(2025, 5, 31)),
            "past": not ahead,
            "all": True,
        }[value]
    if name == "from":
        return occurrence.last_day >= date.fromisoformat(value)
    if name == "to":
        return occurrence.first_day <= date.fromisoformat(value)
    if name == "mode":
        moved = occurrence.status == "moved-online"
        return value == ("online" if moved else event.attendance_mode)
    return {
        "region": lambda: event.region and event.region.slug == value,
        "category": lambda: event.category.slug == value,
        "admission": lambda: event.admission == value,
        "status": lambda: occurrence.status == value,
        "audience": lambda: event.audiences.filter(code=value).exists(),
        "language": lambda: event.languages.filter(code=value).exists(),
        "access": lambda: event.access.filter(code=value).exists(),
    }[name]()


def _brute_force(question, at):
    """The events that answer a question, found one by one."""
    found = set()
    rows = Occurrence.objects.filter(event__status="published").select_related(
        "event__region", "event__category"
    )
    for occurrence in rows:
        by_name = {}
        for name, value in question:
            by_name.setdefault(name, []).append(value)
        if not {"when", "from", "to"} & set(by_name):
            by_name["when"] = ["upcoming"]
        if all(
            any(_matches(occurrence, name, value, at) for value in values)
            for name, values in by_name.items()
        ):
            found.add(occurrence.event_id)
    return found


def _ids(programme):
    ids, mask = programme.index.event_ids, programme.selection.events
    return {pk for bit, pk in enumerate(ids) if mask >> bit & 1}


QUESTIONS = [
    [("when", when)] for when in
    ("upcoming", "now", "today", "weekend", "week", "month", "past", "all")
] + [
    [("when", "all"), ("from", "2025-05-10"), ("to", "2025-05-20")],
    [("from", "2025-05-20"), ("to", "2025-05-20")],
    [("from", "2025-06-01")],
    [("to", "2025-05-01"), ("region", "abai"), ("region", "astana")],
    [("region", "abai"), ("category", "sport"), ("category", "forum")],
    [("mode", "online"), ("status", "moved-online"), ("when", "all")],
    [("audience", "children"), ("language", "kk"), ("access", "step-free")],
    [("admission", "free"), ("status", "cancelled"), ("when", "past")],
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_a_question_finds_what_a_look_at_every_single_date_finds(many, at, question):
    query = QueryDict(mutable=True)
    for name, value in question:
        query.appendlist(name, value)

    assert _ids(Programme(query, at)) == _brute_force(question, at)


@pytest.mark.parametrize("question", QUESTIONS[:2] + QUESTIONS[-5:], ids=str)
def test_every_count_is_the_number_that_choosing_the_option_alone_would_give(many, at, question):
    query = QueryDict(mutable=True)
    for name, value in question:
        query.appendlist(name, value)
    programme = Programme(query, at)

    for facet in programme.facets:
        others = [pair for pair in question if pair[0] != facet.name]
        if not {"when", "from", "to"} & {name for name, _value in others}:
            others.append(("when", programme.when))
        expected = {
            option.code: len(_brute_force([*others, (facet.name, option.code)], at))
            for option in facet.options
        }
        assert {option.code: option.count for option in facet.options} == expected


@time_machine.travel(NOON, tick=False)
def test_no_enabled_option_leads_to_an_empty_page(client, many):
    """Follows every enabled option, and from there every further one, three deep."""
    seen, queue = set(), [("?", 0)]
    while queue:
        address, depth = queue.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(f"/en/events/{address}")
        programme = response.context["programme"]
        assert programme.event_count > 0, address
        shown = response.context["running"] or response.context["days"]
        assert shown, address
        if depth < 3 and len(seen) < 70:
            options = [
                *programme.presets,
                *(o for facet in programme.facets for o in facet.options),
            ]
            queue += [(one.address, depth + 1) for one in options if not one.is_disabled]

    assert len(seen) > 60


@time_machine.travel(NOON, tick=False)
def test_an_option_that_would_give_nothing_is_shown_and_disabled(client, many):
    factories.RegionFactory(slug="ulytau", name_en="Ulytau")

    text = client.get("/en/events/").content.decode()

    assert '<input type="checkbox" name="region" value="ulytau" disabled>' in text


@time_machine.travel(NOON, tick=False)
def test_a_chip_takes_off_its_own_value_and_nothing_else(client, many):
    asked = client.get(
        "/en/events/?q=Happening&when=all&region=abai&region=astana&category=sport"
    ).context["programme"]

    assert [(one.name, one.address) for one in asked.active] == [
        ("Happening", "?when=all&region=abai&region=astana&category=sport"),
        ("All", "?q=Happening&region=abai&region=astana&category=sport"),
        ("Abai", "?q=Happening&when=all&region=astana&category=sport"),
        ("Astana", "?q=Happening&when=all&region=abai&category=sport"),
        ("Sport", "?q=Happening&when=all&region=abai&region=astana"),
    ]


@time_machine.travel(NOON, tick=False)
def test_with_nothing_found_each_filter_says_what_dropping_it_would_give(client, many):
    factories.CategoryFactory(slug="camp", title_en="Camps")

    response = client.get("/en/events/?category=camp&region=abai")

    programme, text = response.context["programme"], response.content.decode()
    without_kind = len(_brute_force([("region", "abai")], programme.at))
    assert programme.event_count == 0
    assert [(one.name, one.count_without) for one in programme.active] == [
        ("Abai", 0), ("Camps", without_kind),
    ]  # fmt: skip
    assert "Without “Camps”" in text
    assert "Without “Abai”" not in text


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Programme"),
        ("category=concert&region=abai&when=weekend&admission=free",
         "Concert in Abai, this weekend, free"),
        ("region=abai&region=astana", "Events: Abai, Astana"),
        ("from=2025-05-01&to=2025-05-03", "Programme, 1–3 May 2025"),
        ("q=bread&category=forum", "Forum: “bread”"),
        ("from=2025-05-01", "Programme, from 1 May 2025"),
    ],
)  # fmt: skip
def test_a_question_is_said_in_words(many, at, query, title):
    from django.utils import translation

    with translation.override("en"):
        assert Programme(QueryDict(query), at).title.replace("\u00a0", " ") == title


def test_a_title_in_kazakh_puts_the_place_first(at):
    from django.utils import translation

    factories.RegionFactory(slug="shymkent", name_inside_kk="Шымкентте")
    factories.CategoryFactory(slug="concert", title_kk="Концерттер")
    with translation.override("kk"):
        title = Programme(QueryDict("category=concert&region=shymkent"), at).title

    assert title == "Шымкенттегі концерттер"


@pytest.mark.parametrize(
    "words", ["халқының", "ХАЛҚЫНЫҢ", "халкынын", "  Достык   үйі ", "House dostyk"]
)
def test_words_are_found_as_people_type_them(at, words):
    event = factories.OccurrenceFactory(
        event__title_kk="Қазақстан халқының Достық үйі",
        event__title_en="House of Friendship dostyk",
    ).event
    factories.OccurrenceFactory()

    assert _ids(Programme(QueryDict(f"when=all&q={words}"), at)) == {event.pk}


@time_machine.travel(NOON, tick=False)
def test_swapped_days_are_named_and_dropped_and_the_rest_stands(client, many):
    response = client.get("/en/events/?from=2025-06-01&to=2025-05-01&region=abai")

    programme = response.context["programme"]
    assert list(programme.errors) == ["to"]
    assert programme.chosen == {"region": ["abai"]}
    assert 'aria-describedby="id_to_error"' in response.content.decode()


@time_machine.travel(NOON, tick=False)
def test_what_runs_for_long_is_folded_and_drowns_nothing(client):
    for _ in range(8):
        factories.OccurrenceFactory(first_day=date(2025, 4, 1), last_day=date(2025, 9, 1))
    today = factories.OccurrenceFactory(first_day=TODAY)
    tomorrow = factories.OccurrenceFactory(first_day=TODAY + timedelta(days=1))

    response = client.get("/en/events/")
    dated = [one for day in response.context["days"] for one in day.occurrences]

    assert dated == [today, tomorrow]
    assert len(response.context["running"]) == 6
    assert response.context["programme"].event_count == 10
    assert 'href="?when=now"' in response.content.decode()


@time_machine.travel("2025-05-20T07:00:00Z", tick=False)
def test_a_card_says_which_of_its_days_it_is(client):
    factories.OccurrenceFactory(first_day=date(2025, 5, 19), last_day=date(2025, 5, 23))

    assert "day 2 of 5" in client.get("/en/events/").content.decode()


def test_the_same_event_on_many_dates_is_one_event(at):
    event = factories.EventFactory()
    for day in range(1, 30):
        factories.OccurrenceFactory(event=event, first_day=date(2025, 6, day))
    programme = Programme(QueryDict(""), at)

    assert (programme.event_count, len(programme.dates)) == (1, 29)


@pytest.mark.parametrize("night", ["2024-02-29", "2024-03-01"])
def test_now_and_today_are_right_on_both_sides_of_the_change_of_the_clock(night):
    """Asia/Almaty went from UTC+6 to UTC+5 on 1 March 2024."""
    from datetime import time

    day = date.fromisoformat(night)
    occurrence = factories.OccurrenceFactory(first_day=day, start_time=time(10), end_time=time(12))
    zone = timezone.get_default_timezone()
    during = datetime.combine(day, time(11), tzinfo=zone)
    after = datetime.combine(day, time(12), tzinfo=zone)

    assert _ids(Programme(QueryDict("when=now"), during)) == {occurrence.event_id}
    assert _ids(Programme(QueryDict("when=now"), after)) == set()
    assert _ids(Programme(QueryDict("when=today"), during)) == {occurrence.event_id}


def test_publishing_and_withdrawing_reach_the_list_by_time_alone(at):
    factories.OccurrenceFactory(
        event__publish_at=at + timedelta(hours=1), event__unpublish_at=at + timedelta(hours=3)
    )
    seen = [
        Programme(QueryDict("when=all"), at + timedelta(hours=hours)).event_count
        for hours in range(4)
    ]

    assert seen == [0, 1, 1, 0]


def test_every_way_of_writing_reaches_the_list_at_once(at):
    occurrence = factories.OccurrenceFactory()
    event, region = occurrence.event, factories.RegionFactory(slug="abai")
    provision = factories.AccessProvisionFactory()

    def count(query):
        return Programme(QueryDict(f"when=all&{query}"), at).event_count

    counts = [count("region=abai"), count("access=step-free")]
    Event.objects.filter(pk=event.pk).update(region=region)
    event.access.add(provision)
    counts += [count("region=abai"), count("access=step-free")]
    occurrence.delete()
    counts.append(count(""))

    assert counts == [0, 0, 1, 1, 0]


@pytest.mark.parametrize(("sort", "first"), [("date", 0), ("-date", 2), ("title", 1)])
def test_the_order_is_the_one_asked_for(client, sort, first):
    events = [
        factories.OccurrenceFactory(first_day=date(2025, 5, day), event__title_kk=title).event
        for day, title in ((1, "Ү"), (2, "Ә"), (3, "Я"))
    ]

    response = client.get(f"/kk/events/?when=all&sort={sort}")

    assert response.context["days"][0].first.event == events[first]


@time_machine.travel(NOON, tick=False)
def test_what_is_known_to_the_month_only_stands_after_the_days_of_the_month(client):
    year, month = (
        factories.OccurrenceFactory(first_day=date(2025, 6, 1), precision=precision)
        for precision in ("year", "month")
    )
    late, next_month = (
        factories.OccurrenceFactory(first_day=day) for day in (date(2025, 6, 30), date(2025, 7, 1))
    )

    days = client.get("/en/events/").context["days"]

    assert [day.first for day in days] == [late, month, next_month, year]


def test_canonical_addresses_are_the_list_and_the_landing_pages_alone(client, many):
    def canonical(query):
        text = client.get(f"/en/events/{query}").content.decode()
        return text.partition('rel="canonical" href="')[2].partition('"')[0][21:], "noindex" in text

    queries = (
        "",
        "?region=abai",
        "?category=sport",
        "?when=past",
        "?region=abai&when=past",
        "?region=abai&region=astana",
    )
    assert [canonical(query) for query in queries] == [
        ("/en/events/", False), ("/en/events/regions/abai/", False),
        ("/en/events/categories/sport/", False), ("", True), ("", True), ("", True),
    ]  # fmt: skip


def test_the_facets_are_those_of_the_contract():
    assert tuple(FACETS) == (
        "region", "category", "audience", "language", "mode", "admission", "access", "status",
    )  # fmt: skip

"""The rules of upkeep: each broken and mended, and a score that mending never lowers."""

from datetime import date
from time import process_time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly_site.backoffice.upkeep import (
    Look,
    broken_rules,
    kept_kinds,
    oldest_breaches,
    rules_of,
    score,
    score_of,
    tally,
)
from assembly_site.pages.models import Page
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Venue
from events.likely_duplicates import likely_duplicates
from events.models import Event
from history.models import Milestone

from .. import factories
from .keepers import (
    ALL_RULES,
    FLAWLESS,
    FLAWLESS_FOR,
    NOON,
    event_ahead,
    event_that_is_over,
    how_to_break,
    how_to_mend,
)

pytestmark = pytest.mark.django_db

NAMES = [f"{model.__name__}-{rule.code}" for model, rule in ALL_RULES]


def _codes(instance):
    return [rule.code for rule in broken_rules(instance, Look(NOON))]


def test_every_kind_that_editors_write_has_rules():
    assert set(kept_kinds()) == set(FLAWLESS)


def test_a_kind_names_each_of_its_rules_once():
    names = {model: [rule.code for rule in rules_of(model)] for model in kept_kinds()}

    assert {model: sorted(set(codes)) for model, codes in names.items()} == {
        model: sorted(codes) for model, codes in names.items()
    }


@pytest.mark.parametrize(("model", "rule"), ALL_RULES, ids=NAMES)
def test_a_rule_is_broken_and_mended_alone(model, rule):
    thing = _maker(model, rule)()
    assert (_codes(thing), score_of(thing, Look(NOON))) == ([], 100)

    how_to_break(model, rule)(thing)
    broken = _codes(thing)
    how_to_mend(model, rule)(thing)

    assert broken == [rule.code]
    assert rule.code not in _codes(thing)


@pytest.mark.parametrize("model", FLAWLESS)
def test_each_link_leads_to_a_field_of_the_form(client, account, model):
    client.force_login(account(None, is_superuser=True))
    missing = []
    for make in {_maker(model, rule) for rule in rules_of(model)}:
        thing = make()
        links = {_link(thing, rule) for rule in rules_of(model) if _maker(model, rule) is make}
        for address in {link.partition("#")[0] for link in links}:
            page = client.get(address)
            assert page.status_code == 200, address
            anchors = {link.partition("#")[2] for link in links if link.startswith(f"{address}#")}
            text = page.content.decode()
            missing += [anchor for anchor in anchors if f'id="{anchor}"' not in text]

    assert missing == []


def _maker(model, rule):
    return FLAWLESS_FOR.get((model, rule.code), FLAWLESS[model])


def _link(thing, rule):
    """Where the broken rule is mended; the thing stays as it was."""
    model = type(thing)
    with transaction.atomic():
        how_to_break(model, rule)(thing)
        own = model._default_manager.filter(pk=thing.pk)
        (breach,) = oldest_breaches([(own, rule)], Look(NOON))
        transaction.set_rollback(True)
    return breach.url


@pytest.mark.parametrize(
    "make", [event_ahead, event_that_is_over, *(FLAWLESS[one] for one in (Picture, Venue, Page))]
)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_mending_never_lowers_the_score(make, data):
    with transaction.atomic():
        thing = make()
        model = type(thing)
        rules = data.draw(st.lists(st.sampled_from(rules_of(model)), min_size=1, unique=True))
        for rule in rules:
            how_to_break(model, rule)(thing)
        broken, scores = _found(thing)
        while broken:
            how_to_mend(model, data.draw(st.sampled_from(broken)))(thing)
            broken, points = _found(thing)
            scores += points
        transaction.set_rollback(True)

    assert scores == sorted(scores)
    assert scores[-1] == 100


def _found(thing):
    """The rules that are broken, and the score, by one count."""
    (found,) = tally([type(thing)._default_manager.filter(pk=thing.pk)], Look(NOON))
    return [rule for rule in rules_of(type(thing)) if found.broken[rule.code]], [score([found])]


def test_an_event_of_two_dates_leads_to_the_row_that_is_not_confirmed():
    event = event_ahead()
    factories.OccurrenceFactory(event=event, first_day=date(2025, 7, 1), precision="month")
    (rule,) = [rule for rule in rules_of(Event) if rule.code == "to-be-confirmed"]

    (breach,) = oldest_breaches([(Event.objects.all(), rule)], Look(NOON))

    assert breach.place == "occurrences-1-first_day"


def test_what_was_taken_from_the_visitors_is_left_in_peace():
    event = event_ahead()
    how_to_break(Event, rules_of(Event)[0])(event)

    Event.objects.filter(pk=event.pk).update(status="withdrawn")

    assert (_codes(event), score_of(event, Look(NOON))) == ([], None)


def test_a_cancelled_event_needs_no_report_and_no_venue():
    over, ahead = event_that_is_over(), event_ahead()
    Event.objects.filter(pk=over.pk).update(report_kk="", report_ru="", report_en="")
    over.occurrences.update(status="cancelled")
    ahead.occurrences.update(status="cancelled", venue=None)

    assert (_codes(over), _codes(ahead)) == ([], [])


def test_the_oldest_five_come_first_and_all_are_counted_by_region_in_one_query(
    django_assert_num_queries,
):
    abai, astana = factories.RegionFactory(), factories.RegionFactory()
    venues = [factories.VenueFactory(region=abai) for _ in range(6)]
    factories.VenueFactory(region=astana, latitude=48, longitude=67)
    rule, weight = rules_of(Venue)[0], sum(one.weight for one in rules_of(Venue))

    with django_assert_num_queries(1):
        tallies = tally([Venue.objects.all()], Look(NOON))
    with django_assert_num_queries(1):
        breaches = oldest_breaches([(Venue.objects.all(), rule)], Look(NOON))

    assert sorted((one.region, one.total, one.broken[rule.code]) for one in tallies) == [
        (abai.pk, 6, 6),
        (astana.pk, 1, 0),
    ]
    assert [one.thing.pk for one in breaches] == [venue.pk for venue in venues[:5]]
    assert score(tallies) == 100 - -(-60 * 100 // (7 * weight))


def _near_event(title, day, **fields):
    event = factories.EventFactory(title_kk=title, title_ru="", **fields)
    factories.OccurrenceFactory(event=event, first_day=day)
    return event


@pytest.mark.parametrize(
    ("title", "day", "elsewhere", "found"),
    [
        ("Достық фестивалі", date(2025, 6, 19), False, True),
        ("ДОСТЫК ФЕСТИВАЛИ", date(2025, 6, 5), False, True),
        ("Достық фестивалі", date(2025, 6, 20), False, False),
        ("Достық фестивалі", date(2025, 6, 6), True, False),
        ("Жастар форумы", date(2025, 6, 6), False, False),
    ],
    ids=["two weeks later", "typed without Kazakh letters", "fifteen days later",
         "in another region", "another title"],
)  # fmt: skip
def test_events_alike_in_title_region_and_weeks_are_likely_duplicates(title, day, elsewhere, found):
    region = factories.RegionFactory()
    first = _near_event("Достық фестивалі", date(2025, 6, 5), region=region)
    second = _near_event(title, day, region=None if elsewhere else region)

    pairs = likely_duplicates(Look(NOON))

    assert [pair.keys for pair in pairs] == ([(first.pk, second.pk)] if found else [])


def test_rounds_with_other_numbers_and_parts_of_one_whole_are_no_duplicates():
    region = factories.RegionFactory()
    whole = _near_event("Достық жәрмеңкесі", date(2025, 6, 1), region=region)
    _near_event("Достық жәрмеңкесі: ашылуы", date(2025, 6, 1), region=region, part_of=whole)
    _near_event("Достық жәрмеңкесі ", date(2025, 6, 2), region=region, part_of=whole)
    for number in (2, 3):
        _near_event(f"Шахмат турнирі, {number}-кезең", date(2025, 6, 3), region=region)

    assert likely_duplicates(Look(NOON)) == []


def test_a_thousand_events_are_counted_in_less_than_two_seconds():
    factories.fill_programme(1000, NOON.date())
    start = process_time()

    tally([Event.objects.all(), Milestone.objects.all()], Look(NOON))

    assert process_time() - start < 2

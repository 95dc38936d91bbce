"""Threads lead from a session's decision to what came of it, and back from each knot."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate
from history.threads import KNOTS_IN_SIGHT, threads_of, threads_through

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def woven():
    """Session 15 asked for something; a milestone, two documents, a body and an event followed."""
    stage = factories.StageFactory(number=1, start_year=2002, end_year=2010)
    session = factories.SessionFactory(number=15, stage=stage, date=PartialDate(2009, 10, 26))
    milestone = factories.MilestoneFactory(
        stage=stage, date=PartialDate(2010, 4), title_en="Doctrine adopted"
    )
    told = factories.DocumentFactory(title_en="Doctrine", milestone=milestone,
                                     date=PartialDate(2010))  # fmt: skip
    tied = factories.DocumentFactory(title_en="Plan", date=PartialDate(2011, 2, 3))
    body = factories.BodyFactory(title_en="Council", founded=PartialDate(2012))
    event = factories.OccurrenceFactory(
        event__milestone=milestone,
        event__title_en="Anniversary forum",
        first_day=date(2025, 4, 1),
        last_day=date(2025, 4, 30),
        precision="month",
    ).event
    decision = session.decisions.create(
        number=1, text_en="To revise the doctrine. [1]", state="done", outcome_en="It was adopted"
    )
    decision.milestones.add(milestone)
    decision.documents.add(told, tied)
    decision.bodies.add(body)
    event.save_span()
    return {"stage": stage, "session": session, "milestone": milestone, "told": told,
            "tied": tied, "body": body, "event": event, "decision": decision}  # fmt: skip


def _titles(threads):
    return [[knot.title_en for knot in thread.knots] for thread in threads]


def test_a_thread_holds_each_knot_once_in_the_order_of_dates(woven, at):
    (thread,) = threads_of(Q(), at)

    assert [(knot.kind, knot.title_en, knot.date) for knot in thread.knots] == [
        ("document", "Doctrine", "2010"),
        ("milestone", "Doctrine adopted", "2010-04"),
        ("document", "Plan", "2011-02-03"),
        ("body", "Council", "2012"),
        ("event", "Anniversary forum", "2025-04"),
    ]
    assert (thread.session_roman, thread.decision.when) == ("XV", "2009 жылғы 26\xa0қазан")


@pytest.mark.parametrize("knot", ["session", "stage", "milestone", "told", "tied", "body"])
def test_every_knot_finds_the_thread_it_lies_on(woven, at, knot):
    assert len(threads_through(woven[knot], at)) == 1


def test_a_decision_without_any_outcome_makes_no_thread(woven, at):
    woven["session"].decisions.create(number=2, text_en="To go on.")

    assert [thread.decision.number for thread in threads_of(Q(), at)] == [1]


@pytest.mark.parametrize("knot", ["milestone", "tied", "body", "event"])
def test_a_knot_that_is_withdrawn_leaves_the_thread(woven, at, knot):
    title = woven[knot].title_en
    type(woven[knot]).objects.filter(pk=woven[knot].pk).update(status="archived")

    (titles,) = _titles(threads_of(Q(), at))

    assert title not in titles
    # An event hangs on its milestone, and goes with it.
    assert ("Anniversary forum" in titles) == (knot not in ("milestone", "event"))


def test_a_withdrawn_session_takes_its_threads_along(woven, at):
    type(woven["session"]).objects.update(status="archived")

    assert threads_of(Q(), at) == []


def test_a_stage_of_the_future_hides_its_milestone_and_what_hangs_on_it(woven, at):
    type(woven["stage"]).objects.update(publish_at=at + timedelta(days=1))

    assert _titles(threads_of(Q(), at)) == [["Doctrine", "Plan", "Council"]]


def test_all_threads_come_in_one_query_however_many_they_are(woven, at):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = threads_of(Q(), at)
        return len(found), len(captured)

    before = queries()
    for number in range(2, 12):
        decision = woven["session"].decisions.create(number=number, text_en=f"Decision {number}")
        decision.milestones.add(woven["milestone"])

    assert (before, queries()) == ((1, 1), (11, 1))


def test_the_stage_the_event_and_their_pages_show_the_thread_both_ways(client, woven):
    for address in ("stage", "event"):
        text = client.get(f"/en{woven[address].get_absolute_url()[3:]}").content.decode()

        assert "From decision to deed" in text
        assert "To revise the doctrine.</h3>" in text
    assert "Done. It was adopted" in text
    assert f'href="{woven["milestone"].get_absolute_url().replace("/kk/", "/en/")}"' in text
    assert '<strong aria-current="true">Anniversary forum</strong>' in text


def test_a_stage_shows_the_beginning_of_a_long_thread_and_where_the_rest_is(client, woven):
    text = client.get(f"/en{woven['stage'].get_absolute_url()[3:]}").content.decode()

    assert text.partition('class="knots"')[2].partition("</ol>")[0].count("<li") == KNOTS_IN_SIGHT
    assert "3 more, on the page of the session" in text


def test_on_an_event_the_rest_of_a_long_thread_is_folded_but_there(client, woven):
    text = client.get(f"/en{woven['event'].get_absolute_url()[3:]}").content.decode()

    assert "<summary>3 more</summary>" in text
    assert text.count('<li class="knot-') == 5


def test_a_text_that_is_missing_in_a_language_says_which_it_is_in(client, woven):
    type(woven["decision"]).objects.update(text_en="", text_kk="Доктринаны өңдеу.")

    text = client.get(f"/en{woven['stage'].get_absolute_url()[3:]}").content.decode()

    assert '<span lang="kk">Доктринаны өңдеу.</span></h3>' in text

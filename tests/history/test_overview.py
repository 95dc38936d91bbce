"""The drawing of the whole: where the stages, the years and the entries stand in it."""

import re

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from assembly_site.languages.dates import PartialDate
from history.overview import LONGEST, overview
from history.timeline import Timeline

from .. import factories

pytestmark = pytest.mark.django_db

IN_2026 = time_machine.travel("2026-11-25T00:00:00Z", tick=False)


def _drawn(query=""):
    return overview(Timeline(QueryDict(query), timezone.now()))


def _beads(drawn):
    """Each bead as (year, stage, kind, height), from the paths that the page draws."""
    return [
        (strand.year, beads.colour, beads.kind, float(y))
        for strand in drawn.strands
        for beads in strand.beads
        for y in re.findall(r"M0 ([\d.]+)h0", beads.path)
    ]


@IN_2026
def test_the_stages_lie_side_by_side_and_fill_the_width():
    factories.five_stages()

    segments = _drawn().segments

    share = 100 / 38
    assert [round(one.left / share, 1) for one in segments] == [0, 6.5, 13.5, 18.5, 31.5]
    ends = [round(one.left + one.width, 1) for one in segments]
    assert ends == [*(round(one.left, 1) for one in segments[1:]), 100]


@IN_2026
def test_a_stage_that_begins_in_the_next_year_begins_between_the_years():
    factories.StageFactory(number=1, start_year=1989, end_year=2019)
    factories.StageFactory(number=2, start_year=2020)

    assert _drawn().segments[1].left == round(31 / 38 * 100, 2)


@IN_2026
def test_each_entry_is_a_bead_on_the_strand_of_its_year():
    first, second, *_rest = factories.five_stages()
    factories.MilestoneFactory(stage=first, date=PartialDate(1995, 3, 1), key=True)
    factories.MilestoneFactory(stage=first, date=PartialDate(1995, 1))
    factories.MilestoneFactory(stage=second, date=PartialDate(1995, 6))
    factories.MilestoneFactory(stage=second, date=PartialDate(1997))

    drawn = _drawn()

    assert sorted(_beads(drawn)) == [
        (1995, "stage-1", "key", 94), (1995, "stage-1", "plain", 80),
        (1995, "stage-2", "plain", 108), (1997, "stage-2", "plain", 80),
    ]  # fmt: skip
    assert [(one.year, one.x, one.count) for one in drawn.strands] == [
        (1995, round(6.5 / 38 * 100, 2), 3), (1997, round(8.5 / 38 * 100, 2), 1),
    ]  # fmt: skip


@IN_2026
def test_what_filters_leave_out_is_pale_and_leads_nowhere(client):
    stage = factories.five_stages()[0]
    factories.MilestoneFactory(stage=stage, date=PartialDate(1990), theme="law")
    factories.MilestoneFactory(stage=stage, date=PartialDate(1992), theme="youth", key=True)

    drawn = _drawn("theme=law")
    text = client.get("/kk/history/?theme=law").content.decode()

    assert [(year, kind) for year, _stage, kind, _y in _beads(drawn)] == [
        (1990, "plain"), (1992, "pale"),
    ]  # fmt: skip
    assert [one.is_told for one in drawn.segments] == [True, False, False, False, False]
    assert 'href="#y1990"' in text
    assert 'href="#y1992"' not in text


def test_however_many_there_are_the_drawing_stays_of_one_height():
    factories.fill_history(500)

    drawn = _drawn()

    assert len(_beads(drawn)) == 500
    assert max(y for *_rest, y in _beads(drawn)) <= drawn.high <= 62 + 18 + LONGEST + 8
    assert drawn.is_dense


def test_stages_of_any_years_can_be_drawn():
    for number, (start, end) in enumerate([(2000, 1999 + 5), (1990, None), (1990, 1990)], start=1):
        factories.StageFactory(number=number, start_year=start, end_year=end)

    assert all(one.width >= 0 for one in _drawn().segments)


def test_without_stages_there_is_nothing_to_draw(client):
    assert _drawn() is None
    assert "overview" not in client.get("/kk/history/").content.decode()


def test_the_drawing_has_a_name_and_says_where_its_words_stand(client):
    factories.MilestoneFactory(date=PartialDate(1995))

    text = client.get("/en/history/").content.decode()

    assert 'role="group" aria-labelledby="overview-title overview-desc"' in text
    assert '<title id="overview-title">The thread from 1995 to' in text
    assert '<li><a href="#y1995">1995<sup>1</sup></a></li>' in text

"""The lines of twelve weeks: kept by whoever opens a desk, of everything, and never made up."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from assembly_site.backoffice.models import WeeklyScore
from assembly_site.backoffice.weekly_scores import HIGH, WIDE, Line, WeeklyScoreQuerySet
from events.models import Event

from .. import factories

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2025, 5, 20, 7, tzinfo=UTC)
MONDAY = date(2025, 5, 19)
WEEK = timedelta(days=7)
NOTHING = (None,) * 12


@pytest.fixture
def open_desk(client):
    """Opens the desk of a person so many weeks before that Tuesday."""

    def opened(user, weeks_before=0):
        with time_machine.travel(TUESDAY - weeks_before * WEEK, tick=False):
            client.force_login(user)
            page = client.get(reverse("admin:index"))
        return page.context["desk"], page.content.decode()

    return opened


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai", name_kk="Абай облысы")


@pytest.fixture
def secretary(account):
    return account("secretariat")


def _events(region, count, **fields):
    return [factories.EventFactory(region=region, **fields) for _ in range(count)]


def _score_of_events(desk):
    return next(one for one in desk.scores_by_kind if one.name == "Іс-шаралар").line.scores


def _rows():
    return set(WeeklyScore.objects.values_list("week", "kind", "region", "lost", "possible"))


@pytest.mark.parametrize("role", ["translator", "regional-editor", None])
def test_the_first_desk_of_a_week_counts_all_there_is_whosever_it_is(
    open_desk, account, abai, role
):
    factories.EventFactory(region=abai, title_en="")
    factories.EventFactory(region=None)
    factories.MilestoneFactory()

    open_desk(account(role, languages=["en"] if role == "translator" else []))

    counted = {(kind, region) for _week, kind, region, *_numbers in _rows()}
    assert counted >= {("events.event", abai.pk), ("events.event", 0), ("history.milestone", 0)}
    assert {row[0] for row in _rows()} == {MONDAY}


def test_later_desks_of_the_week_write_nothing_more(open_desk, secretary, abai):
    _events(abai, 2)
    open_desk(secretary)
    rows = _rows()

    _events(abai, 1, title_en="")
    open_desk(secretary)

    assert _rows() == rows


def test_of_two_desks_opened_at_once_the_first_number_stays(
    open_desk, secretary, abai, monkeypatch
):
    _events(abai, 2)
    open_desk(secretary)
    rows = _rows()

    _events(abai, 1, title_en="")
    monkeypatch.setattr(WeeklyScoreQuerySet, "exists", lambda self: False)
    open_desk(secretary)

    assert _rows() == rows


def test_a_week_begins_on_monday_at_midnight_in_astana(client, secretary, abai):
    _events(abai, 1)
    client.force_login(secretary)
    with time_machine.travel(datetime(2025, 5, 18, 18, 59, tzinfo=UTC), tick=False):
        client.get(reverse("admin:index"))
    with time_machine.travel(datetime(2025, 5, 18, 19, 0, tzinfo=UTC), tick=False):
        client.get(reverse("admin:index"))

    assert {row[0] for row in _rows()} == {MONDAY - WEEK, MONDAY}


def test_the_line_shows_the_weeks_that_were_counted_and_todays_number(open_desk, secretary, abai):
    events = _events(abai, 4, title_en="")
    (before,) = {_score_of_events(open_desk(secretary, weeks)[0])[-1] for weeks in (11, 10, 3)}
    Event.objects.filter(pk=events[0].pk).update(title_en="Title")
    (monday,) = {_score_of_events(open_desk(secretary)[0])[-1]}
    Event.objects.update(title_en="Title")

    desk, text = open_desk(secretary)

    scores = _score_of_events(desk)
    assert scores == (before, before, *[None] * 6, before, None, None, desk.scores_by_kind[0].score)
    assert before < monday < scores[-1]
    assert f"12 апта ішінде: бұрын {before}, қазір {scores[-1]}" in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "3 апта ішінде: бұрын 81, қазір 100"),
        ("ru", "За 3 недели: было 81, стало 100"),
        ("en", "In 3 weeks from 81 to 100"),
    ],
)
def test_each_line_is_told_in_words(open_desk, client, secretary, abai, language, sentence):
    with time_machine.travel(TUESDAY, tick=False):
        WeeklyScore.objects.create(week=MONDAY - 2 * WEEK, kind="pages.page", region=0,
                                   lost=19, possible=100)  # fmt: skip
        factories.PageFactory()
        client.force_login(secretary)
        client.post("/admin/language/", {"language": language, "next": "/admin/"})

    assert sentence in open_desk(secretary)[1]


def test_before_there_is_a_past_the_desk_promises_the_line(open_desk, secretary, abai):
    _events(abai, 1)

    _desk, text = open_desk(secretary)

    assert "келесі аптадан бастап" in text
    assert "score-line" not in text
    assert "by-week" not in text


def test_an_editor_sees_the_lines_of_the_own_region_and_the_median_alone(open_desk, account, abai):
    others = [factories.RegionFactory() for _ in range(3)]
    _events(abai, 1)
    for broken, region in enumerate(others):
        _events(region, 1, **dict.fromkeys(["title_en", "title_ru", "summary_kk"][:broken], ""))
    user = account("regional-editor", regions=[abai])
    open_desk(user, weeks_before=1)

    desk, text = open_desk(user)

    own, median = desk.standings
    assert (own.name, own.line.scores) == ("Абай облысы", desk.line_of_region(abai.pk).scores)
    assert own.line.scores[-2:] == (own.score, own.score)
    assert median.line.scores[-2:] == (desk.median, desk.median)
    assert text.count('class="score-line"') == 2
    assert [str(one) in text for one in others] == [False] * 3


def test_a_week_with_two_regions_has_no_median_that_would_tell_of_the_other(
    open_desk, account, abai
):
    _events(abai, 1)
    _events(factories.RegionFactory(), 1)
    user = account("regional-editor", regions=[abai])
    open_desk(user, weeks_before=1)
    for _ in range(2):
        _events(factories.RegionFactory(), 1)

    desk, _text = open_desk(user)

    assert desk.median_line.scores[:-1] == NOTHING[:-1]
    assert desk.median is not None


def test_the_secretariat_has_a_line_for_each_region_each_kind_and_the_whole(
    open_desk, secretary, abai
):
    _events(abai, 1, title_en="")
    _events(None, 1)
    open_desk(secretary, weeks_before=1)
    Event.objects.update(title_en="Title")

    desk, text = open_desk(secretary)

    ((_template, content),) = [box for box in desk.boxes if "regions" in box[0]]
    lines = {row.name: row.line for row in content["rows"]}
    assert lines["Абай облысы"].scores[-2] < lines["Абай облысы"].scores[-1]
    assert lines["Бүкіл ел"].scores[-2] == lines["Бүкіл ел"].scores[-1]
    whole = desk.standings[-1]
    assert whole.name == "Барлығы бірге"
    assert whole.line.scores[-2] < whole.line.scores[-1]
    assert text.count('class="by-week"') == 2


def test_a_gap_breaks_the_line_and_a_week_alone_is_a_dot():
    line = Line((50, 52, None, 60, None, *[70] * 7))

    assert re.findall("[MLh]", line.path) == ["M", "L", "M", "h", "M", *["L"] * 6]
    assert (line.first, line.now, line.weeks) == (50, 70, 12)


def test_every_line_stays_within_its_drawing_and_small_changes_stay_small():
    lines = [Line((0, *[100] * 11)), Line((100, *[0] * 11)), Line((70, *[71] * 11))]

    points = [
        [tuple(map(int, one.split())) for one in re.findall(r"\d+ \d+", line.path)]
        for line in lines
    ]

    assert {0 < x < WIDE and 0 < y < HIGH for those in points for x, y in those} == {True}
    heights = [max(y for _x, y in those) - min(y for _x, y in those) for those in points]
    assert heights == [20, 20, 2]


def test_what_was_not_counted_today_or_only_today_has_no_line():
    assert not Line(NOTHING).is_drawn
    assert not Line((*NOTHING[:-1], 80)).is_drawn
    assert not Line((80, *NOTHING[1:])).is_drawn

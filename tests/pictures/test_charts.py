"""Where the points, lines, bars and words of a chart stand."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.dates import PartialDate
from assembly_site.languages.texts import Wording
from assembly_site.pictures.charts import (
    LINE_BOTTOM,
    SIGN,
    TEXT,
    WIDE,
    Bar,
    bar_chart,
    line_chart,
    scale,
)


@dataclass
class Reading:
    date: PartialDate
    value: int
    approximate: bool = False
    counted: str = "associations"


def _readings(*pairs):
    return [Reading(PartialDate.parse(date), value) for date, value in pairs]


def _bars(*values):
    return [Bar(Wording(f"Kind {value}", "en"), value) for value in values]


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (10, [0, 5, 10]),
        (1332, [0, 500, 1000, 1500]),
        (1000, [0, 250, 500, 750, 1000]),
    ],
)
def test_a_scale_has_few_round_steps_and_starts_at_zero(most, steps):
    assert scale(most) == steps


@given(st.integers(0, 10**12))
def test_any_scale_reaches_its_number_in_even_steps(most):
    steps = scale(most)

    assert steps[0] == 0
    assert steps[-1] >= most > steps[-2] or most == 0
    assert len({after - before for before, after in pairwise(steps)}) == 1
    assert 2 <= len(steps) <= 5


def test_heights_are_in_proportion_to_the_numbers():
    chart = line_chart(_readings(("2016", 1332), ("2018", 666), ("2020", 0)))

    heights = [chart.bottom - point.y for point in chart.points]

    assert heights[0] / heights[1] == pytest.approx(2, rel=0.01)
    assert heights[2] == 0
    assert chart.ticks[0].y == chart.bottom


def test_distances_are_in_proportion_to_time_and_a_year_stands_in_its_middle():
    chart = line_chart(
        _readings(("2010", 5), ("2012", 6), ("2012-01-01", 7), ("2014-07", 8), ("2020", 9))
    )

    first, day, year, month, last = (point.x for point in chart.points)

    assert (last - first) / (year - first) == pytest.approx(5, rel=0.01)
    assert (year - day) / (last - first) == pytest.approx(0.05, rel=0.05)
    assert (month - first) / (last - first) == pytest.approx(0.4, rel=0.02)


def test_readings_stand_in_the_order_of_time_however_they_come():
    chart = line_chart(_readings(("2018", 2), ("2016-12-09", 1), ("2025", 3)))

    assert [point.reading.value for point in chart.points] == [1, 2, 3]
    assert (chart.first.value, chart.last.value) == (1, 3)


def test_a_line_joins_only_what_was_counted_alike():
    readings = _readings(("2010", 1), ("2011", 2), ("2012", 3), ("2013", 4), ("2014", 5))
    for reading in readings[2:]:
        reading.counted = "centres"

    chart = line_chart(readings)

    first, second, third, fourth, fifth = (f"{one.x:g} {one.y:g}" for one in chart.points)
    assert chart.joins == [f"M{first}L{second}", f"M{third}L{fourth}L{fifth}"]
    assert chart.has_unlike


def test_numbers_that_are_all_counted_differently_are_not_joined_at_all():
    readings = _readings(("2010", 1), ("2011", 2), ("2012", 3))
    for number, reading in enumerate(readings):
        reading.counted = number

    assert line_chart(readings).joins == []


def test_the_chart_says_whether_a_number_is_approximate():
    exact = _readings(("2010", 1), ("2011", 2))
    about = [*exact, Reading(PartialDate(2012), 3, approximate=True)]

    assert [line_chart(one).has_approximate for one in (exact, about)] == [False, True]


@pytest.mark.parametrize("same", ["2010", "2010-07-02"])
def test_readings_of_one_moment_stand_in_the_middle_of_the_chart(same):
    chart = line_chart(_readings(("2010", 1), (same, 3)))

    assert chart.points[0].x == chart.points[1].x
    assert chart.left < chart.points[0].x < chart.right


dates = st.builds(PartialDate, st.integers(1991, 2040), st.none(), st.none()) | st.builds(
    PartialDate, st.integers(1991, 2040), st.integers(1, 12), st.none() | st.integers(1, 28)
)


@given(
    st.lists(
        st.builds(
            Reading,
            dates,
            st.integers(0, 999_999_999_999),
            st.booleans(),
            st.sampled_from(["a", "b"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_number_is_cut_or_lies_on_another(readings):
    chart = line_chart(readings)

    numbers = [
        (
            point.value_at.x - len(f"{point.reading.value:,}") * SIGN / 2,
            point.value_at.y - TEXT,
            point.value_at.x + len(f"{point.reading.value:,}") * SIGN / 2,
            point.value_at.y,
        )
        for point in chart.points
        if point.value_at
    ]
    years = sorted(point.year_at.x for point in chart.points if point.year_at)
    assert [
        box
        for box in numbers
        if not (box[0] >= chart.left - 0.1 and box[2] <= WIDE + 0.1 and box[1] >= 0)
    ] == []
    assert [box for box in numbers if box[3] >= LINE_BOTTOM] == []
    assert [pair for pair in combinations(numbers, 2) if _meet(*pair)] == []
    assert [pair for pair in pairwise(years) if pair[1] - pair[0] < 4 * SIGN] == []
    assert chart.points[-1].year_at


def _meet(one, other):
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def test_a_year_of_several_numbers_is_named_once():
    chart = line_chart(_readings(("2024-01", 1), ("2024-12", 2), ("2025-12", 3)))

    named = [point.reading.date.year for point in chart.points if point.year_at]

    assert named == [2024, 2025]


def test_bars_are_in_proportion_from_one_zero_line():
    chart = bar_chart(_bars(1600, 800, 0))

    lengths = [row.length for row in chart.rows]

    assert lengths[0] == pytest.approx(lengths[1] * 2, abs=0.2)
    assert lengths[2] == 0
    assert len({row.x for row in chart.rows}) == 1


def test_the_longest_bar_leaves_room_for_its_number():
    row = bar_chart(_bars(1_234_567)).rows[0]

    assert row.length > 0
    assert row.value_at.x + len("1,234,567") * SIGN <= WIDE


def test_bars_keep_the_order_they_come_in():
    chart = bar_chart(_bars(3, 9, 1))

    assert [row.bar.value for row in chart.rows] == [3, 9, 1]


def test_a_long_label_is_set_in_lines_and_pushes_the_next_bar_down():
    long = Bar(Wording("Дөңгелек үстелдер, кездесулер мен пікірталастар, семинарлар", "kk"), 5)
    chart = bar_chart([long, *_bars(4)])

    first, second = chart.rows
    assert len(first.lines) == 2
    assert first.lines[-1][1].y < first.y
    assert first.y + chart.thick < second.lines[0][1].y - TEXT / 2
    assert second.y + chart.thick <= chart.high


def test_a_bar_with_a_date_names_its_year():
    bar = Bar(Wording("XXXIV", "kk"), 1600, date=PartialDate(2025, 4, 23))

    assert [text for text, _word in bar_chart([bar]).rows[0].lines] == ["XXXIV, 2025"]


@pytest.mark.parametrize("bars", [[], _bars(0, 0)])
def test_nothing_counted_draws_nothing_and_does_not_fail(bars):
    assert [row.length for row in bar_chart(bars).rows] == [0] * len(bars)

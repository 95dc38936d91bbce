"""Which sourced numbers make a chart: those of one series on three dates or more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language

from assembly_site.languages.texts import Wording, wording
from assembly_site.pictures.charts import Bar, BarChart, LineChart, bar_chart, line_chart

from .models import AssemblySession, Figure

FEWEST = 3


@dataclass
class Series:
    """Figures of one thing through time; `title` is the one whose label names them all."""

    name: str
    title: Figure
    figures: list[Figure]
    chart: LineChart


@dataclass
class Figures:
    """What an object's figures show: series that make a chart, and single numbers."""

    series: list[Series]
    single: list[Figure]


def arranged(figures: Iterable[Figure]) -> Figures:
    series, single = [], []
    for name, group in groupby(sorted(figures, key=lambda one: one.series), lambda one: one.series):
        group = list(group)
        if len({figure.date for figure in group}) < FEWEST or min(f.value for f in group) < 0:
            single += group
            continue
        chart = line_chart(group)
        ordered = [point.reading for point in chart.points]
        series.append(Series(name, _title_of(ordered), ordered, chart))
    return Figures(series, single)


def _title_of(figures):
    """Of the label that most figures have: the newest, rather one that is not approximate."""
    times = Counter(figure.counted for figure in figures)
    return max(
        enumerate(figures),
        key=lambda pair: (times[pair[1].counted], not pair[1].approximate, pair[0]),
    )[1]


def participants(sessions: Iterable[AssemblySession]) -> BarChart | None:
    """How many took part in each session of which a number is known; None for fewer than three."""
    counted = [session for session in sessions if session.participants]
    if len(counted) < FEWEST:
        return None
    return bar_chart([_bar_of(session) for session in counted])


def _bar_of(session):
    return Bar(
        label=Wording(session.roman, get_language()),
        value=session.participants,
        # A note stands where the number alone would say too much: "expected, more than 1,500".
        approximate=bool(session.participants_note),
        note=wording(session, "participants_note") if session.participants_note else None,
        date=session.date,
        url=session.get_absolute_url(),
    )

"""Months, weeks and days of the programme, and the year as a strip of weeks."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language

from assembly_site.languages.dates import PartialDate, month_name, write_date

from .models import Holiday, Occurrence
from .programme import Programme, occurrences_of
from .selections import Date

LINES_A_DAY = 3
UNDATED_SHOWN = 12
MONDAY_FIRST = calendar.Calendar(firstweekday=0)
# Up to this many events a week each has a mark of its own; above it marks become one bar.
MARKS_A_WEEK = 9
STRIP_HEIGHT = 56


@dataclass
class Line:
    """One line of a day: an event that begins, goes on, or a place kept free for one that does."""

    date: Date | None = None
    span: int = 0
    begins: bool = True
    ends: bool = True
    occurrence: Occurrence | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the bar that fills this line was drawn on an earlier day of the week."""
        return self.date is not None and self.span == 0

    @property
    def is_bar(self) -> bool:
        """Whether the event has more days than this one."""
        return self.span > 1 or not (self.begins and self.ends)


@dataclass
class MonthDay:
    """A cell of the month."""

    day: date
    is_in_month: bool
    is_today: bool
    address: str
    count: int = 0
    more: int = 0
    lines: list[Line] = field(default_factory=list)
    holidays: list[Holiday] = field(default_factory=list)

    @property
    def only_goes_on(self) -> bool:
        """Whether nothing begins here, so that an agenda has nothing new to say."""
        begins = any(line.date and not line.goes_on for line in self.lines)
        return not (begins or self.more or self.holidays)


@dataclass
class MonthLink:
    """A month that has events, and its address with the filters kept."""

    year: int
    month: int
    count: int
    address: str
    is_current: bool = False

    @property
    def name(self) -> str:
        return month_name(self.month, get_language())

    @property
    def name_with_year(self) -> str:
        return write_date(PartialDate(self.year, self.month))


class Month:
    """One month of a programme: weeks of days with their lines, and the way to other months."""

    def __init__(self, programme: Programme, year: int, month: int):
        self.programme = programme
        self.year, self.month = year, month
        index = programme.index
        here = programme.selection.of_dates(index.months.get((year, month), index.no_dates))
        self._known = list(here.of_dates(index.of_known_days))
        self._unknown = list(here.without(index.of_known_days))
        self.event_count = here.event_count
        self.months = months_of(programme, current=(year, month))
        self.weeks = self._weeks()

    @property
    def title(self) -> str:
        return write_date(PartialDate(self.year, self.month))

    @property
    def undated_count(self) -> int:
        """How many dates are known to the month, the quarter or the year only."""
        return len(self._unknown)

    @property
    def previous(self) -> MonthLink | None:
        """The nearest earlier month that has events."""
        here = (self.year, self.month)
        return next((one for one in reversed(self.months) if (one.year, one.month) < here), None)

    @property
    def next(self) -> MonthLink | None:
        here = (self.year, self.month)
        return next((one for one in self.months if (one.year, one.month) > here), None)

    def _weeks(self):
        weeks = [
            [self._cell(day) for day in week]
            for week in MONDAY_FIRST.monthdatescalendar(self.year, self.month)
        ]
        for week in weeks:
            self._fill(week)
        cells = [cell for week in weeks for cell in week]
        lines = [line for cell in cells for line in cell.lines if line.date]
        undated = self._unknown[:UNDATED_SHOWN]
        wanted = {one.pk: one for one in [*(line.date for line in lines), *undated]}
        rows = {row.pk: row for row in occurrences_of(wanted.values())}
        for line in lines:
            line.occurrence = rows.get(line.date.pk)
        self.undated = [rows[one.pk] for one in undated if one.pk in rows]
        holidays = [
            one
            for one in self.programme.index.holidays
            if one.month == self.month and one.is_kept_in(self.year)
        ]
        for cell in cells:
            if cell.is_in_month:
                cell.holidays = [one for one in holidays if one.day == cell.day.day]
        return weeks

    def _cell(self, day):
        query = self.programme.address_with(
            **{"when": "all", "from": day.isoformat(), "to": day.isoformat()}
        )
        return MonthDay(
            day,
            is_in_month=day.month == self.month,
            is_today=day == self.programme.today,
            address=f"{reverse('events:programme')}{query}",
        )

    def _fill(self, week: list[MonthDay]) -> None:
        """Gives each day of a week its lines; what has no line left is counted as more."""
        first, last = week[0].day, week[-1].day
        here = [one for one in self._known if one.first_day <= last and one.last_day >= first]
        here.sort(key=lambda one: (one.first_day == one.last_day, one.starts_at))
        taken = [[False] * LINES_A_DAY for _ in week]
        grid = [[Line() for _ in range(LINES_A_DAY)] for _ in week]
        for one in here:
            start = max(0, (one.first_day - first).days)
            end = min(6, (one.last_day - first).days)
            days = range(start, end + 1)
            for place in days:
                week[place].count += 1
            row = next(
                (row for row in range(LINES_A_DAY) if not any(taken[place][row] for place in days)),
                None,
            )
            if row is None:
                for place in days:
                    week[place].more += 1
                continue
            for place in days:
                taken[place][row] = True
                grid[place][row] = Line(
                    one,
                    span=len(days) if place == start else 0,
                    begins=one.first_day >= first,
                    ends=one.last_day <= last,
                )
        for cell, lines in zip(week, grid, strict=True):
            while lines and lines[-1].date is None:
                lines.pop()
            cell.lines = lines


def months_of(programme: Programme, current: tuple[int, int] | None = None) -> list[MonthLink]:
    """The months in which a programme has events, in order, each with their number."""
    found = {
        month: programme.selection.of_dates(masks).event_count
        for month, masks in programme.index.months.items()
    }
    return [
        MonthLink(
            year,
            month,
            count,
            month_address(programme, year, month),
            is_current=(year, month) == current,
        )
        for (year, month), count in found.items()
        if count
    ]


def month_address(programme: Programme, year: int, month: int) -> str:
    path = reverse("events:month", kwargs={"year": year, "month": month})
    return f"{path}{programme.view_query}"


def nearest_month(months: list[MonthLink], today: date) -> tuple[int, int]:
    """Today's month if it or none has events, else the next that has, else the last that had."""
    here = (today.year, today.month)
    keys = [(one.year, one.month) for one in months]
    if not keys or here in keys:
        return here
    return next((key for key in keys if key > here), keys[-1])


@dataclass
class Week:
    """One week of the strip: its marks are a dashed line, a dash for each event."""

    number: int
    monday: date
    count: int
    height: float

    @property
    def x(self) -> int:
        return 10 * self.number + 5

    @property
    def y(self) -> float:
        return STRIP_HEIGHT - self.height


@dataclass
class YearStrip:
    """A year of the programme: 53 weeks with their marks, and the months under them."""

    year: int
    weeks: list[Week]
    months: list[MonthLink]
    one_mark_an_event: bool
    today_x: int | None

    @property
    def event_count(self) -> int:
        return sum(week.count for week in self.weeks)


def year_strip(programme: Programme, year: int) -> YearStrip:
    """Counts the dates that begin in each week of a year (first week: the one with 1 January)."""
    first_monday = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    mondays = [first_monday + timedelta(weeks=number) for number in range(54)]
    mondays = [monday for monday in mondays if monday.year <= year]
    selection, beginning = programme.selection, programme.index.weeks
    counts = [
        len(selection.of_dates(beginning[year, monday])) if (year, monday) in beginning else 0
        for monday in mondays
    ]
    most = max(counts)
    each = most <= MARKS_A_WEEK
    unit = 6 if each else STRIP_HEIGHT / most
    weeks = [
        Week(number, monday, count, count * unit)
        for number, (monday, count) in enumerate(zip(mondays, counts, strict=True))
    ]
    with_events = {(one.year, one.month): one for one in months_of(programme)}
    months = [
        with_events.get((year, month))
        or MonthLink(year, month, 0, month_address(programme, year, month))
        for month in range(1, 13)
    ]
    today = programme.today
    place = (today - first_monday).days // 7 if today.year == year else None
    return YearStrip(year, weeks, months, each, None if place is None else 10 * place + 5)

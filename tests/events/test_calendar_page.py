"""The month calendar: every date where it belongs, and a way to every month that has events."""

from datetime import date

import pytest
import time_machine

from events.models import Holiday

from .. import factories

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)


def _cell(response, day):
    cells = [cell for week in response.context["month"].weeks for cell in week]
    return next(cell for cell in cells if cell.day == day and cell.is_in_month)


def _titles(cell):
    return [line.occurrence.event.title_en for line in cell.lines if line.occurrence]


@IN_MAY
@pytest.mark.parametrize(
    ("dates", "leads_to"),
    [
        ([], "2025/05"),
        ([date(2025, 5, 1)], "2025/05"),
        ([date(2025, 3, 1), date(2025, 7, 1), date(2025, 9, 1)], "2025/07"),
        ([date(2024, 3, 1), date(2024, 11, 1)], "2024/11"),
    ],
)
def test_the_bare_calendar_leads_to_the_month_that_fits_the_day(client, dates, leads_to):
    for day in dates:
        factories.OccurrenceFactory(first_day=day)

    response = client.get("/en/events/calendar/?category=forum&page=3")

    assert response.status_code == 302
    assert response["Location"].startswith(f"/en/events/calendar/{leads_to}/")


@IN_MAY
def test_an_event_over_the_end_of_a_month_stands_in_both(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 5, 30), last_day=date(2025, 6, 2)
    ).event

    may = client.get("/en/events/calendar/2025/05/")
    june = client.get("/en/events/calendar/2025/06/")

    assert _titles(_cell(may, date(2025, 5, 31))) == [event.title_en]
    assert _titles(_cell(june, date(2025, 6, 1))) == [event.title_en]
    assert _titles(_cell(june, date(2025, 6, 2))) == [event.title_en]
    assert _titles(_cell(june, date(2025, 6, 3))) == []
    assert [(one.year, one.month) for one in may.context["month"].months] == [
        (2025, 5), (2025, 6),
    ]  # fmt: skip


@IN_MAY
def test_a_long_event_is_one_bar_a_week_and_told_once_a_day_to_who_listens(client):
    factories.OccurrenceFactory(
        first_day=date(2025, 5, 8), last_day=date(2025, 5, 20), event__title_en="Long camp"
    )

    text = client.get("/en/events/calendar/2025/05/").content.decode()

    # 8 May is a Thursday: bars of 4, 7 and 2 days.
    assert [text.count(f"line--bar line--{days} ") for days in (4, 7, 2)] == [1, 1, 1]
    assert text.count("continues: Long camp") == 3 + 6 + 1


@IN_MAY
def test_a_full_day_says_how_many_more_and_links_to_all_of_them(client):
    for _ in range(9):
        factories.OccurrenceFactory(first_day=date(2025, 5, 7))

    response = client.get("/en/events/calendar/2025/05/")
    cell = _cell(response, date(2025, 5, 7))

    assert (len(_titles(cell)), cell.count, cell.more) == (3, 9, 6)
    assert client.get(cell.address).context["programme"].event_count == 9
    assert "6 more" in response.content.decode()


@IN_MAY
def test_what_is_known_to_the_month_only_stands_under_the_month_and_on_no_day(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 5, 1), precision="month", event__title_en="Some day in May"
    ).event
    # Of this one not even the month is known: it stands in the list and in no month.
    factories.OccurrenceFactory(first_day=date(2025, 5, 1), precision="year")

    response = client.get("/en/events/calendar/2025/05/")
    month = response.context["month"]

    assert [one.event for one in month.undated] == [event]
    assert month.event_count == 1
    assert all(cell.count == 0 for week in month.weeks for cell in week)


@IN_MAY
@pytest.mark.parametrize(
    "address",
    [
        "2025/13",
        "2025/00",
        "2025/5",
        "25/05",
        "1999/01",
        "2031/01",
        "0000/01",
        "2025/05x",
        "٢٠٢٥/٠٥",
    ],
)
def test_a_month_that_cannot_be_or_holds_nothing_near_is_a_404(client, address):
    factories.OccurrenceFactory(first_day=date(2025, 6, 5))

    assert client.get(f"/en/events/calendar/{address}/").status_code == 404


@IN_MAY
def test_a_month_without_events_between_others_says_so_and_offers_its_neighbours(client):
    for month in (3, 7):
        factories.OccurrenceFactory(first_day=date(2025, month, 5))

    response = client.get("/en/events/calendar/2025/04/")
    text = response.content.decode()

    assert "No event is announced for this month" in text
    assert '/en/events/calendar/2025/03/"' in text
    assert '/en/events/calendar/2025/07/"' in text
    assert '/en/events/calendar/2025/05/"' not in text


@IN_MAY
def test_the_calendar_keeps_the_filters_and_names_what_cannot_be(client):
    sport = factories.CategoryFactory(slug="sport", title_en="Sport")
    wanted = factories.OccurrenceFactory(event__category=sport, first_day=date(2025, 5, 7)).event
    factories.OccurrenceFactory(first_day=date(2025, 5, 7))

    response = client.get("/en/events/calendar/2025/05/?category=sport&region=nowhere")

    assert _titles(_cell(response, date(2025, 5, 7))) == [wanted.title_en]
    assert "This is not in the list" in response.content.decode()
    assert 'href="/en/events/map/?category=sport"' in response.content.decode()


@pytest.mark.parametrize(("year", "kept"), [(2025, True), (2014, False)])
def test_holidays_are_named_in_the_years_in_which_they_are_kept(client, year, kept):
    Holiday.objects.create(title_en="Day of Gratitude", month=3, day=1, since=2016)
    factories.OccurrenceFactory(first_day=date(year, 3, 20))
    with time_machine.travel(f"{year}-03-10T07:00:00Z", tick=False):
        text = client.get(f"/en/events/calendar/{year}/03/").content.decode()

    assert ("Day of Gratitude" in text) is kept


@IN_MAY
@pytest.mark.parametrize(("code", "first"), [("kk", "дс"), ("ru", "пн"), ("en", "Mon")])
def test_a_week_begins_on_monday_and_today_is_marked(client, code, first):
    factories.OccurrenceFactory(first_day=date(2025, 5, 7))

    text = client.get(f"/{code}/events/calendar/2025/05/").content.decode()

    assert text.partition("<thead>")[2].partition("</abbr>")[0].endswith(f">{first}")
    assert text.count('aria-current="date"') == 1


@IN_MAY
@pytest.mark.parametrize("count", [3, 30])
def test_the_strip_has_a_mark_for_each_event_as_long_as_they_can_be_told_apart(client, count):
    for _ in range(count):
        factories.OccurrenceFactory(first_day=date(2025, 5, 7))

    strip = client.get("/en/events/calendar/2025/05/").context["strip"]

    assert [week.count for week in strip.weeks if week.count] == [count]
    assert len(strip.weeks) == 53
    assert strip.one_mark_an_event is (count == 3)

"""The list with its filters as a visitor handles it: with a script, without one, by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(live_server):
    """Three coming events: two in Abai (one of them a concert), one in Astana."""
    today = timezone.localdate()
    abai = factories.RegionFactory(slug="abai", name_en="Abai Region", sort_order=1)
    astana = factories.RegionFactory(slug="astana", name_en="Astana", sort_order=2)
    concert = factories.CategoryFactory(slug="concert", title_en="Concerts")
    forum = factories.CategoryFactory(slug="forum", title_en="Forums")
    for region, category in ((abai, concert), (abai, forum), (astana, forum)):
        factories.OccurrenceFactory(
            event__region=region,
            event__category=category,
            first_day=today + timedelta(days=3),
        )
    return f"{live_server.url}/en/events/"


def _count(page):
    return page.locator("#count").inner_text().split()[0]


def test_with_a_script_the_list_follows_and_keeps_focus_and_history(programme, browser):
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(programme)
    box = page.locator("input[name=region][value=abai]")

    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/events/?region=abai")
    page.locator("#count", has_text="2 events").wait_for()
    focused = page.evaluate("document.activeElement.value")
    forums = page.locator("label:has(input[name=category][value=forum]) span")
    narrowed = forums.inner_text()
    page.go_back()
    page.locator("#count", has_text="3 events").wait_for()

    assert (focused, narrowed) == ("abai", "1")
    assert not box.is_checked()
    assert page.url == programme
    assert complaints == []
    page.close()


def test_without_a_script_the_form_and_its_button_do_the_same(programme, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(programme)

    page.locator("input[name=region][value=abai]").check()
    page.locator("input[name=category][value=concert]").check()
    page.locator("#filter-form button[type=submit]").click()

    assert page.url.endswith("/en/events/?region=abai&category=concert")
    assert _count(page) == "1"
    page.locator(".active-filters a").first.click()
    assert page.url.endswith("/en/events/?category=concert")
    context.close()


def test_on_a_phone_the_filters_are_folded_and_the_first_event_is_near(programme, browser):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(programme)

    assert not page.locator("#filter-form").is_visible()
    page.locator("#filters > summary").click()
    assert page.locator("#filter-form").is_visible()
    page.close()


def test_a_month_is_a_table_on_a_desk_and_an_agenda_on_a_phone(live_server, browser):
    day = timezone.localdate().replace(day=10)
    factories.OccurrenceFactory(
        first_day=day, last_day=day + timedelta(days=12), event__title_en="Long camp"
    )
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/en/events/calendar/")
    bars = [one.bounding_box() for one in page.locator(".line--bar a").all()]
    cell = page.locator(".month__day").first.bounding_box()

    assert len(bars) in (2, 3)
    assert sum(round(bar["width"] / cell["width"]) for bar in bars) == 13
    page.set_viewport_size({"width": 360, "height": 640})
    assert not page.locator(".month thead").is_visible()
    assert page.locator(".line--bar a").first.bounding_box()["width"] <= 360
    page.close()


def test_every_region_of_the_map_is_reached_by_the_keyboard_in_the_order_of_the_table(
    live_server, browser
):
    for order in (1, 2, 3):
        factories.RegionFactory(
            sort_order=order, outline=f"M{order}00 0h80v80z", label_x=order * 100, label_y=40
        )
    page = browser.new_page()
    page.goto(f"{live_server.url}/en/events/map/")

    links = page.locator(".region-map a").evaluate_all("(all) => all.map(a => a.href.baseVal)")
    table = page.locator(".region-table tbody a").evaluate_all(
        "(all) => all.map(a => a.getAttribute('href'))"
    )
    page.locator(".region-map a").first.focus()

    assert links == table
    shown = page.locator(".region-map a:focus path").evaluate(
        "(shape) => getComputedStyle(shape).strokeWidth"
    )
    assert shown == "6px"
    page.close()

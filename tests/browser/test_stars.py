"""The star in a browser: with a script, without, and where nothing can be stored."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('denied', 'SecurityError'); }
});"""
FULL_STORAGE = """Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
};"""


@pytest.fixture
def events():
    day = timezone.localdate() + timedelta(days=7)
    region = factories.RegionFactory(slug="abai")
    return [
        factories.OccurrenceFactory(
            event__region=region, first_day=day + timedelta(days=number)
        ).event
        for number in range(3)
    ]


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _star(page, event):
    return page.locator(f'.star[data-event="{event.pk}"]')


def _state(star):
    return star.get_attribute("aria-pressed"), star.inner_text()


def test_a_star_is_a_button_that_keeps_the_event_on_the_device(live_server, page, events):
    page.goto(f"{live_server.url}/en/events/")
    star = _star(page, events[1])
    before = star.evaluate("one => one.tagName"), _state(star)

    star.focus()
    page.keyboard.press("Space")
    name = f"In my programme: {events[1].title_en}"
    named = page.get_by_role("button", name=name, exact=True, pressed=True).count()
    after = _state(star), page.locator(".star-count").inner_text()
    page.goto(f"{live_server.url}/ru/events/{events[1].slug}/")
    on_its_page = _star(page, events[1]).get_attribute("aria-pressed")

    assert before == ("BUTTON", ("false", "To my programme"))
    assert named == 1
    assert after == (("true", "In my programme"), "1")
    assert on_its_page == "true"


def test_a_star_pressed_twice_is_off(live_server, page, events):
    page.goto(f"{live_server.url}/en/events/")
    star = _star(page, events[0])

    star.click()
    star.click()

    assert _state(star) == ("false", "To my programme")
    assert page.locator(".star-count").inner_text() == ""


def test_my_programme_leads_to_what_is_starred_and_takes_it_off(live_server, page, events):
    page.goto(f"{live_server.url}/en/events/")
    _star(page, events[2]).click()
    _star(page, events[0]).click()

    page.locator(".view-switch a[href$='/mine/']").click()
    page.wait_for_url(f"**/mine/?ids={events[2].pk},{events[0].pk}")
    titles = page.locator(".occurrence__title").all_inner_texts()
    page.locator(f'[data-take-off="{events[2].pk}"]').click()
    page.wait_for_url(f"**/mine/?ids={events[0].pk}")

    assert titles == [events[0].title_en, events[2].title_en]
    assert page.evaluate("localStorage.getItem('my-programme')") == f"[{events[0].pk}]"


def test_stars_keep_their_state_when_a_filter_replaces_the_list(live_server, page, events):
    page.goto(f"{live_server.url}/en/events/")
    _star(page, events[0]).click()

    with page.expect_response("**region=abai*"):
        page.locator("input[name=region]").check()
    page.wait_for_url("**region=abai*")

    assert _state(_star(page, events[0])) == ("true", "In my programme")
    assert _state(_star(page, events[1])) == ("false", "To my programme")
    assert page.locator(".star-count").inner_text() == "1"


def test_a_shared_list_is_taken_over_to_the_device(live_server, page, events):
    ids = f"{events[0].pk},{events[1].pk}"
    page.goto(f"{live_server.url}/en/events/mine/link/?ids={ids}&title=x")
    button = page.locator("[data-take-over]")

    button.click()

    assert button.inner_text() == "Kept on this device"
    assert page.evaluate("localStorage.getItem('my-programme')") == f"[{ids}]"
    page.reload()
    assert not page.locator("[data-take-over]").is_visible()


@pytest.mark.parametrize("obstacle", [NO_STORAGE, FULL_STORAGE], ids=["forbidden", "full"])
def test_where_nothing_can_be_stored_the_star_still_works_quietly(
    live_server, page, events, obstacle
):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(obstacle)
    page.goto(f"{live_server.url}/en/events/")

    _star(page, events[0]).click()
    _star(page, events[1]).click()

    assert _state(_star(page, events[0])) == ("true", "In my programme")
    assert page.locator(".star-count").inner_text() == "2"
    assert complaints == []


@pytest.mark.parametrize("stored", ["nonsense", "{}", '["1", null, {}]', "null", "1"])
def test_what_another_script_left_in_the_storage_breaks_nothing(live_server, page, events, stored):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/en/pages/nothing/")
    page.evaluate("text => localStorage.setItem('my-programme', text)", stored)

    page.goto(f"{live_server.url}/en/events/")
    _star(page, events[0]).click()

    assert page.evaluate("localStorage.getItem('my-programme')") == f"[{events[0].pk}]"
    assert complaints == []


def test_without_a_script_a_list_is_put_together_and_passed_on(live_server, browser, events):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/events/")

    page.locator(f'a.star[data-event="{events[1].pk}"]').click()
    page.get_by_label("Addresses or numbers of events").fill(
        f"{live_server.url}/kk/events/{events[0].slug}/"
    )
    page.get_by_role("button", name="Add to the list").click()
    both = page.locator(".occurrence__title").all_inner_texts()
    asks_for_a_script = page.locator("main button:not([type=submit])").filter(visible=True).count()
    page.get_by_label("Title of the list").fill("8-сынып")
    page.get_by_role("button", name="Make a link").click()
    shared = page.locator("h1").inner_text(), page.locator(".occurrence__title").all_inner_texts()
    page.get_by_role("link", name="Make a list of your own from it").click()
    page.locator(f'[data-take-off="{events[0].pk}"]').click()
    left = page.locator(".occurrence__title").all_inner_texts()
    cookies = context.cookies()
    context.close()

    assert both == [events[0].title_en, events[1].title_en]
    assert asks_for_a_script == 0
    assert shared == ("8-сынып", both)
    assert left == [events[1].title_en]
    assert cookies == []


def test_a_list_of_a_school_class_fits_one_sheet_of_a4(live_server, page):
    day = date(2100, 6, 5)
    events = [
        factories.OccurrenceFactory(first_day=day + timedelta(days=number)).event
        for number in range(12)
    ]
    ids = ",".join(str(one.pk) for one in events)
    page.goto(f"{live_server.url}/kk/events/mine/link/?ids={ids}&title=8-сынып")

    page.emulate_media(media="print")
    printed = page.locator(".on-paper").all_inner_texts()
    page.set_viewport_size({"width": 718, "height": 1047})  # A4 less margins of a centimetre

    assert printed[0].endswith(f"/e/{events[0].pk}/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 1047

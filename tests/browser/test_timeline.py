"""The timeline in a browser: deep links, what stays in sight, any width, paper, no scripts."""

import re

import pytest

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRIES = ".milestones ol > li"
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def history(live_server):
    """A timeline of some length; gives the address of the server and a milestone in the middle."""
    made = sorted(factories.fill_history(80), key=lambda one: one.date.isoformat())
    live_server.milestone = made[40]
    return live_server


def _rectangle(page, selector):
    return page.eval_on_selector(selector, "one => one.getBoundingClientRect().toJSON()")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_deep_link_marks_its_entry_and_puts_the_focus_on_its_heading(history, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 640}, reduced_motion="reduce")
    page.goto(f"{history.url}/kk/history/#{history.milestone.slug}")

    focused = page.evaluate("document.activeElement.closest('h3')?.textContent")
    marked = page.eval_on_selector_all(
        ENTRIES, "all => all.filter(one => getComputedStyle(one).borderLeftWidth === '4px').length"
    )
    bar, entry = _rectangle(page, ".stage-nav"), _rectangle(page, "li:has(> h3 :target)")
    page.close()

    assert focused == history.milestone.title_kk
    assert marked == 1
    assert bar["top"] == 0
    assert bar["bottom"] <= entry["top"] < 640


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_what_is_jumped_to_or_tabbed_to_is_never_under_the_bar(history, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 640}, reduced_motion="reduce")
    page.goto(f"{history.url}/ru/history/")
    hidden = []
    for selector in (".stage-nav li:nth-child(3) a", ".stage-nav li:nth-child(5) a"):
        page.click(selector)
        place = page.url.partition("#")[2]
        if _rectangle(page, f"#{place}")["top"] < _rectangle(page, ".stage-nav")["bottom"]:
            hidden.append(place)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        here = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        in_bar = page.evaluate("!!document.activeElement.closest('.stage-nav, .timeline-controls')")
        if not in_bar and here["top"] < _rectangle(page, ".stage-nav")["bottom"]:
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    page.close()

    assert hidden == []


def test_the_stage_that_is_read_is_marked_in_the_bar_without_a_script(history, browser):
    context = browser.new_context(java_script_enabled=False, viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{history.url}/en/history/")
    slug = page.get_attribute(".timeline__stage.stage-3 h2", "id")

    page.goto(f"{history.url}/en/history/#{slug}")
    page.wait_for_timeout(300)
    grounds = [
        page.locator(f".stage-nav .stage-{number} a").evaluate(
            "one => getComputedStyle(one).backgroundColor"
        )
        for number in range(1, 6)
    ]
    context.close()

    marked = [ground != "rgba(0, 0, 0, 0)" for ground in grounds]
    assert marked == [False, False, True, False, False]


def test_the_text_is_the_same_without_scripts(history, browser):
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{history.url}/kk/history/")
        texts.append(page.inner_text("main"))
        context.close()

    assert texts[0] == texts[1]
    assert history.milestone.title_kk in texts[0]


@pytest.mark.parametrize("query", ["", "?view=compact", "?theme=law&region=abai", "?region=no"])
def test_the_timeline_never_scrolls_sideways(history, browser, query):
    wide = {}
    for width in (320, 360, 768, 1280):
        page = browser.new_page(viewport={"width": width, "height": 640})
        page.goto(f"{history.url}/kk/history/{query}")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            wide[width] = overflow
        page.close()

    assert wide == {}


def test_on_paper_stands_the_whole_thread_and_its_address_and_no_furniture(history, browser):
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{history.url}/kk/history/?theme=law")

    seen = {
        selector: page.locator(selector).first.is_visible()
        for selector in (".site-nav", ".stage-nav", ".filter-box", ".chips", ".page-address")
    }
    entries = page.locator(ENTRIES).count()
    kept = page.eval_on_selector_all(
        ENTRIES,
        "items => items.every(one => getComputedStyle(one).breakInside === 'avoid')",
    )
    address = page.inner_text(".page-address")
    page.close()

    assert seen == {
        ".site-nav": False, ".stage-nav": False, ".filter-box": False, ".chips": False,
        ".page-address": True,
    }  # fmt: skip
    assert entries > 5
    assert kept
    assert re.search(r"/kk/history/\?theme=law$", address)


def test_nothing_moves_for_those_who_ask_for_stillness(history, browser):
    names = []
    for motion in ("no-preference", "reduce"):
        page = browser.new_page(reduced_motion=motion)
        page.goto(f"{history.url}/en/history/")
        names.append(
            page.eval_on_selector(
                ".overview__drawing", "one => getComputedStyle(one).animationName"
            )
        )
        page.close()

    assert names == ["draw", "none"]


def test_the_filters_work_as_a_plain_form(history, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{history.url}/en/history/?view=compact")

    page.click(".timeline-controls summary")
    page.check("input[value=law]")
    page.click("button:has-text('Show')")
    query = page.url.partition("?")[2]
    context.close()

    assert query == "view=compact&theme=law"

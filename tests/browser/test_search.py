"""The search box as a combobox: by keyboard, by mouse, and without a script."""

import pytest

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lighthouses(live_server):
    for name in ("Lighthouse", "Lighthouse keepers", "Lighthouse ships"):
        factories.PageFactory(title_en=name, slug=name.lower().replace(" ", "-"))
    return live_server.url


def _typed(browser, address, text, field="#search-words"):
    page = browser.new_page()
    page.goto(address)
    page.locator(field).press_sequentially(text)
    page.locator(f"{field}-suggestions li").first.wait_for()
    return page


def _state(page, field="#search-words"):
    """What a screen reader is told: open or not, which option, how many."""
    box = page.locator(field)
    active = box.get_attribute("aria-activedescendant")
    return (
        box.get_attribute("aria-expanded"),
        page.locator(f"#{active} .suggestion__title").inner_text() if active else None,
        page.locator("form:has(#search-words) [role=status]").inner_text(),
    )


def test_the_arrow_keys_walk_the_list_and_enter_opens_the_chosen_page(lighthouses, browser):
    page = _typed(browser, f"{lighthouses}/en/search/", "lightho")
    count = "3 suggestions: choose with the arrow keys."
    states = [_state(page)]
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        states.append(_state(page))
    selected = page.locator("[role=option][aria-selected=true]").count()
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/pages/lighthouse-keepers/")

    assert states == [
        ("true", None, count),
        ("true", "Lighthouse", count),
        ("true", "Lighthouse ships", count),
        ("true", "Lighthouse", count),
        ("true", None, count),
        ("true", "Lighthouse keepers", count),
    ]
    assert (selected, focused) == (1, "search-words")
    page.close()


def test_escape_closes_the_list_and_enter_then_searches_for_what_was_typed(lighthouses, browser):
    page = _typed(browser, f"{lighthouses}/en/search/", "lighthouse k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    closed = _state(page)
    text = page.locator("#search-words").input_value()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=lighthouse+k")

    assert closed == ("false", None, "")
    assert text == "lighthouse k"
    page.close()


def test_leaving_the_field_closes_the_list_and_a_click_opens_a_page(lighthouses, browser):
    page = _typed(browser, f"{lighthouses}/en/search/", "lighthouse")
    page.keyboard.press("Tab")
    left = _state(page)[0]
    page.locator("#search-words").press_sequentially(" k")
    page.locator("[role=option]", has_text="keepers").click()
    page.wait_for_url("**/en/pages/lighthouse-keepers/")

    assert left == "false"
    page.close()


def test_the_list_is_a_combobox_with_names_and_options(lighthouses, browser):
    page = _typed(browser, f"{lighthouses}/en/search/", "lightho")

    box = page.get_by_role("combobox", name="What are you looking for?")
    options = page.get_by_role("listbox", name="What are you looking for?").get_by_role("option")
    assert box.get_attribute("aria-controls") == "search-words-suggestions"
    assert options.count() == 3
    page.close()


def test_the_small_box_in_the_header_offers_too_and_a_phone_gets_a_link(lighthouses, browser):
    page = _typed(browser, f"{lighthouses}/en/pages/lighthouse/", "lighthouse ke", "#site-search")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/pages/lighthouse-keepers/")
    page.set_viewport_size({"width": 360, "height": 640})
    hidden = page.locator("#site-search").is_hidden()
    link = page.locator(".site-search-link")
    size = link.bounding_box()
    link.click()
    page.wait_for_url("**/en/search/")

    assert hidden
    assert min(size["width"], size["height"]) >= 44
    page.close()


def test_without_a_script_the_form_is_a_plain_form(lighthouses, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lighthouses}/en/search/")
    page.locator("#search-words").fill("keepers")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/en/search/?q=keepers")

    assert page.locator(".result__title").all_inner_texts() == ["Lighthouse keepers"]
    assert page.get_by_role("combobox").count() == 0
    context.close()


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(lighthouses, browser):
    page = browser.new_page()
    page.goto(f"{lighthouses}/en/search/")
    page.route(
        "**/suggestions/?q=lighthouse",
        lambda route: (page.wait_for_timeout(600), route.continue_()),
    )
    page.locator("#search-words").fill("lighthouse")
    page.wait_for_timeout(200)
    page.locator("#search-words").fill("lighthouse ke")
    page.locator("[role=option]").first.wait_for()
    page.wait_for_timeout(900)

    assert page.locator("[role=option]").count() == 1
    page.close()

"""What only a browser can tell: width, contrast, keyboard, weight, fonts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_passes_the_checks_of_wcag_2_2_aa(site, browser, language, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 800})
    found = {}
    for address in site.addresses:
        page.goto(f"{site.url}/{language}{address}")
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        violations = [
            (one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in results.response["violations"]
        ]
        if violations:
            found[address] = violations
    page.close()

    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(site, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 640})
    wide = {}
    for address in site.addresses:
        for language in ("kk", "ru"):
            page.goto(f"{site.url}/{language}{address}")
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if overflow > 0:
                wide[f"{language}{address}"] = overflow
    page.close()

    assert wide == {}


def test_text_twice_as_large_still_fits(site, browser):
    page = browser.new_page(viewport={"width": 640, "height": 640})
    wide = {}
    for address in site.addresses:
        page.goto(f"{site.url}/kk{address}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            wide[address] = overflow
    page.close()

    assert wide == {}


MEASURE = """() => [
    ...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')
].map((entry) => [entry.name, entry.decodedBodySize])"""


def test_a_page_is_light_asks_no_other_host_and_its_console_is_silent(site, browser):
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for address in site.addresses[:-1]:
        page.goto(f"{site.url}/kk{address}", wait_until="networkidle")
        sizes = {"page": 0, "font": 0}
        for url, size in page.evaluate(MEASURE):
            assert url.startswith((site.url, "data:")), url
            sizes["font" if url.endswith(".woff2") else "page"] += size
        assert 0 < sizes["page"] <= 100_000, (address, sizes)
        assert 0 < sizes["font"] <= 90_000, (address, sizes)
    page.close()

    assert complaints == []


def test_the_keyboard_reaches_the_text_first_and_the_languages_after(site, browser):
    page = browser.new_page()
    page.goto(f"{site.url}/kk/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id || location.hash")
    page.close()

    assert (first, reached) == ("#main", "main")


def _follow(page, link):
    """Presses Enter on a link; gives the anchor that was reached, if it is on the page."""
    link.focus()
    page.keyboard.press("Enter")
    anchor = page.url.partition("#")[2]
    return anchor if page.locator(f"#{anchor}").count() == 1 else None


def test_notes_can_be_followed_both_ways_by_keyboard(site, browser):
    page = browser.new_page()
    stage = next(address for address in site.addresses if "/stages/" in address)
    page.goto(f"{site.url}/kk{stage}")

    there = [_follow(page, link) for link in page.locator(".note-mark a").all()]
    back = [_follow(page, link) for link in page.locator("#note-1 .back a").all()]
    page.close()

    # One mark in the text, three in the table of figures.
    assert there == ["note-1"] * 4
    assert back == ["mark-1", "mark-1-2", "mark-1-3", "mark-1-4"]


def test_the_mark_by_a_disputed_date_leads_to_the_versions_and_on_to_the_notes(site, browser):
    page = browser.new_page()
    milestone = next(address for address in site.addresses if "/milestones/" in address)
    page.goto(f"{site.url}/kk{milestone}")

    versions = _follow(page, page.locator(".differ a"))
    notes = [_follow(page, link) for link in page.locator(f"#{versions} a").all()]
    page.close()

    assert (versions, notes) == ("versions-2", ["note-1", "note-2"])


def test_the_forms_of_citing_open_by_keyboard(site, browser):
    page = browser.new_page()
    milestone = next(address for address in site.addresses if "/milestones/" in address)
    page.goto(f"{site.url}/kk{milestone}")
    forms = page.locator(".cite__forms")
    before = forms.is_visible()

    page.locator(".cite > summary").focus()
    page.keyboard.press("Enter")

    after = forms.is_visible()
    page.close()
    assert (before, after) == (False, True)


def test_kazakh_letters_are_drawn_by_the_site_s_own_fonts(site, browser):
    page = browser.new_page()
    page.goto(f"{site.url}/kk/", wait_until="networkidle")
    drawn = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return ['Onest', 'Literata'].map(
                (family) => document.fonts.check(`600 20px ${family}`, 'әғқңөұүһіӘҒҚҢӨҰҮҺІ₸№'));
        }"""
    )
    page.close()

    assert drawn == [True, True]

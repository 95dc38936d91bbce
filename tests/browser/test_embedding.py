"""Our list in a frame on a page of another origin."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe

from .. import factories
from .test_public_pages import WCAG
from .waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def partner(live_server, settings):
    """A site on another port, with a strict policy; its page holds whatever code it is given."""
    settings.SITE_URL = live_server.url

    class Page(BaseHTTPRequestHandler):
        code = ""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; style-src 'unsafe-inline'; "
                f"frame-src {live_server.url}; script-src {live_server.url}",
            )
            self.end_headers()
            page = f'<!doctype html><html lang="en"><title>Partner</title><body>{self.code}'
            self.wfile.write(page.encode())

        def log_message(self, *args):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    Page.url = f"http://127.0.0.1:{server.server_port}/"
    yield Page
    server.shutdown()
    server.server_close()


@pytest.fixture
def events():
    category = factories.CategoryFactory()
    return [factories.OccurrenceFactory(event__category=category).event for _ in range(5)]


def _code(page, live_server, name, query=""):
    """What a visitor copies from the page that makes the code."""
    page.goto(f"{live_server.url}/en/embed/?when=all{query}")
    return page.locator(f"#{name}").input_value()


def _frame(page):
    return page.frame_locator("iframe")


HEIGHTS = """frame => [
    frame.getBoundingClientRect().height, Number(frame.getAttribute('height'))]"""


def test_the_frame_shows_the_list_on_another_site_and_follows_its_height(
    live_server, browser, partner, events
):
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    partner.code = _code(page, live_server, "code-with-script")

    page.goto(partner.url)
    titles = _frame(page).locator(".row__title").all_inner_texts()
    wait_until(
        page,
        "() => { const frame = document.querySelector('iframe'); return !!frame.style.height"
        " && frame.style.height !== `${frame.getAttribute('height')}px` }",
    )
    inside = page.frames[1].evaluate("document.body.getBoundingClientRect().height")
    height = page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().height")
    scrolls = page.frames[1].evaluate(
        "document.documentElement.scrollHeight > document.documentElement.clientHeight"
    )
    cookies = page.context.cookies()
    page.close()

    assert sorted(titles) == sorted(event.title_en for event in events)
    assert abs(height - inside) <= 1
    assert not scrolls
    assert cookies == []
    assert complaints == []


def test_only_messages_of_our_origin_change_the_height(live_server, browser, partner, events):
    page = browser.new_page()
    partner.code = _code(page, live_server, "code-with-script")
    page.goto(partner.url)
    wait_until(page, "!!document.querySelector('iframe').style.height")
    before = page.locator("iframe").evaluate("frame => frame.style.height")

    # The same words, but from the page around, whose origin is another.
    page.evaluate("window.postMessage({ assemblyListHeight: 4321 }, '*')")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    after = page.locator("iframe").evaluate("frame => frame.style.height")
    page.close()

    assert after == before


def test_the_plain_frame_works_without_any_script(live_server, browser, partner, events):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    partner.code = _code(page, live_server, "code-frame")

    page.goto(partner.url)
    titles = _frame(page).locator(".row__title").all_inner_texts()
    _frame(page).locator(".row__title a").first.click()
    page.wait_for_url(f"{live_server.url}/en/events/*/")
    context.close()

    assert len(titles) == 5


def test_no_other_page_can_be_framed(live_server, browser, partner, events):
    page = browser.new_page()
    partner.code = f'<iframe src="{live_server.url}/en/events/"></iframe>'

    page.goto(partner.url, wait_until="networkidle")
    shown = page.frames[1].url
    page.close()

    assert shown.startswith("chrome-error:")


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_passes_the_checks_of_wcag_2_2_aa(live_server, browser, events, theme, scheme):
    occurrence = events[0].occurrences.get()
    occurrence.status = "cancelled"
    occurrence.save()
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 800})
    page.goto(f"{live_server.url}/kk/embed/events/?when=all&theme={theme}&region=nowhere")

    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.close()

    assert [one["id"] for one in results.response["violations"]] == []
    assert overflow <= 0

"""The form of an event in a real browser: by keyboard alone, with its checklist and names."""

import re
from datetime import date, time

import pytest
from axe_playwright_python.sync_playwright import Axe

from events.models import Event

from .. import factories
from .test_admin import editor  # noqa: F401 — the same signed-in page
from .waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
# Select2 4.0.13 puts a list without items around several choices; it is not ours to mend.
KNOWN = '<ul class="select2-selection__rendered">'
# The width of the page, and what stands out of it.
SCROLLED = """() => [
  document.documentElement.scrollWidth,
  ...[...document.querySelectorAll("main *")]
    .filter((one) => document.documentElement.scrollWidth > innerWidth
      && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80)),
]"""
FURTHEST = 150  # presses of a key after which something cannot be said to be within reach


class Keyboard:
    """Goes through a page as somebody who has no mouse."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.presses += 1

    def write(self, text):
        self.page.keyboard.type(text)

    def go_to(self, selector):
        """Presses Tab until the focus is there."""
        for _ in range(FURTHEST):
            if self.page.evaluate("(one) => document.activeElement.matches(one)", selector):
                return
            self.press("Tab")
        pytest.fail(f"{selector} is out of reach of the keyboard")

    def fill(self, selector, text):
        self.go_to(selector)
        self.write(text)

    def open(self, selector):
        self.go_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")


def test_an_event_is_entered_and_submitted_by_keyboard_alone(live_server, browser, account):
    abai = factories.RegionFactory(slug="abai")
    category = factories.CategoryFactory(title_kk="Форумдар")
    venue = factories.VenueFactory(region=abai, name_kk="Достық үйі")
    children = factories.AudienceFactory(title_kk="балалар")
    user = account("regional-editor", regions=[abai])
    page = browser.new_page(locale="kk-KZ", viewport={"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/admin/")
    keyboard = Keyboard(page)

    keyboard.fill("#id_username", user.username)
    keyboard.fill("#id_password", "a-long-password")
    keyboard.open("#login-form input[type=submit]")
    keyboard.open('a[href="/admin/events/event/add/"]')
    keyboard.fill("#id_title_kk", "Достық форумы")
    keyboard.fill("#id_title_ru", "Форум дружбы")
    keyboard.fill("#id_summary_kk", "Жастар мен ақсақалдар кездеседі.")
    keyboard.fill("#id_summary_ru", "Встреча молодёжи и старших.")
    keyboard.go_to("#id_category")
    keyboard.press("ArrowDown")
    keyboard.fill("#id_occurrences-0-first_day", "05.06.2035")
    keyboard.fill("#id_occurrences-0-start_time", "15:00")
    keyboard.go_to("#id_occurrences-0-venue")
    keyboard.press("ArrowDown")
    keyboard.go_to(f'[name=audiences][value="{children.pk}"]')
    keyboard.press("Space")
    keyboard.fill('[contenteditable][aria-label="Мәтін [kk]"]', "Бағдарлама")
    keyboard.fill('[contenteditable][aria-label="Мәтін [ru]"]', "Программа")
    keyboard.open("input[name=_submit]")

    assert page.locator("#error-summary").all_inner_texts() == []
    event = Event.objects.get()
    occurrence = event.occurrences.get()
    assert (event.title_kk, event.title_ru) == ("Достық форумы", "Форум дружбы")
    assert (event.status, event.region, event.category) == ("in-review", abai, category)
    assert (occurrence.first_day, occurrence.start_time) == (date(2035, 6, 5), time(15))
    assert (occurrence.venue, list(event.audiences.all())) == (venue, [children])
    assert (event.body_kk, event.body_ru) == ("<p>Бағдарлама</p>", "<p>Программа</p>")
    assert keyboard.presses < FURTHEST
    page.close()


def test_the_checklist_ticks_what_is_written_and_its_links_take_the_focus_along(
    editor,  # noqa: F811
    live_server,
):
    event = factories.EventFactory(draft=True, title_ru="", body_kk="<p>Мәтін</p>", body_en="")
    editor.goto(f"{live_server.url}/admin/events/event/{event.pk}/change/")
    line = editor.locator('[data-needs="id_title_ru"]')

    missing = line.get_attribute("data-there")
    line.locator("a").click()
    editor.keyboard.type("Праздник")
    written = line.get_attribute("data-there")
    editor.locator('.checklist a[href="#id_body_en"]').click()
    wait_until(editor, "!!document.activeElement.closest('.prose-editor')")
    editor.keyboard.type("Text")

    assert (missing, written) == (None, "")
    assert editor.input_value("#id_title_ru") == "Праздник"
    assert "Text" in editor.input_value("#id_body_en")
    assert editor.complaints == []


def test_letters_are_counted_and_nothing_pasted_is_cut(editor, live_server):  # noqa: F811
    editor.goto(f"{live_server.url}/admin/events/event/add/")
    counter = editor.locator("#id_summary_kk + .counter")

    before = counter.inner_text()
    editor.fill("#id_summary_kk", "ә" * 260)

    assert (before, counter.inner_text()) == ("0 / 250", "260 / 250")
    assert "counter--over" in counter.get_attribute("class")


def test_what_the_libraries_say_is_kazakh(editor, live_server):  # noqa: F811
    factories.PictureFactory()
    editor.goto(f"{live_server.url}/admin/events/event/add/")

    titles = editor.locator(".prose-menubar button[title]").evaluate_all(
        "all => [...new Set(all.map((one) => one.title))]"
    )
    editor.locator(".field-picture .select2-selection").click()
    editor.keyboard.type("мұндай сурет жоқ")
    nothing = editor.locator(".select2-results__message").inner_text()

    assert titles
    assert [title for title in titles if re.search("[A-Za-z]", title)] == []
    assert nothing == "Ештеңе табылмады"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whole_forms_pass_the_checks_of_wcag(editor, live_server, scheme):  # noqa: F811
    region = factories.RegionFactory()
    region.names.create(of="region", name_kk="Бұрынғы", name_ru="Прежний")
    event = factories.OccurrenceFactory(event__draft=True, event__title_ru="").event
    factories.CitationFactory(target=event, number=1)
    forms = (
        f"/admin/events/event/{event.pk}/change/",
        "/admin/events/event/add/",
        f"/admin/places/region/{region.pk}/change/",
        f"/admin/history/assemblysession/{factories.SessionFactory().pk}/change/",
        f"/admin/history/person/{factories.PersonFactory().pk}/change/",
    )
    editor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for address in forms:
        editor.goto(f"{live_server.url}{address}")
        editor.wait_for_selector("[contenteditable][aria-label], .related-widget-wrapper")
        # What the row of buttons happens to cover at this height is a scroll away.
        editor.evaluate("document.querySelector('.verbs')?.style.setProperty('position', 'static')")
        violations = Axe().run(editor, options=WCAG).response["violations"]
        nodes = [(one["id"], node["html"][:150]) for one in violations for node in one["nodes"]]
        found |= {address: mine} if (mine := [one for one in nodes if one[1] != KNOWN]) else {}

    assert found == {}


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_forms_never_scroll_sideways(editor, live_server, width):  # noqa: F811
    event = factories.OccurrenceFactory().event
    person = factories.PersonFactory()
    person.appointments.create(role_kk="Төраға", role_ru="Председатель")
    editor.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for address in (
        f"/admin/events/event/{event.pk}/change/",
        f"/admin/history/person/{person.pk}/change/",
    ):
        editor.goto(f"{live_server.url}{address}")
        # Until the libraries have dressed their fields, a bare one may be wider.
        editor.wait_for_selector("[contenteditable][aria-label]")
        editor.wait_for_load_state("networkidle")
        wide[address] = editor.evaluate(SCROLLED)

    assert wide == {address: [width] for address in wide}


def test_languages_are_hidden_by_choice_and_shown_when_one_must_see_them(
    editor,  # noqa: F811
    live_server,
):
    event = factories.OccurrenceFactory(event__draft=True, event__summary_en="").event
    form = f"{live_server.url}/admin/events/event/{event.pk}/change/"
    editor.goto(form)

    def seen():
        return [editor.locator(f"#id_title_{code}").is_visible() for code in ("kk", "ru", "en")]

    for code in ("kk", "ru", "en"):
        editor.locator(f'[data-language="{code}"]').click()
    last_one_stays = seen()
    editor.reload()
    after_reload = seen()
    editor.locator('.checklist a[href="#id_summary_en"]').click()
    wait_until(editor, "document.activeElement.id === 'id_summary_en'")
    editor.keyboard.type("Summary")
    shown_for_the_link = seen()
    editor.locator('[data-language="kk"]').check()
    editor.locator('[data-language="ru"]').uncheck()
    editor.evaluate("document.getElementById('id_title_ru').value = 'x'.repeat(300)")
    editor.locator("input[name=_continue]").first.click()
    editor.wait_for_selector("#error-summary")

    assert last_one_stays == [False, False, True]
    assert after_reload == last_one_stays
    assert shown_for_the_link == [False, False, True]
    assert seen()[1] is True
    wait_until(editor, "document.activeElement.id === 'error-summary'")
    assert editor.complaints == []

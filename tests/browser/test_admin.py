"""The editors' screens under the site's own Content-Security-Policy, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(live_server, browser, account):
    """A page signed in as the secretariat, in Kazakh, with its console's complaints."""
    user = account(None, is_superuser=True)
    context = browser.new_context(locale="kk-KZ")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.locator("input[type=submit]").click()
    yield page
    context.close()


def test_the_rich_text_editor_starts_and_its_text_reaches_the_site(editor, live_server):
    page_object = factories.PageFactory(body_kk="<p>Ескі мәтін</p>")
    editor.goto(f"{live_server.url}/admin/pages/page/{page_object.pk}/change/")

    field = editor.locator(".ProseMirror[contenteditable=true]").first
    field.click()
    editor.keyboard.press("End")
    editor.keyboard.type(" және жаңа сөз")
    editor.locator("input[name=_save]").first.click()
    editor.goto(f"{live_server.url}{page_object.get_absolute_url()}")

    assert "Ескі мәтін және жаңа сөз" in editor.inner_text("main")
    assert editor.complaints == []


def test_three_languages_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(
    editor, live_server
):
    editor.goto(f"{live_server.url}/admin/events/event/add/")

    def boxes():
        return [editor.locator(f"#id_title_{code}").bounding_box() for code in ("kk", "ru", "en")]

    editor.set_viewport_size({"width": 1280, "height": 800})
    desk = boxes()
    editor.set_viewport_size({"width": 400, "height": 800})
    phone = boxes()

    assert len({round(box["y"]) for box in desk}) == 1
    assert [box["y"] for box in phone] == sorted({box["y"] for box in phone})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_and_a_list_pass_the_checks_of_wcag(editor, live_server, scheme):
    factories.OccurrenceFactory()
    editor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for address in ("/admin/", "/admin/events/event/"):
        editor.goto(f"{live_server.url}{address}")
        options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}}
        violations = Axe().run(editor, options=options).response["violations"]
        if violations:
            found[address] = [(one["id"], one["nodes"][0]["html"][:150]) for one in violations]

    assert found == {}

"""A preview in a tab of its own, and a reviewer who leaves a remark, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from assembly_site.publishing.draft_links import Remark

from .. import factories
from .test_admin import editor  # noqa: F401 — the same signed-in page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def _violations(page):
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:150]) for one in found]


def _draft():
    return factories.OccurrenceFactory(
        event__draft=True, event__body_kk="<p>Кіріспе</p><h2>Бірінші тарау</h2><p>Мәтін</p>"
    ).event


@pytest.mark.parametrize("scripts", [True, False])
def test_the_unsaved_form_opens_in_another_tab_and_stays_as_it_was(
    live_server, browser, account, scripts
):
    user = account(None, is_superuser=True)
    context = browser.new_context(locale="kk-KZ", java_script_enabled=scripts)
    form = context.new_page()
    complaints = []
    context.on("console", lambda message: complaints.append(message.text))
    form.goto(f"{live_server.url}/admin/")
    form.fill("#id_username", user.username)
    form.fill("#id_password", "a-long-password")
    form.locator("input[type=submit]").click()
    event = _draft()
    form.goto(f"{live_server.url}/admin/events/event/{event.pk}/change/")
    form.fill("#id_title_kk", "Әлі сақталмаған")
    form.fill("#id_title_ru", "Ещё не сохранено")

    with context.expect_page() as opened:
        form.locator(".preview-button").first.click()
    preview = opened.value
    in_kazakh = preview.frame_locator("iframe").locator("h1").inner_text()
    desk = preview.locator("iframe").bounding_box()["width"]
    preview.get_by_role("link", name="Русский").click()
    in_russian = preview.frame_locator("iframe").locator("h1").inner_text()
    preview.get_by_role("link", name="360").click()
    phone = preview.locator("iframe").bounding_box()["width"]
    still_russian = preview.frame_locator("iframe").locator("h1").inner_text()

    assert (in_kazakh, in_russian) == ("Әлі сақталмаған", "Ещё не сохранено")
    assert (desk, phone) == (1280, 360)
    assert still_russian == in_russian
    assert form.input_value("#id_title_kk") == "Әлі сақталмаған"
    event.refresh_from_db()
    assert event.title_kk != "Әлі сақталмаған"
    assert complaints == []
    context.close()


def test_a_reviewer_opens_a_mark_writes_a_remark_and_approves_without_scripts(live_server, browser):
    link = factories.draft_link(_draft())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}{link.path}?language=kk")

    mark = page.locator("#remark-body-1")
    mark.locator("summary").click()
    mark.get_by_label("Аты-жөніңіз").fill("Бекзат Әлімов")
    mark.get_by_label("Ескерту", exact=True).fill("Дереккөзі <қайда>")
    mark.get_by_role("button").click()
    arrived = page.locator("#remark-body-1 [role=status]").inner_text()
    shown = page.locator("#remark-body-1 .remark__list").inner_text()
    page.locator("#approval-name").fill("Бекзат Әлімов")
    page.get_by_role("button", name="Осы мәтінді мақұлдаймын").click()
    approved = page.locator(".approval [role=status]").inner_text()

    remark = Remark.objects.get()
    assert arrived == "Рақмет, ескертуіңіз редакторларға жетті."
    assert "Дереккөзі <қайда>" in shown
    assert (remark.field, remark.chapter, remark.text) == (
        "body:1", "Бірінші тарау", "Дереккөзі <қайда>",
    )  # fmt: skip
    assert approved == "Рақмет, мақұлдағаныңыз жазылды."
    assert link.approvals.get().name == "Бекзат Әлімов"
    assert context.cookies() == []
    context.close()


def test_a_mark_opens_by_keyboard(live_server, browser):
    link = factories.draft_link(_draft())
    page = browser.new_page()
    page.goto(f"{live_server.url}{link.path}?language=kk")

    page.locator("#remark-title summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Бекзат")
    page.keyboard.press("Tab")
    page.keyboard.type("Қысқарақ жазылсын")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Remark.objects.get().text == "Қысқарақ жазылсын"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_draft_page_passes_the_checks_and_never_scrolls_sideways(
    live_server, browser, scheme, width
):
    link = factories.draft_link(_draft())
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for code in ("kk", "ru", "en"):
        page.goto(f"{live_server.url}{link.path}?language={code}")
        for mark in page.locator(".remark > summary").all():
            mark.click()

        assert _violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editors_screens_of_drafts_pass_the_checks(editor, live_server, scheme):  # noqa: F811
    event = _draft()
    link = factories.draft_link(event)
    said = {"language": "kk", "name": "Бекзат"}
    for field in ("title", ""):
        link.remark(link.created_at, field=field, text="Қате бар", **said)
    link.approve(link.created_at, **said)
    editor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    own = f"/admin/events/event/{event.pk}"
    screens = (f"{own}/draft-links/", f"{own}/preview/", "/admin/events/event/add/preview/")

    for screen in (*screens, f"{own}/change/"):
        editor.goto(f"{live_server.url}{screen}")
    complaints = [*editor.complaints]  # before the checker, which makes some itself
    in_the_form = Axe().run(editor, context=".reviewers", options=OPTIONS).response["violations"]
    found = {}
    for screen in screens:
        editor.goto(f"{live_server.url}{screen}")
        found[screen] = _violations(editor)

    assert complaints == []
    assert in_the_form == []
    assert found == {screen: [] for screen in screens}

"""The picture library in a real browser: the keyboard, the crops, and many uploads at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from assembly_site.pictures.models import Picture

from .. import factories
from .test_admin import editor  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORM = "/admin/pictures/picture/{}/change/"


CROPS = "[...document.querySelectorAll('[data-focal-crop]')]"


def _crops(page):
    return page.evaluate(f"{CROPS}.map((crop) => crop.style.objectPosition)")


def _point(page):
    return [page.input_value(f"#id_focal_point_{part}") for part in (0, 1)]


def test_the_point_is_moved_by_keyboard_alone_and_saved(editor, live_server):  # noqa: F811
    picture = factories.PictureFactory(
        image=SimpleUploadedFile("wide.jpg", factories.jpeg((1600, 800)))
    )
    editor.goto(live_server.url + FORM.format(picture.pk))

    editor.locator("#id_focal_point_1").focus()
    editor.keyboard.press("Tab")
    assert editor.evaluate("document.activeElement.matches('[data-focal-picture]')")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowDown"):
        editor.keyboard.press(key)

    assert _point(editor) == ["52", "31"]
    assert editor.inner_text("[data-focal-status]") != ""
    editor.keyboard.press("Enter")
    assert _point(editor) == ["52", "31"]
    editor.locator("input[name=_save]").focus()
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/admin/pictures/picture/")
    picture.refresh_from_db()
    assert picture.focal_point == "0.52x0.31"
    assert editor.complaints == []


def test_the_crops_follow_click_and_numbers_before_anything_is_saved(editor, live_server):  # noqa: F811
    """A picture of two to one: of each side a crop can only move along the width."""
    picture = factories.PictureFactory(
        image=SimpleUploadedFile("wide.jpg", factories.jpeg((1600, 800)))
    )
    editor.goto(live_server.url + FORM.format(picture.pk))
    stored = _crops(editor)

    editor.fill("#id_focal_point_0", "0")
    at_the_edge = _crops(editor)
    shown = editor.locator("[data-focal-picture] img")
    box = shown.bounding_box()
    shown.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})

    assert stored == ["", "", "", ""]
    assert at_the_edge == ["0% 50%"] * 4
    assert _point(editor) == ["75", "25"]
    # Of 2:1 a crop of 4:5 takes 0.4 of the width: from 0.55 on, of 0.6 that are free.
    assert [round(float(crop.split("%")[0]), 1) for crop in _crops(editor)] == [
        100, 100, 91.7, 100,
    ]  # fmt: skip
    picture.refresh_from_db()
    assert picture.focal_point == "0.5x0.5"


def test_three_files_of_which_one_is_broken(editor, live_server):  # noqa: F811
    whole = factories.jpeg()
    files = [
        {"name": "Наурыз.jpg", "mimeType": "image/jpeg", "buffer": whole},
        {"name": "Бүлінген.jpg", "mimeType": "image/jpeg", "buffer": whole[:-2000]},
        {"name": "Той.jpg", "mimeType": "image/jpeg", "buffer": whole},
    ]
    editor.goto(f"{live_server.url}/admin/pictures/picture/upload/")

    editor.set_input_files("#id_pictures", files)
    editor.fill("#id_credit", "Қ. Әбішев")
    editor.locator("[data-upload] input[type=submit]").click()
    editor.locator("[data-upload-after]").wait_for(state="visible")

    assert editor.inner_text("[data-upload-summary]") == ("Қосылды: 2. Қабылданбады: 1. Қалды: 0.")
    rows = editor.locator(".upload__file")
    assert [row.locator("[data-name]").inner_text() for row in rows.all()] == [
        "Наурыз", "Бүлінген.jpg", "Той",
    ]  # fmt: skip
    assert "бүлінген" in rows.nth(1).locator("[data-state]").inner_text()
    assert [row.locator("[data-again]").is_visible() for row in rows.all()] == [False, True, False]
    assert sorted(Picture.objects.values_list("title", "credit")) == [
        ("Наурыз", "Қ. Әбішев"), ("Той", "Қ. Әбішев"),
    ]  # fmt: skip


def test_what_failed_on_the_way_is_sent_again(editor, live_server):  # noqa: F811
    address = "**/admin/pictures/picture/upload/"
    editor.goto(f"{live_server.url}/admin/pictures/picture/upload/")
    editor.set_input_files(
        "#id_pictures", {"name": "Той.jpg", "mimeType": "image/jpeg", "buffer": factories.jpeg()}
    )
    editor.fill("#id_credit", "Қ. Әбішев")
    editor.route(address, lambda route: route.abort())

    editor.locator("[data-upload] input[type=submit]").click()
    again = editor.locator("[data-again]")
    again.wait_for(state="visible")
    lost = editor.inner_text("[data-state]")
    editor.unroute(address)
    again.click()
    editor.locator("[data-upload-after]").wait_for(state="visible")

    assert "Байланыс үзілді" in lost
    assert [picture.title for picture in Picture.objects.all()] == ["Той"]


def test_who_signs_in_anew_in_another_tab_goes_on_with_the_upload(editor, live_server, account):  # noqa: F811
    editor.goto(f"{live_server.url}/admin/pictures/picture/upload/")
    editor.set_input_files(
        "#id_pictures", {"name": "Той.jpg", "mimeType": "image/jpeg", "buffer": factories.jpeg()}
    )
    editor.fill("#id_credit", "Қ. Әбішев")
    Session.objects.all().delete()

    editor.locator("[data-upload] input[type=submit]").click()
    again = editor.locator("[data-again]")
    again.wait_for(state="visible")
    refused = editor.inner_text("[data-state]")
    tab = editor.context.new_page()
    tab.goto(f"{live_server.url}/admin/login/")
    tab.fill("#id_username", account(None, is_superuser=True).username)
    tab.fill("#id_password", "a-long-password")
    tab.locator(".submit-row input[type=submit]").click()
    tab.wait_for_url("**/admin/")
    again.click()
    editor.locator("[data-upload-after]").wait_for(state="visible")

    assert "жүйеден шығып" in refused
    assert [picture.title for picture in Picture.objects.all()] == ["Той"]


def test_without_a_script_the_form_sends_all_files_and_names_the_broken_one(
    browser, live_server, account
):
    whole = factories.jpeg()
    user = account(None, is_superuser=True)
    context = browser.new_context(locale="kk-KZ", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/pictures/picture/upload/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.locator("input[type=submit]").click()

    page.set_input_files(
        "#id_pictures",
        [
            {"name": "Той.jpg", "mimeType": "image/jpeg", "buffer": whole},
            {"name": "Бүлінген.jpg", "mimeType": "image/jpeg", "buffer": whole[:-2000]},
        ],
    )
    page.fill("#id_credit", "Қ. Әбішев")
    page.locator(".submit-row input[type=submit]").click()

    assert page.inner_text("#report-heading") == "1 сурет қосылды"
    assert page.inner_text(".upload__refused strong") == "Бүлінген.jpg"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_pass_the_checks_of_wcag(editor, live_server, scheme):  # noqa: F811
    picture = factories.PictureFactory()
    factories.EventFactory(picture=picture)
    factories.PictureFactory(bare=True)
    editor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = {}
    for address in (
        "/admin/pictures/picture/",
        "/admin/pictures/picture/upload/",
        "/admin/pictures/picture/add/",
        FORM.format(picture.pk),
    ):
        editor.goto(live_server.url + address)
        violations = Axe().run(editor, options=options).response["violations"]
        if violations:
            found[address] = [(one["id"], one["nodes"][0]["html"][:150]) for one in violations]

    assert found == {}


def test_no_screen_scrolls_sideways_on_a_phone(editor, live_server):  # noqa: F811
    picture = factories.PictureFactory(title="Қазақстанхалқыассамблеясыныңмерекесі" * 3)
    editor.set_viewport_size({"width": 320, "height": 700})
    wide = []
    for address in (
        "/admin/pictures/picture/", "/admin/pictures/picture/upload/", FORM.format(picture.pk),
    ):  # fmt: skip
        editor.goto(live_server.url + address)
        if editor.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    assert wide == []

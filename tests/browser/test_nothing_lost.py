"""Two people in one form, closed tabs, sessions that end: nothing typed is lost."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session

from events.models import Event

from .. import factories
from .waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai")


@pytest.fixture
def event(abai):
    event = factories.EventFactory(draft=True, region=abai, title_kk="Достық мерекесі")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 5), room="Кіші зал")
    return event


@pytest.fixture
def form_address(live_server, event):
    return f"{live_server.url}/admin/events/event/{event.pk}/change/"


@pytest.fixture
def sign_in(live_server, browser, account):
    """Opens a browser of its own for a person with a role; `page.complaints` has its console."""
    contexts = []

    def sign_in(role, name, **fields):
        user = account(role, first_name=name, **fields)
        context = browser.new_context(locale="kk-KZ")
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/admin/")
        page.user = user
        _enter(page)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def _enter(page):
    page.fill("#id_username", page.user.username)
    page.fill("#id_password", "a-long-password")
    page.locator("#login-form input[type=submit]").click()


def _save(page):
    page.locator("input[name=_save]").click()
    page.wait_for_load_state()


def _without_warnings(page):
    page.on("dialog", lambda dialog: dialog.accept())


def test_the_second_of_two_chooses_by_field_and_the_rest_is_merged(sign_in, event, form_address):
    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")
    for page in (aisha, dana):
        page.goto(form_address)
    dana.fill("#id_title_kk", "Достық күні")
    dana.fill("#id_occurrences-0-room", "Үлкен зал")
    aisha.fill("#id_title_kk", "Достық апталығы")
    aisha.fill("#id_title_ru", "Неделя дружбы")
    _save(dana)
    _save(aisha)

    question = aisha.locator(".question")
    assert question.count() == 1
    assert question.locator("input[value=mine]").is_checked()
    assert question.locator("del").all_inner_texts() == ["мерекесі", "мерекесі"]
    assert question.locator("ins").all_inner_texts() == ["апталығы", "күні"]
    question.locator("input[value=theirs]").check()
    aisha.locator(".choose input.default").click()
    aisha.wait_for_selector(".messagelist")

    event.refresh_from_db()
    assert (event.title_kk, event.title_ru) == ("Достық күні", "Неделя дружбы")
    assert event.occurrences.get().room == "Үлкен зал"
    assert "Дана" in aisha.inner_text(".messagelist")
    assert aisha.complaints == []


def test_back_from_the_choice_stands_all_that_was_typed(sign_in, event, form_address):
    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")
    for page in (aisha, dana):
        page.goto(form_address)
    dana.fill("#id_title_kk", "Достық күні")
    aisha.fill("#id_title_kk", "Достық апталығы")
    aisha.fill("#id_summary_ru", "Долгий текст")
    _save(dana)
    _save(aisha)

    aisha.locator("input[name=_refill]").click()

    assert aisha.input_value("#id_title_kk") == "Достық апталығы"
    assert aisha.input_value("#id_summary_ru") == "Долгий текст"


def test_text_of_a_closed_tab_is_offered_and_brought_back_rich_text_and_new_rows_included(
    sign_in, event, form_address
):
    page = sign_in("secretariat", "Айша")
    context = page.context
    page.goto(form_address)
    page.fill("#id_title_kk", "Жазылып жатқан атау")
    page.locator(".ProseMirror[contenteditable=true]").first.click()
    page.keyboard.type("Ұзақ мәтін")
    page.locator("#occurrences-group .add-row a").click()
    page.fill("#id_occurrences-1-first_day", "09.06.2035")
    page.close()

    again = context.new_page()
    _without_warnings(again)
    again.goto(form_address)
    offer = again.locator("#unsaved .returned")
    assert re.search(r"\d\d:\d\d", offer.inner_text())
    assert again.input_value("#id_title_kk") == "Достық мерекесі"
    offer.locator("[data-do=bring]").click()
    again.wait_for_load_state()

    assert again.input_value("#id_title_kk") == "Жазылып жатқан атау"
    assert "Ұзақ мәтін" in again.locator(".ProseMirror[contenteditable=true]").first.inner_text()
    assert again.input_value("#id_occurrences-1-first_day") == "09.06.2035"
    _save(again)
    event.refresh_from_db()
    assert (event.title_kk, event.occurrences.count()) == ("Жазылып жатқан атау", 2)
    again.goto(form_address)
    assert again.locator("#unsaved .returned").count() == 0


def test_unsaved_text_can_be_thrown_away_and_is_nobody_elses(sign_in, form_address):
    page = sign_in("secretariat", "Айша")
    page.goto(form_address)
    page.fill("#id_title_kk", "Керексіз")
    page.close()

    again = page.context.new_page()
    again.goto(form_address)
    again.locator("[data-do=throw]").click()
    again.reload()
    assert again.locator("#unsaved .returned").count() == 0
    again.fill("#id_title_kk", "Айшаның мәтіні")
    again.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    kept = again.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('unsaved:'))")
    assert [key.split(":")[1] for key in kept] == [str(page.user.pk)]


def test_a_tab_with_unsaved_text_asks_before_it_closes(sign_in, form_address):
    page = sign_in("secretariat", "Айша")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(form_address)
    page.goto(form_address)
    assert asked == []

    page.fill("#id_title_kk", "Жазылып жатыр")
    page.goto(form_address)

    assert asked == ["beforeunload"]


def test_control_and_s_save_and_go_on(sign_in, event, form_address):
    page = sign_in("secretariat", "Айша")
    page.goto(form_address)
    page.fill("#id_title_kk", "Пернемен сақталды")

    with page.expect_navigation():
        page.keyboard.press("Control+s")

    event.refresh_from_db()
    assert event.title_kk == "Пернемен сақталды"
    assert page.url == form_address
    assert page.locator("#unsaved .returned").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_session_that_ended_costs_no_word_with_or_without_scripts(
    sign_in, browser, event, form_address, scripts, live_server
):
    page = sign_in("secretariat", "Айша")
    if not scripts:
        user = page.user
        page = browser.new_context(locale="kk-KZ", java_script_enabled=False).new_page()
        page.user = user
        page.goto(f"{live_server.url}/admin/")
        _enter(page)
    page.goto(form_address)
    page.fill("#id_title_kk", "Ұзақ жазылған атау")
    Session.objects.all().delete()
    _save(page)
    assert page.locator(".errornote").count() == 1
    _enter(page)

    assert page.url == form_address
    assert page.input_value("#id_title_kk") == "Ұзақ жазылған атау"
    assert page.locator("#unsaved .returned").count() == 0
    _save(page)
    event.refresh_from_db()
    assert event.title_kk == "Ұзақ жазылған атау"
    page.context.close() if not scripts else None


def test_who_else_has_it_open_is_said_and_nobody_is_asked_from_a_hidden_tab(
    sign_in, event, form_address
):
    dana = sign_in("secretariat", "Дана")
    dana.goto(form_address)
    wait_until(dana, "performance.getEntriesByType('resource').some("
                     "(one) => one.name.endsWith('/presence/'))")  # fmt: skip
    aisha = sign_in("secretariat", "Айша")
    aisha.goto(form_address)

    assert "Дана" in aisha.inner_text("#presence")
    beats = []
    aisha.on("request", lambda request: beats.append(request.url))
    aisha.evaluate("""Object.defineProperty(document, "hidden", { value: true });
                      document.dispatchEvent(new Event("visibilitychange"))""")
    aisha.wait_for_timeout(300)
    assert [url for url in beats if url.endswith("/presence/")] == []
    assert aisha.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_proposals_and_choices_pass_the_checks_of_wcag(
    sign_in, event, form_address, abai, live_server, scheme
):
    found = {}

    def check(page, name, context="#main"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}}
        violations = Axe().run(page, context=context, options=options).response["violations"]
        found.update({f"{name}: {one['id']}": one["nodes"][0]["html"][:150] for one in violations})

    aisha, dana = sign_in("secretariat", "Айша"), sign_in("secretariat", "Дана")
    for page in (aisha, dana):
        page.goto(form_address)
        page.fill("#id_title_kk", page.user.first_name)
    _save(dana)
    _save(aisha)
    check(aisha, "choice")
    Event.objects.filter(pk=event.pk).update(status="published", publish_at=factories.LONG_AGO)
    editor = sign_in("regional-editor", "Әсел", regions=[abai])
    editor.goto(form_address)
    editor.fill("#id_title_kk", "Ұсынылған атау")
    _save(editor)
    check(editor, "form", ".returned")
    editor.locator(".returned a").click()
    check(editor, "own proposal")
    dana.goto(editor.url)
    check(dana, "decision")

    assert found == {}

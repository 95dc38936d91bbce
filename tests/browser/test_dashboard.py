"""The first screen of the admin, full of work, in a real browser."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from assembly_site.backoffice.models import WeeklyScore
from assembly_site.backoffice.upkeep import Look
from assembly_site.publishing import review

from .. import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}}


@pytest.fixture
def region():
    return factories.RegionFactory(name_kk="Солтүстік Қазақстан облысы")


@pytest.fixture
def people(account, region):
    return {
        "secretariat": account("secretariat", first_name="Ерлан"),
        "regional-editor": account("regional-editor", regions=[region], first_name="Әсел"),
        "historian": account("historian"),
    }


@pytest.fixture
def full_desks(people, region):
    """Something in each part of each desk."""
    at = timezone.now()
    title = "Халықаралық ғылыми-тәжірибелік конференция: достық пен келісім жылдары"
    for day in (-4, 0, 3, 5):
        event = factories.EventFactory(region=region, title_kk=title, title_en="", draft=day == 5)
        factories.OccurrenceFactory(event=event, first_day=at.date() + timedelta(days=day))
    review.submit(event, people["regional-editor"], at)
    for thing in (factories.EventFactory(region=region, draft=True),
                  factories.MilestoneFactory(draft=True, title_en="")):  # fmt: skip
        review.submit(thing, people["historian"], at)
        review.return_with_notes(thing, people["secretariat"], at, "Жақсы", {"title_ru": "Қысқа"})
    factories.EventFactory(region=region, publish_at=at + timedelta(days=2))
    for weeks in (1, 2, 5):
        WeeklyScore.objects.keep(Look(at - timedelta(weeks=weeks)))


@pytest.fixture
def open_desk(live_server, browser, people, full_desks):
    """Opens the desk of a role; gives the page."""
    contexts = []

    def opened(role, **options):
        context = browser.new_context(locale="kk-KZ", reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/")
        page.fill("#id_username", people[role].username)
        page.fill("#id_password", "a-long-password")
        page.locator("input[type=submit]").click()
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ["secretariat", "regional-editor", "historian"])
def test_a_full_desk_passes_the_checks_of_wcag(open_desk, role, scheme):
    page = open_desk(role, color_scheme=scheme)
    page.evaluate(
        "document.querySelectorAll('#content details').forEach(one => { one.open = true; })"
    )

    violations = Axe().run(page, options=WCAG).response["violations"]

    assert page.locator(".desk__part").count() > 3
    assert [(one["id"], one["nodes"][0]["html"][:150]) for one in violations] == []


@pytest.mark.parametrize("role", ["secretariat", "regional-editor"])
def test_no_desk_scrolls_sideways_on_a_phone(open_desk, role):
    page = open_desk(role, viewport={"width": 320, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_a_script_a_rule_opens_and_its_link_leads_to_the_form(open_desk):
    page = open_desk("regional-editor", java_script_enabled=False)

    page.locator(".need:not([open]) > summary").last.click()
    page.locator(".need[open] a").last.click()

    assert "/change/#" in page.url
    assert page.locator("#content h1").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_the_lines_of_twelve_weeks_are_seen_and_their_numbers_opened_without_a_script(
    open_desk, width
):
    page = open_desk(
        "secretariat", java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    scores = page.locator("section:has(> #scores-heading)")
    line = scores.get_by_role("img", name="6 апта ішінде").last

    scores.locator("summary").click()

    assert line.bounding_box()["x"] + line.bounding_box()["width"] <= width
    cells = scores.locator(".by-week__table tbody tr").last.locator("td").all_inner_texts()
    assert [one != "–" for one in cells] == [number in (0, 1, 2, 5) for number in range(12)]


def test_without_a_script_two_events_are_told_apart_and_it_is_taken_back(open_desk):
    page = open_desk("regional-editor", java_script_enabled=False)
    part = page.locator("section:has(> #duplicates-heading)")
    address = part.locator("ol form").first.get_attribute("action")
    verdict = part.locator(f'form[action="{address}"]')

    verdict.get_by_role("button").click()
    after = verdict.count()
    part.locator("summary").click()
    part.get_by_role("button", name="Қайтарып алу").click()

    assert (after, verdict.count()) == (0, 1)
    assert part.locator("summary").count() == 0

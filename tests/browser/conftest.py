"""A browser and a small site for it to look at."""

import shutil
import time
from datetime import date

import pytest

from assembly_site.languages.dates import PartialDate
from events.shared_list import SharedList

from .. import factories


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def nothing_under_way(transactional_db):
    """Lets the server end what a closed page had asked for, before the tables are emptied."""
    yield
    time.sleep(0.3)


@pytest.fixture
def site(live_server):
    """A little of everything that pages show; gives the address of the server."""
    stage = factories.StageFactory(
        number=1,
        body_kk="<h2>Тарау</h2><p>Мәтін [1]</p>",
        body_ru="<h2>Глава</h2><p>Текст [1]</p>",
        body_en="<h2>Chapter</h2><p>Text [1]</p>",
    )
    region = factories.RegionFactory(
        outline="M0 0h100v100z", label_x=50, label_y=50, introduction_kk="Кіріспе"
    )
    factories.RegionFactory(kind="city", code="KZ-71", label_x=300, label_y=200)
    factories.CitationFactory(target=stage, number=1, source__language="en")
    session = factories.SessionFactory(number=34, stage=stage, region=region)
    milestone = factories.MilestoneFactory(stage=stage, region=region, session=session, key=True)
    factories.CitationFactory(target=milestone, number=1, source__language="en", supports="date")
    factories.CitationFactory(
        target=milestone,
        number=2,
        supports="date, text",
        state="disputed",
        statement_kk="1994 жыл дейді.",
        statement_ru="Пишет: 1994 год.",
        statement_en="Says 1994.",
        source__publisher="Мұрағат",
        source__archive_url="https://example.org/archive",
        source__unreachable_since=date(2026, 3, 5),
    )
    event = factories.OccurrenceFactory(
        event__region=region, first_day=date(2025, 4, 23), last_day=date(2025, 4, 24)
    ).event
    decision = session.decisions.create(number=1, text_kk="Шешім", text_ru="Решение",
                                        text_en="Decision", outcome_kk="Нәтиже")  # fmt: skip
    decision.milestones.add(milestone)
    event.milestone = milestone
    event.save()
    person = factories.PersonFactory()
    person.appointments.create(role_kk="Төраға", role_ru="Председатель", role_en="Chairman",
                               start=PartialDate(1995))  # fmt: skip
    body = factories.BodyFactory(
        kind="assembly", founded=PartialDate(1995, 3, 1), body_kk="<p>Мәтін</p>"
    )
    body.names.create(
        name_kk="Бұрынғы атау", name_ru="Прежнее название", valid_to=PartialDate(2007)
    )
    document = factories.DocumentFactory(
        number="70-IV", url="https://example.org/law", file_language="kk", author=person,
        session=session, milestone=milestone,
    )  # fmt: skip
    document.bodies.add(body)
    for one in (session, milestone):
        one.people.add(person)
    milestone.bodies.add(body)
    decision = session.decisions.create(
        number=1, text_kk="Шешім", text_ru="Решение", text_en="Decision", state="became-law"
    )
    decision.documents.add(document)
    person.appointments.create(
        body=body, role_kk="Мүше", role_ru="Член",
        seen_from=PartialDate(2001, 5), seen_to=PartialDate(2002),
    )  # fmt: skip
    factories.CitationFactory(target=body, number=1, source__language="en")
    for owner in (stage, body):
        for year in (2010, 2012, 2016):
            owner.figures.create(
                series="associations", label_kk="Бірлестіктер", label_ru="Объединения",
                label_en="Associations", value=year // 2, approximate=year == 2016,
                date=PartialDate(year), citation_number=1,
            )  # fmt: skip
    for number in (31, 32, 33):
        factories.SessionFactory(number=number, participants=number * 40)
    live_server.addresses = [
        "/",
        "/events/?when=all",
        "/events/?region=nowhere&from=31.31&when=weekend",
        "/events/calendar/2025/04/",
        "/events/map/",
        region.get_absolute_url()[3:],
        event.category.get_absolute_url()[3:],
        "/events/changes/",
        event.get_absolute_url()[3:],
        "/history/",
        "/history/?region=nowhere&theme=law&view=compact",
        "/history/?theme=youth",
        stage.get_absolute_url()[3:],
        milestone.get_absolute_url()[3:],
        "/history/sessions/",
        "/history/sessions/?sort=-date&decade=nope&stage=" + stage.slug,
        session.get_absolute_url()[3:],
        "/history/people/",
        person.get_absolute_url()[3:],
        "/history/bodies/",
        body.get_absolute_url()[3:],
        "/history/documents/",
        "/history/documents/?by=date&kind=law",
        document.get_absolute_url()[3:],
        factories.SessionFactory(number=7, date=None, theme_kk="").get_absolute_url()[3:],
        "/history/today/",
        "/history/sources/",
        "/history/sources/?state=lost&by=year&language=en",
        "/history/on-this-day/?date=03-01",
        f"/events/mine/?ids={event.pk}",
        SharedList((event.pk,), "8-сынып", date(2025, 4, 1)).get_absolute_url()[3:],
        "/embed/",
        "/search/",
        "/search/?q=34",
        "/search/?q=семинар марсиан",
        "/nothing-here/",
    ]
    return live_server

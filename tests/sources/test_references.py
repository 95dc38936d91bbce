"""Citing a page of this site: by the standards, in its language, and in BibTeX that can be read."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.texts import Wording
from assembly_site.sources.references import Reference, escaped

from .. import factories

SITE = "http://127.0.0.1:8000"
CHANGED = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)  # 21 November in Astana
READ = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)  # 25 November in Astana


@pytest.fixture
def session(db):
    with time_machine.travel(CHANGED, tick=False):
        return factories.SessionFactory(number=34)


def _forms(client, path):
    """The words of each form in which a page is cited, by its name."""
    with time_machine.travel(READ, tick=False):
        text = client.get(path).content.decode()
    box = re.search(r'<details class="cite">(.*?)</details>', text, re.DOTALL)[1]
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", box, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", form) for name, form in pairs}


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        (
            "kk",
            {
                "МЕМСТ 7.1–2003": "XXXIV сессия [Электрондық ресурс] // Қазақстан халқы "
                f"Ассамблеясы : [сайт]. – 2026. – URL: {SITE}/kk/history/sessions/34/ (қаралған "
                "күні: 25.11.2026). – Жаңартылған күні: 21.11.2026.",
                "МЕМСТ Р 7.0.100–2018": "XXXIV сессия. – Мәтін : электрондық // Қазақстан халқы "
                f"Ассамблеясы : [сайт]. – 2026. – URL: {SITE}/kk/history/sessions/34/ (қаралған "
                "күні: 25.11.2026). – Жаңартылған күні: 21.11.2026.",
                "APA 7": "Қазақстан халқы Ассамблеясы. (2026, 21 қараша). XXXIV сессия. Қаралған "
                f"күні: 2026 жылғы 25 қараша, {SITE}/kk/history/sessions/34/",
            },
        ),
        (
            "ru",
            {
                "ГОСТ 7.1–2003": "XXXIV сессия [Электронный ресурс] // Ассамблея народа "
                f"Казахстана : [сайт]. – 2026. – URL: {SITE}/ru/history/sessions/34/ (дата "
                "обращения: 25.11.2026). – Дата обновления: 21.11.2026.",
                "ГОСТ Р 7.0.100–2018": "XXXIV сессия. – Текст : электронный // Ассамблея народа "
                f"Казахстана : [сайт]. – 2026. – URL: {SITE}/ru/history/sessions/34/ (дата "
                "обращения: 25.11.2026). – Дата обновления: 21.11.2026.",
                "APA 7": "Ассамблея народа Казахстана. (2026, 21 ноября). XXXIV сессия. Дата "
                f"обращения: 25 ноября 2026 г., {SITE}/ru/history/sessions/34/",
            },
        ),
        (
            "en",
            {
                "GOST 7.1–2003": "Session XXXIV [Electronic resource] // Assembly of People of "
                f"Kazakhstan : [website]. – 2026. – URL: {SITE}/en/history/sessions/34/ (date of "
                "access: 25.11.2026). – Date of update: 21.11.2026.",
                "GOST R 7.0.100–2018": "Session XXXIV. – Text : electronic // Assembly of People "
                f"of Kazakhstan : [website]. – 2026. – URL: {SITE}/en/history/sessions/34/ (date "
                "of access: 25.11.2026). – Date of update: 21.11.2026.",
                "APA 7": "Assembly of People of Kazakhstan. (2026, November 21). Session XXXIV. "
                f"Retrieved November 25, 2026, from {SITE}/en/history/sessions/34/",
            },
        ),
    ],
)
def test_a_page_is_cited_by_the_standards_in_the_words_of_its_language(
    client, session, code, forms
):
    found = _forms(client, f"/{code}/history/sessions/34/")

    assert {name: found[name] for name in forms} == forms


def test_bibtex_names_the_page_its_site_and_its_days(client, session):
    assert _forms(client, "/en/history/sessions/34/")["BibTeX"] == "\n".join([
        "@misc{assembly-en-history-sessions-34,",
        "author = {{Assembly of People of Kazakhstan}},",
        "title = {{Session XXXIV}},",
        "publisher = {{Assembly of People of Kazakhstan}},",
        "year = {2026},",
        "month = nov,",
        f"howpublished = {{\\url{{{SITE}/en/history/sessions/34/}}}},",
        "urldate = {2026-11-25},",
        "language = {english}",
        "}",
    ])  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        factories.StageFactory, factories.MilestoneFactory, factories.PersonFactory,
        factories.BodyFactory, factories.DocumentFactory, factories.PageFactory,
        lambda: factories.OccurrenceFactory().event,
    ],
)  # fmt: skip
def test_every_kind_of_page_can_be_cited_by_its_own_permanent_address(client, make):
    instance = make()
    path = f"/ru{instance.get_absolute_url()[3:]}"

    found = _forms(client, path)

    title = getattr(instance, f"{instance.slug_from}_ru")
    assert found["Постоянная ссылка"].startswith(f"{SITE}{path}Ссылка постоянная")
    assert found["ГОСТ 7.1–2003"].startswith(f"{title} [Электронный ресурс]")
    assert re.match(r"@misc\{([a-z0-9-]+),\n", found["BibTeX"])


@pytest.mark.django_db
def test_a_title_that_falls_back_keeps_its_language(client):
    page = factories.PageFactory(title_kk="Байланыс", title_en="")

    text = client.get(f"/en{page.get_absolute_url()[3:]}").content.decode()

    assert '<dd><span lang="kk">Байланыс</span> [Electronic resource]' in text


@pytest.mark.django_db
def test_a_preview_cannot_be_cited(client):
    milestone = factories.MilestoneFactory(draft=True)

    response = client.get(factories.draft_link(milestone).path + "?language=en")

    assert response.status_code == 200
    assert "Cite this page" not in response.content.decode()


def test_the_page_stays_the_same_within_a_day_and_not_longer(client, session):
    tags = []
    for moment in (READ.replace(hour=19), READ.replace(hour=23), READ.replace(day=25, hour=20)):
        with time_machine.travel(moment, tick=False):
            tags.append(client.get("/kk/history/sessions/34/")["ETag"])

    assert tags[0] == tags[1] != tags[2]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50 % & more_or #1", r"50 \% \& more\_or \#1"),
        ("$5 ~ ^2", r"\$5 \textasciitilde{} \textasciicircum{}2"),
        ("{a} \\b", r"\textbraceleft{}a\textbraceright{} \textbackslash{}b"),
        ("«Қазақстан»\n  халқы\x00", "«Қазақстан» халқы"),
    ],
)
def test_signs_that_bibtex_takes_for_its_own_are_escaped(text, written):
    assert escaped(text) == written


@given(st.text(max_size=60))
def test_whatever_the_title_the_entry_stays_one_entry(text):
    reference = Reference(
        Wording(text, "kk"), "/kk/pages/x/", date(2026, 1, 2), date(2026, 1, 3), "kk"
    )

    depths, depth = [], 0
    for sign in reference.bibtex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        depths.append(depth)

    assert depths[-1] == 0
    assert 0 not in depths[depths.index(1) : -1]
    assert len(reference.bibtex.splitlines()) == 10
    assert re.search(r"(?<!\\)[%&#$~^]", reference.bibtex) is None

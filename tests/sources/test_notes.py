"""How we know: what a note says, its marks, where sources differ, and a source whose link died."""

import re
from datetime import date

import pytest
from django.utils import translation

from assembly_site.languages.dates import PartialDate
from assembly_site.sources.models import Citation
from assembly_site.sources.notes import differences, sum_in_words

from .. import factories

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru", "en")


def _page(client, instance, code="en"):
    response = client.get(f"/{code}{instance.get_absolute_url()[3:]}")
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def _notes(client, instance, code="en"):
    """The words of each note, by number."""
    found = re.findall(
        r'<li id="note-(\d+)".*?>(.*?)</li>\n(?=<li id="note|</ol>)',
        _page(client, instance, code),
        re.DOTALL,
    )
    return {
        int(number): " ".join(re.sub(r"<[^>]+>", " ", words).split()) for number, words in found
    }


def _owners():
    """One object of each kind that has notes, with a text that bears the mark of note 1."""
    texts = {f"body_{code}": "<p>Text [1].</p>" for code in LANGUAGES}
    session = factories.SessionFactory(number=22, body_en="<p>Held [1].</p>")
    session.decisions.create(number=1, text_en="Decided [1].")
    return {
        "stage": factories.StageFactory(**texts),
        "milestone": factories.MilestoneFactory(**texts),
        "session with decisions": session,
        "person": factories.PersonFactory(**texts),
        "body": factories.BodyFactory(**texts),
        "document": factories.DocumentFactory(**texts),
        "event": factories.OccurrenceFactory(event=factories.EventFactory(**texts)).event,
        "region": factories.RegionFactory(introduction_en="Text [1]."),
        "page": factories.PageFactory(**texts),
    }


@pytest.mark.parametrize("kind", [
    "stage", "milestone", "session with decisions", "person", "body", "document", "event",
    "region", "page",
])  # fmt: skip
def test_marks_and_notes_of_every_kind_lead_to_each_other(client, kind):
    instance = _owners()[kind]
    factories.CitationFactory(target=instance, number=1, supports="date, text")

    text = _page(client, instance)

    marks = re.findall(r'id="(mark-[^"]+)"><a href="#(note-[^"]+)"', text)
    expected = ["mark-1", "mark-1-2"] if "decisions" in kind else ["mark-1"]
    assert marks == [(anchor, "note-1") for anchor in expected]
    assert re.findall(r'href="#(mark-[^"]+)"', text) == expected
    assert text.count('id="note-1"') == 1


def test_the_first_mark_has_an_arrow_and_several_have_letters(client):
    milestone = factories.MilestoneFactory(body_en="<p>One [1], two [2], one again [1].</p>")
    for number in (1, 2):
        factories.CitationFactory(target=milestone, number=number)

    notes = _notes(client, milestone)

    assert notes[1].startswith("↑ a b Source")
    assert notes[2].startswith("↑ Source")


def test_a_figure_is_led_back_to_as_a_text_is(client):
    stage = factories.StageFactory()
    factories.CitationFactory(target=stage, number=3)
    stage.figures.create(series="x", value=5, date=PartialDate(2020), citation_number=3)

    text = _page(client, stage)

    assert 'id="mark-3"><a href="#note-3"' in text
    assert 'href="#mark-3"' in text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("kk", "Құжат, Мұрағат, 1995 жылғы наурыз, неміс тілінде "
               "Растайтыны: күні, атауы. 2026 жылғы 24 қарашада тексерілді."),
        ("ru", "Құжат, Мұрағат, март 1995 г., на немецком языке "
               "Подтверждает: дата, имя или название. Проверено 24 ноября 2026 г."),
        ("en", "Құжат, Мұрағат, March 1995, in German "
               "Shows: date, name. Checked on 24 November 2026."),
    ],
)  # fmt: skip
def test_a_note_says_in_words_what_it_shows_and_when_it_was_checked(client, code, words):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone,
        source__title="Құжат",
        source__publisher="Мұрағат",
        source__language="de",
        source__published_on=PartialDate(1995, 3),
        supports="date, unheard-of, name",
        state="checked",
        checked_on=date(2026, 11, 24),
    )

    assert _notes(client, milestone, code)[1].replace(" ,", ",") == words


def test_a_note_of_which_little_is_known_says_no_more(client):
    milestone = factories.MilestoneFactory()
    source = factories.SourceFactory(title="Letter", url="", language="xx")
    factories.CitationFactory(target=milestone, source=source)

    assert _notes(client, milestone)[1] == "Letter , xx Not yet checked."


def test_an_address_that_answers_comes_with_its_archived_copy(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone, source__url="https://e.org/now", source__archive_url="https://e.org/old"
    )

    text = _page(client, milestone)

    assert text.index('href="https://e.org/now"') < text.index('href="https://e.org/old"')
    assert "not answered" not in text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("kk", "Мекенжай 2026 жылғы 5 наурыздан бері жауап бермейді, сілтеме мұрағаттық көшірмеге "
               "апарады."),
        ("ru", "Адрес не отвечает с 5 марта 2026 г.; ссылка ведёт на архивную копию."),
        ("en", "The address has not answered since 5 March 2026; the link leads to the archived "
               "copy."),
    ],
)  # fmt: skip
def test_of_a_dead_address_the_archived_copy_comes_first_and_a_sentence_says_why(
    client, code, sentence
):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone,
        source__url="https://e.org/dead",
        source__archive_url="https://e.org/kept",
        source__unreachable_since=date(2026, 3, 5),
    )

    text = _page(client, milestone, code)

    assert sentence in text
    assert text.index('href="https://e.org/kept"') < text.index('href="https://e.org/dead"')


def test_a_dead_address_without_a_copy_is_no_link_of_the_title(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone,
        source__title="Lost page",
        source__url="https://e.org/dead",
        source__unreachable_since=date(2026, 3, 5),
    )

    text = _page(client, milestone)

    assert "<cite>Lost page</cite>" in text
    assert "The address has not answered since 5 March 2026, and there is no archived copy." in text
    assert 'href="https://e.org/dead">The old address</a>' in text


@pytest.mark.parametrize(
    ("states", "kk", "ru", "en"),
    [
        (["checked"], "1 дереккөз: 1 тексерілді", "1 источник: 1 проверен", "1 source: 1 checked"),
        (
            ["checked", "disputed", "checked", "checked", "checked"],
            "5 дереккөз: 4 тексерілді, 1 басқаша айтады",
            "5 источников: 4 проверены, 1 говорит иначе",
            "5 sources: 4 checked, 1 says otherwise",
        ),
        (
            ["disputed", "disputed", "unchecked"],
            "3 дереккөз: 1 әлі тексерілмеген, 2 басқаша айтады",
            "3 источника: 1 ещё не проверен, 2 говорят иначе",
            "3 sources: 1 not yet checked, 2 say otherwise",
        ),
    ],
)  # fmt: skip
def test_the_sum_at_the_head_counts_each_state(states, kk, ru, en):
    citations = [Citation(state=state) for state in states]

    for code, words in zip(LANGUAGES, (kk, ru, en), strict=True):
        with translation.override(code):
            assert sum_in_words(citations) == words


def _disputed(target, number, supports, says=""):
    return factories.CitationFactory(
        target=target, number=number, supports=supports, state="disputed",
        statement_kk=says, statement_ru=says, statement_en=says,
    )  # fmt: skip


@pytest.fixture
def law():
    """A document whose date three sources give in three ways, and whose number two."""
    law = factories.DocumentFactory()
    for number, supports in enumerate(("date, text", "number", "text"), start=1):
        factories.CitationFactory(target=law, number=number, supports=supports, state="checked")
    _disputed(law, 4, "date, text", "Gives 20 December.")
    _disputed(law, 5, "number", "Gives No. 7.")
    _disputed(law, 6, "date", "Gives 2009.")
    return law


def test_versions_of_a_fact_stand_together_with_their_sources(law):
    found = [
        (one.facts, [note.number for note in one.agreeing], [note.number for note in one.otherwise])
        for one in differences(law.citations.all())
    ]

    assert found == [(("date",), [1], [4, 6]), (("number",), [2], [5])]


def test_facts_that_one_source_joins_stand_together():
    session = factories.SessionFactory()
    for number, supports in enumerate(("date", "place", "date, place"), start=1):
        _disputed(session, number, supports)

    (only,) = differences(session.citations.all())

    assert set(only.facts) == {"date", "place"}
    assert sorted(note.number for note in only.otherwise) == [1, 2, 3]


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("kk", "Дереккөздер әртүрлі айтады: күні"),
        ("ru", "Источники расходятся: дата"),
        ("en", "Sources differ: date"),
    ],
)
def test_a_mark_by_the_date_leads_to_the_versions_side_by_side(client, law, code, mark):
    text = _page(client, law, code)

    link = re.search(rf'<a href="#(versions-\d)">{mark}</a>', text)
    versions = re.search(rf'<div class="versions" id="{link[1]}">(.*?)</div>', text, re.DOTALL)[1]
    assert text.index(link[0]) < text.index("<h1>")
    assert re.findall(r'href="#note-(\d)"', versions) == ["1", "4", "6"]
    assert "Gives 20 December." in versions
    assert "Gives 2009." in versions


@pytest.mark.parametrize("kind", ["milestone", "session"])
def test_a_page_whose_sources_agree_bears_no_such_mark(client, kind):
    instance = {"milestone": factories.MilestoneFactory, "session": factories.SessionFactory}[
        kind
    ]()
    factories.CitationFactory(target=instance, supports="date", state="checked")

    assert "Sources differ" not in _page(client, instance)


def test_a_source_that_differs_in_nothing_named_is_marked_all_the_same(client):
    milestone = factories.MilestoneFactory()
    _disputed(milestone, 1, "", "Says otherwise altogether.")

    text = _page(client, milestone)

    assert '<a href="#versions-1">Sources differ</a>' in text


def test_hostile_sources_stay_text(client):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(
        target=milestone, source__title="<script>x</script>", source__publisher='"><b>',
        source__language='"x',
    )  # fmt: skip

    text = _page(client, milestone)

    assert "<script>x" not in text
    assert '"><b>' not in text
    assert 'lang=""x' not in text

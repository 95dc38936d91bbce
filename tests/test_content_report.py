"""The counts that editors read and the open-data page quotes."""

import io

import pytest
from django.core.management import call_command

from assembly_site.languages.texts import count_words

from . import factories

pytestmark = pytest.mark.django_db


def _report():
    output = io.StringIO()
    call_command("content_report", stdout=output)
    return [line.split() for line in output.getvalue().splitlines()]


def test_it_counts_what_is_public_and_its_words_in_each_language():
    milestone = factories.MilestoneFactory(
        body_kk="<p>Бес сөз бар осы мәтінде [1].</p>", body_ru="<p>Два слова</p>"
    )
    factories.MilestoneFactory(draft=True, stage=milestone.stage, body_kk="<p>Жасырын</p>")

    rows = _report()

    # Two words of a title, then those of the body.
    assert ["milestones", "1", "1", "7", "4", "3"] in rows


def test_it_counts_by_region_and_by_stage():
    milestone = factories.MilestoneFactory(region=factories.RegionFactory(name_en="Abai"))
    factories.VenueFactory(region=milestone.region)
    factories.EventFactory(region=milestone.region)
    factories.EventFactory(region=milestone.region, draft=True)
    factories.EventFactory()
    factories.SessionFactory(stage=milestone.stage)

    rows = _report()

    assert ["Abai", "1", "1", "0", "1"] in rows
    assert ["no", "region", "1", "0", "1", "0"] in rows
    assert [f"{milestone.stage.number}.", *milestone.stage.title_en.split(), "1", "1"] in rows


def test_it_counts_citations_by_state():
    event = factories.EventFactory()
    factories.CitationFactory(target=event, number=1, state="checked")
    factories.CitationFactory(target=event, number=2, state="checked")
    factories.CitationFactory(target=factories.BodyFactory(), state="unchecked")

    rows = _report()

    assert ["citations", "of", "unchecked", "checked", "disputed", "all"] in rows
    assert ["events", "0", "2", "0", "2"] in rows
    assert ["bodies", "1", "0", "0", "1"] in rows
    assert ["all", "1", "2", "0", "3"] in rows
    assert rows[-1] == ["3", "sources"]


def test_it_counts_ties_and_the_objects_that_have_them():
    session, person = factories.SessionFactory(), factories.PersonFactory()
    session.people.set([person, factories.PersonFactory()])
    factories.SessionFactory().people.set([person])
    factories.EventFactory(session=session)

    rows = _report()

    assert ["sessions", "people", "who", "spoke", "or", "took", "part", "2", "3"] in rows
    assert ["events", "why:", "session", "1", "1"] in rows
    assert ["events", "why:", "milestone", "0", "0"] in rows


def test_it_stands_on_an_empty_database_too():
    assert ["0", "sources"] in _report()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("<p>Дом — это место</p><p>встречи [1][2].</p>", 4),
        ("2025 жылғы 5–7 маусым", 5),
        ("бірте-бірте, Astana’s", 2),
    ],
)
def test_words_are_counted_without_marks_and_mark_up(text, words):
    assert count_words(text) == words

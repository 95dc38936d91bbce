"""The kinds of events as bars: public events only, the most frequent kind first."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation

from events.kinds import kinds_of_events
from events.programme import Programme

from .. import factories

pytestmark = pytest.mark.django_db


def _kinds():
    return kinds_of_events(Programme(QueryDict(""), timezone.now()))


def test_each_kind_with_public_events_has_a_bar_the_most_frequent_first():
    forum, concert, sport, none = (
        factories.CategoryFactory(title_kk=title)
        for title in ("Форумдар", "Концерттер", "Спорт", "Лагерьлер")
    )
    for category, count in [(forum, 1), (concert, 3), (sport, 2)]:
        factories.OccurrenceFactory.create_batch(count, event__category=category)
    for category in (forum, none):
        factories.OccurrenceFactory.create_batch(4, event__category=category, event__draft=True)

    with translation.override("kk"):
        chart = _kinds()

    assert [(row.bar.label.text, row.bar.value) for row in chart.rows] == [
        ("Концерттер", 3), ("Спорт", 2), ("Форумдар", 1),
    ]  # fmt: skip


def test_a_bar_of_a_kind_leads_to_its_events(client):
    event = factories.OccurrenceFactory().event

    url = _kinds().rows[0].bar.url

    assert event.title_kk in client.get(url).content.decode()


def test_a_kind_without_a_title_in_the_language_is_marked_with_its_own():
    factories.OccurrenceFactory(event__category__title_en="", event__category__title_kk="Форумдар")

    with translation.override("en"):
        html = render_to_string(
            "components/bar_chart.html",
            {
                "chart": _kinds(),
                "name": "kinds",
                "title": "Kinds of events",
                "heading": "Kind",
                "number_heading": "Events",
            },
        )

    assert 'lang="kk" x="0"' in html
    assert '<span lang="kk">Форумдар</span>' in html


def test_without_events_there_are_no_bars():
    assert _kinds().rows == []

"""The editors' screens of sources: where each is cited, and what a note shows as boxes."""

import pytest
from django.urls import reverse
from django.utils import translation

from assembly_site.sources.models import Citation

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db


def _screen(client, source):
    return client.get(reverse("admin:sources_source_change", args=[source.pk]))


def test_a_source_shows_where_it_is_cited_drafts_too(client, account):
    client.force_login(account("secretariat"))
    source = factories.SourceFactory()
    stage = factories.StageFactory(title_kk="Кезең")
    session = factories.SessionFactory(number=22, draft=True)
    factories.CitationFactory(target=stage, number=2, source=source, state="checked")
    factories.CitationFactory(target=session, number=1, source=source)

    page = _screen(client, source)

    assert sorted((use.title, use.number, use.address) for use in page.context["uses"]) == [
        ("XXII сессия", 1, reverse("admin:history_assemblysession_change", args=[session.pk])),
        ("Кезең", 2, reverse("admin:history_stage_change", args=[stage.pk])),
    ]
    assert "Қайда келтірілген" in page.content.decode()


def test_a_source_that_is_cited_nowhere_says_what_to_do(client, account):
    client.force_login(account("secretariat"))

    text = _screen(client, factories.SourceFactory()).content.decode()

    assert "Әзірге еш жерде." in text
    assert client.get(reverse("admin:sources_source_add")).status_code == 200


def test_an_editor_is_told_of_others_notes_and_not_of_their_drafts(client, account):
    own, other = factories.RegionFactory(), factories.RegionFactory()
    client.force_login(account("regional-editor", regions=[own]))
    source = factories.SourceFactory()
    mine = factories.EventFactory(region=own, draft=True, title_kk="Менің жобам")
    theirs = factories.EventFactory(region=other, draft=True, title_kk="Құпия-xq7")
    for event in (mine, theirs):
        factories.CitationFactory(target=event, source=source)

    page = _screen(client, source)

    assert [use.title for use in page.context["uses"]] == ["Менің жобам"]
    assert page.context["uses_of_others"] == 1
    assert "xq7" not in page.content.decode()


def test_sources_are_listed_with_how_often_they_are_cited_and_found_by_state(client, account):
    client.force_login(account("secretariat"))
    source = factories.SourceFactory(title="Twice")
    factories.SourceFactory(title="Never")
    for number in (1, 2):
        factories.CitationFactory(
            target=factories.StageFactory(), number=number, source=source, state="disputed",
            statement_kk="Басқа",
        )  # fmt: skip
    address = reverse("admin:sources_source_changelist")

    found = client.get(address).context["cl"].result_list
    disputed = client.get(address, {"citations__state__exact": "disputed"}).context["cl"]

    assert {one.title: one.citation_count for one in found} == {"Twice": 2, "Never": 0}
    assert [(one.title, one.citation_count) for one in disputed.result_list] == [("Twice", 2)]


@pytest.fixture
def cited(client, account):
    """A milestone with one note, open in its editor's form: the address and its values."""
    client.force_login(account("secretariat"))
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(target=milestone, supports="date, text, of old")
    address = reverse("admin:history_milestone_change", args=[milestone.pk])
    page = client.get(address)
    prefix = next(
        one.formset.prefix
        for one in page.context["inline_admin_formsets"]
        if one.formset.model is Citation
    )
    return address, form_values(page), f"{prefix}-0-supports"


def test_what_a_note_shows_is_ticked_and_kept_as_words(client, cited):
    address, values, field = cited

    response = client.post(address, values | {field: ["place", "number"]})

    assert response.status_code == 302
    assert Citation.objects.get().supports == "place, number"


def test_a_form_that_changes_nothing_keeps_the_words(client, cited):
    address, values, field = cited
    assert values[field] == ["date", "text", "of old"]

    response = client.post(address, values | {field: ["date", "text"]})

    assert response.status_code == 302
    assert Citation.objects.get().supports == "date, text, of old"


def test_a_word_that_is_no_fact_is_refused_at_its_field(client, cited):
    address, values, field = cited

    response = client.post(address, values | {field: ["colour"]})

    errors = [
        form.errors
        for one in response.context["inline_admin_formsets"]
        for form in one.formset.forms
        if form.errors
    ]
    with translation.override("en"):
        assert [list(map(str, one["supports"])) for one in errors] == [
            ["Select a valid choice. colour is not one of the available choices."]
        ]

"""What a row within a form points at stands in it, as it is stored or as it was chosen anew."""

import re

import pytest
from django.urls import reverse

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

CHOSEN = re.compile(r'<option value="\d+" selected>([^<]*)</option>')


@pytest.fixture
def session():
    return factories.SessionFactory()


@pytest.fixture
def address(client, account, session):
    client.force_login(account("secretariat"))
    return reverse("admin:history_assemblysession_change", args=[session.pk])


def _chosen(page, name):
    """The labels that a field of the rows shows as chosen, row by row."""
    forms = [form for one in page.context["inline_admin_formsets"] for form in one.formset.forms]
    return [CHOSEN.findall(str(form[name])) for form in forms if name in form.fields]


def test_each_row_shows_what_it_points_at_and_no_row_what_another_does(client, address, session):
    milestones = [factories.MilestoneFactory() for _ in range(3)]
    for number, some in enumerate((milestones[:2], milestones[2:], []), start=1):
        session.decisions.create(number=number, text_kk="Шешім").milestones.set(some)
    notes = [factories.CitationFactory(target=session, number=number) for number in (1, 2)]

    page = client.get(address)

    assert [set(row) for row in _chosen(page, "milestones")] == [
        {str(one) for one in milestones[:2]},
        {str(milestones[2])},
        set(),
    ]
    assert _chosen(page, "source") == [[str(one.source)] for one in notes]
    assert str(notes[0].source) in page.content.decode()


def test_after_a_mistake_a_row_shows_what_was_chosen_and_not_what_is_stored(
    client, address, session
):
    factories.CitationFactory(target=session, number=1)
    page = client.get(address)
    prefix = next(
        one.formset.prefix
        for one in page.context["inline_admin_formsets"]
        if "source" in one.formset.empty_form.fields
    )
    other = factories.SourceFactory(title="Another source")

    values = form_values(page) | {f"{prefix}-0-source": other.pk, "number": ""}
    page = client.post(address, values)

    assert page.context["errors"]
    assert _chosen(page, "source") == [["Another source"]]

"""A stage with all that belongs to its years."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assembly_site.languages.dates import PartialDate

from .. import factories

pytestmark = pytest.mark.django_db


def _assembly():
    assembly = factories.BodyFactory(kind="assembly", title_en="Assembly of People")
    assembly.names.create(
        name_kk="Халықтары", name_en="Assembly of Peoples",
        valid_from=PartialDate(1995, 3, 1), valid_to=PartialDate(2007),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "names"),
    [
        (1989, 1995, ["Assembly of Peoples"]),
        (1995, 2002, ["Assembly of Peoples"]),
        (2002, 2007, ["Assembly of Peoples"]),
        (2007, 2019, ["Assembly of People"]),
        (2002, 2012, ["Assembly of Peoples", "Assembly of People"]),
        (2020, None, ["Assembly of People"]),
        (1970, 1980, []),
    ],
)
def test_a_stage_tells_what_the_assembly_was_called_in_its_years(client, start, end, names):
    _assembly()
    stage = factories.StageFactory(number=1, start_year=start, end_year=end)

    around = client.get(stage.get_absolute_url()).context["around"]

    assert [name.title_en for name in around.assembly_names] == names


def test_documents_and_people_of_a_stage_are_those_of_its_years_and_entries(client):
    stage = factories.StageFactory(number=1, start_year=1995, end_year=2002)
    other = factories.StageFactory(number=2, start_year=2002, end_year=2007)
    session = factories.SessionFactory(number=3, stage=stage)
    milestone = factories.MilestoneFactory(stage=stage)
    for year, ties in (
        (1996, {"session": session}), (1997, {"milestone": milestone}), (1998, {}),
        (2010, {"session": session}),
        (1999, {"milestone": factories.MilestoneFactory(stage=other)}),
    ):  # fmt: skip
        factories.DocumentFactory(date=PartialDate(year), title_en=str(year), **ties)
    chair, speaker, guest, stranger = (
        factories.PersonFactory(name_kk=name)
        for name in ("А Төраға", "Ә Шешен", "Б Қонақ", "В Бөтен")
    )
    session.chair = chair
    session.save()
    session.people.add(speaker, chair)
    milestone.people.add(guest)
    factories.MilestoneFactory(stage=stage, draft=True).people.add(stranger)

    around = client.get(stage.get_absolute_url()).context["around"]

    assert [one.title_en for one in around.documents] == ["1996", "1997", "1998"]
    assert {one.key for one in around.people} == {one.slug for one in (chair, speaker, guest)}


def test_a_stage_with_nothing_around_it_has_no_empty_heading(client):
    stage = factories.StageFactory(number=1)

    text = client.get(f"/en{stage.get_absolute_url()[3:]}").content.decode()

    assert text.count("<h2") == 0
    # The only list of terms is that of how the page is cited.
    assert re.findall("<dl[^>]*>", text) == ['<dl class="cite__forms">']


def _queries(client, stage):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(stage.get_absolute_url()).status_code == 200
    return len(captured)


def test_a_stage_page_takes_eight_queries_however_much_belongs_to_it(client):
    _assembly()
    stages = [factories.StageFactory(number=number) for number in (1, 2, 3)]
    for number in range(1, 13):
        region = factories.RegionFactory()
        session = factories.SessionFactory(number=number, stage=stages[1], region=region)
        milestone = factories.MilestoneFactory(stage=stages[1], region=region, session=session)
        session.decisions.create(number=1, text_kk="Шешім").milestones.add(milestone)
        session.people.add(factories.PersonFactory())
        factories.DocumentFactory(session=session)
        factories.CitationFactory(target=stages[1], number=number)
        event = factories.EventFactory(milestone=milestone)
        factories.OccurrenceFactory(event=event)

    assert (_queries(client, stages[0]), _queries(client, stages[1])) == (7, 8)

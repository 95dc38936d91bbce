"""Lists and forms of the admin ask the database as often for much as for little."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assembly_site.languages.dates import PartialDate
from assembly_site.pages.models import Page
from assembly_site.pictures.models import Picture
from assembly_site.places.models import PlaceName, Region, Venue
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.sources.models import Source, citing_models
from events.models import Event
from history.models import AssemblySession, Body, Document, Milestone, Person, Stage

from .. import factories

pytestmark = pytest.mark.django_db

MOST_OF_A_LIST = 15
MOST_OF_A_FORM = 40
FEW, MANY = 2, 12
NARROWED = (
    {},
    {"q": "мереке"},
    {"status__exact": "published"},
    {"first_day__year": "2025", "o": "1"},
    {"status__exact": "draft", "first_day__year": "2025", "q": "fest 1"},
)
HISTORY = (Stage, Milestone, AssemblySession, Person, Body, Document)
FORMS = [
    *(("secretariat", model) for model in (*HISTORY, Event, Region, Venue, Page, Source, Picture)),
    *(("historian", model) for model in HISTORY),
    ("regional-editor", Event),
]
MAKERS = {
    AssemblySession: factories.SessionFactory,
    Body: factories.BodyFactory,
    Document: factories.DocumentFactory,
    Event: factories.EventFactory,
    Milestone: factories.MilestoneFactory,
    Page: factories.PageFactory,
    Person: factories.PersonFactory,
    Picture: factories.PictureFactory,
    Region: factories.RegionFactory,
    Source: factories.SourceFactory,
    Stage: factories.StageFactory,
    Venue: factories.VenueFactory,
}


@pytest.fixture
def region():
    return factories.RegionFactory()


@pytest.fixture
def sign_in(client, account, region):
    def as_role(role):
        regions = [region] if role == "regional-editor" else []
        client.force_login(account(role, regions=regions))

    return as_role


def _count(client, address, query=None):
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, query).status_code == 200
    return len(queries)


def _address(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


@pytest.mark.parametrize("role", ["secretariat", "regional-editor", "translator"])
def test_the_list_of_events_takes_fifteen_queries_however_many_there_are(
    client, sign_in, region, role
):
    sign_in(role)
    address = _address(Event, "changelist")

    def counts():
        return [
            _count(client, address, query)
            for query in (*NARROWED, {"region__id__exact": region.pk})
        ]

    def fill(count):
        for number in range(count):
            title = {"title_kk": f"Мереке {number}", "title_en": f"Fest 1 {number}"}
            events = (
                factories.EventFactory(region=region, **title),
                factories.EventFactory(region=region, draft=True, **title),
                factories.EventFactory(region=factories.RegionFactory(), **title),
            )
            for event in events:
                factories.OccurrenceFactory(event=event, venue=factories.VenueFactory())
                factories.OccurrenceFactory(event=event)

    fill(FEW)
    few = counts()
    fill(MANY)

    assert counts() == few
    assert max(few) <= MOST_OF_A_LIST


@pytest.mark.parametrize("model", [*MAKERS, JournalEntry])
def test_no_list_takes_more_queries_when_there_is_more(client, sign_in, model):
    sign_in("secretariat")
    address = _address(model, "changelist")

    def fill(count):
        for _ in range(count):
            instance = MAKERS.get(model, factories.StageFactory)()
            _add_rows(instance)
            for target in (instance, factories.EventFactory()):
                write_down(JournalEntry.Deed.SAVED, target, None, timezone.now(), "")

    fill(FEW)
    few = _count(client, address)
    fill(MANY)

    assert _count(client, address) == few
    assert few <= MOST_OF_A_LIST


@pytest.mark.parametrize(("role", "model"), FORMS)
def test_a_form_takes_at_most_forty_queries_however_many_rows_it_has(
    client, sign_in, region, role, model
):
    sign_in(role)
    draft = {"draft": True} if role == "regional-editor" else {}
    place = {"region": region} if model is Event else {}
    instance = MAKERS[model](**draft, **place)
    address = _address(model, "change", instance.pk)

    for _ in range(FEW):
        _add_rows(instance)
    few = _count(client, address)
    for _ in range(MANY):
        _add_rows(instance)

    assert _count(client, address) == few
    assert few <= MOST_OF_A_FORM


def test_these_are_all_forms_that_have_rows():
    with_rows = {model for model, screen in admin.site._registry.items() if screen.inlines}

    assert with_rows <= {model for _role, model in FORMS}


def _add_rows(instance):
    """One more row of each sort, each pointing at something that no other row points at."""
    model = type(instance)
    if model in citing_models():
        factories.CitationFactory(target=instance, number=instance.citations.count() + 1)
    if model in MORE_ROWS:
        MORE_ROWS[model](instance)


def _add_decision(session):
    decision = session.decisions.create(number=session.decisions.count() + 1, text_kk="Шешім")
    for _ in range(2):
        decision.milestones.add(factories.MilestoneFactory())
        decision.documents.add(factories.DocumentFactory())
        decision.bodies.add(factories.BodyFactory())


def _add_figure(owner):
    number = owner.figures.count()
    owner.figures.create(series=f"series-{number}", value=number, date=PartialDate(1995 + number))


def _add_name(body):
    body.names.create(name_kk=f"Кеңес {body.names.count()}", valid_to=PartialDate(2007))
    _add_figure(body)


def _add_part(region):
    whole = factories.RegionFactory()
    region.names.create(relation=PlaceName.Relation.PART_OF, whole=whole, name_kk=whole.name_kk)


MORE_ROWS = {
    AssemblySession: _add_decision,
    Body: _add_name,
    Event: lambda event: factories.OccurrenceFactory(
        event=event, venue=factories.VenueFactory(region=event.region or factories.RegionFactory())
    ),
    Person: lambda person: person.appointments.create(
        role_kk="Төраға", body=factories.BodyFactory()
    ),
    Picture: lambda picture: factories.EventFactory(picture=picture),
    Region: _add_part,
    Source: lambda source: factories.CitationFactory(
        target=factories.StageFactory(), source=source
    ),
    Stage: _add_figure,
    Venue: lambda venue: factories.OccurrenceFactory(venue=venue),
}

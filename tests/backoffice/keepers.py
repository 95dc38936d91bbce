"""For each kind with rules: a thing that breaks none, and how each of its rules is broken.

What stands under `mend` undoes the break as an editor would; where nothing stands, the columns
that the break changed get their old values again.
"""

from datetime import UTC, date, datetime, time
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from assembly_site.backoffice.upkeep import Look, kept_kinds, oldest_breaches, rules_of
from assembly_site.languages.texts import LANGUAGE_CODES, columns
from assembly_site.pages.models import Page
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region, Venue
from assembly_site.sources.models import Source
from events.models import Category, Event
from history.models import AssemblySession, Body, Document, Milestone, Person, Stage

from .. import factories

NOON = datetime(2025, 5, 20, 7, tzinfo=UTC)
YESTERDAY = datetime(2025, 5, 19, 7, tzinfo=UTC)
NEXT_MONTH, LAST_MONTH = date(2025, 6, 5), date(2025, 4, 5)


def picture(width=1300, **fields):
    file = BytesIO()
    Image.new("RGB", (width, 40), "#00859b").save(file, "PNG")
    words = dict.fromkeys(columns("alternative"), "Көрініс")
    values = {"title": "Сурет", "credit": "Автор", **words, **fields}
    return Picture.objects.create(image=ContentFile(file.getvalue(), name=f"{width}.png"), **values)


def _event(first_day, **fields):
    event = factories.EventFactory(**fields)
    event.access.add(factories.AccessProvisionFactory())
    factories.CitationFactory(target=event, number=1)
    factories.OccurrenceFactory(
        event=event,
        first_day=first_day,
        start_time=time(11),
        venue=factories.VenueFactory(latitude=48, longitude=67),
    )
    return event


def event_ahead():
    return _event(NEXT_MONTH)


def event_that_is_over():
    words = dict.fromkeys(columns("report"), "<p>Өтті</p>")
    return _event(LAST_MONTH, **words)


def _with_a_source(factory):
    def make():
        instance = factory()
        factories.CitationFactory(target=instance, number=1)
        return instance

    return make


FLAWLESS = {
    Picture: picture,
    Venue: lambda: factories.VenueFactory(latitude=48, longitude=67),
    Region: factories.RegionFactory,
    Source: factories.SourceFactory,
    Page: factories.PageFactory,
    Event: event_ahead,
    Category: factories.CategoryFactory,
    Milestone: _with_a_source(factories.MilestoneFactory),
    AssemblySession: _with_a_source(factories.SessionFactory),
    Stage: _with_a_source(factories.StageFactory),
    Person: _with_a_source(factories.PersonFactory),
    Body: _with_a_source(factories.BodyFactory),
    Document: _with_a_source(factories.DocumentFactory),
}
# Rules that only something else of the same kind can break.
FLAWLESS_FOR = {(Event, "no-report"): event_that_is_over}


def _set(instance, **values):
    type(instance)._default_manager.filter(pk=instance.pk).update(**values)


def _date(**values):
    def change(event):
        event.occurrences.update(**values)

    return change


def _columns(**values):
    return lambda instance: _set(instance, **values)


def _twin(event):
    """Another event of the same region, a week later, with one letter more in its title."""
    event.refresh_from_db()
    twin = factories.EventFactory(
        title_kk=f"{event.title_kk} а", title_ru="Другое", region=event.region,
        category=event.category, part_of=None,
    )  # fmt: skip
    factories.OccurrenceFactory(event=twin, first_day=date(2025, 6, 12))


LATE = {"status": "in-review", "publish_at": YESTERDAY}
APPROVED = {"status": "published", "publish_at": YESTERDAY}
WITHOUT_REPORT = dict.fromkeys(columns("report"), "")
BREAK = {
    (Picture, "no-alt-text"): _columns(**dict.fromkeys(columns("alternative"), "")),
    (Picture, "small-picture"): _columns(width=1199),
    (Venue, "no-coordinates"): _columns(latitude=None, longitude=None),
    (Source, "dead-source"): _columns(unreachable_since=LAST_MONTH),
    (Event, "no-report"): _columns(**WITHOUT_REPORT),
    (Event, "to-be-confirmed"): _date(time_to_be_confirmed=True),
    (Event, "no-venue"): _date(venue=None),
    (Event, "no-access"): lambda event: event.access.clear(),
    (Event, "likely-duplicate"): _twin,
}
MEND = {
    (Picture, "no-alt-text"): _columns(alternative_kk="Достық үйінің алдындағы адамдар"),
    (Picture, "small-picture"): _columns(width=1200),
    (Venue, "no-coordinates"): _columns(latitude=48, longitude=67),
    (Source, "dead-source"): _columns(archive_url="https://archive.example.org/1"),
    (Event, "no-report"): _columns(report_kk="<p>Өтті</p>"),
    (Event, "to-be-confirmed"): _date(time_to_be_confirmed=False),
    (Event, "no-venue"): lambda event: event.occurrences.update(
        venue=factories.VenueFactory(latitude=48, longitude=67)
    ),
    (Event, "no-access"): lambda event: event.access.add(factories.AccessProvisionFactory()),
    (Event, "likely-duplicate"): lambda event: Event.objects.filter(
        title_kk__startswith=f"{event.title_kk} "
    ).update(part_of=event),
}


def _required(model):
    return getattr(model, "required_texts", None) or {
        Venue: ("name",), Region: ("name",), Category: ("title",),
    }[model]  # fmt: skip


def _optional(model):
    """A text that need not be there, of whose languages one may be missing."""
    chosen = {Picture: "caption", AssemblySession: "summary", Region: "introduction",
              Category: "introduction", Venue: "address"}  # fmt: skip
    if model in chosen:
        return chosen[model]
    return next(
        name for name in ("body", "summary", "organiser")
        if name not in _required(model) and hasattr(model, f"{name}_kk")
    )  # fmt: skip


def _breaks_a_text(model, rule):
    if rule.code.startswith("required"):
        return _columns(**{f"{_required(model)[-1]}_{rule.language}": ""})
    texts = {
        f"{_optional(model)}_{code}": "" if code == rule.language else "Мәтін"
        for code in LANGUAGE_CODES
    }
    return _columns(**texts)


def _mends_a_text(rule):
    """Follows the link and writes what is missing there."""

    def mend(instance):
        own = type(instance)._default_manager.filter(pk=instance.pk)
        (breach,) = oldest_breaches([(own, rule)], Look(NOON))
        _set(instance, **{breach.place: "Мәтін"})

    return mend


def how_to_break(model, rule):
    if rule.code == "no-source":
        return lambda instance: instance.citations.all().delete()
    if rule.code == "late-approval":
        return _columns(**LATE)
    return BREAK.get((model, rule.code)) or _breaks_a_text(model, rule)


def how_to_mend(model, rule):
    if rule.code == "no-source":
        return lambda instance: factories.CitationFactory(target=instance, number=1)
    if rule.code == "late-approval":
        return _columns(**APPROVED)
    return MEND.get((model, rule.code)) or _mends_a_text(rule)


ALL_RULES = [(model, rule) for model in kept_kinds() for rule in rules_of(model)]

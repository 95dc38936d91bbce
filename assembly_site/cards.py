"""Cards for sharing: which object has which words on its card, and the address of the picture.

The roof keeps this because it knows the objects of both apps.
"""

import re
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_safe

from assembly_site.front.templatetags.front import without_notes
from assembly_site.languages.texts import wording
from assembly_site.pages.models import Page
from assembly_site.pictures.cards import Card, draw
from assembly_site.publishing.addresses import Gone, Moved, public_object
from assembly_site.publishing.clock import moment_of
from events.models import Event, Occurrence
from events.templatetags.events import cover_of
from history.dates import write_held
from history.models import AssemblySession, Body, Document, Milestone, Person, Stage

A_DAY = 24 * 60 * 60  # seconds
SITE = "site"


@require_safe
def card(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The card as a PNG, in the language of the address."""
    try:
        drawn = _public_card(kind, slug, moment_of(request))
    except Moved as moved:
        _forget(kind, slug)
        return HttpResponsePermanentRedirect(address_of(moved.instance))
    except Gone:
        _forget(kind, slug)
        raise
    etag = f'"{drawn.digest}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_kept(kind, slug, drawn), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def address_of(instance: Model) -> str:
    """The path of an object's card in the active language."""
    kind = KIND_OF[type(instance)]
    slug = instance.number if kind == "session" else instance.slug
    return reverse("card", args=[kind, slug])


def card_of(instance: Model, at: datetime) -> Card:
    """What is drawn for an object in the active language.

    Asks nothing of the database when the object came as its own page fetches it.
    """
    return _card(KINDS[KIND_OF[type(instance)]].words(instance, at))


def site_card(slug: str) -> Card:
    """What is drawn for a page that has no object: one of `SITE_CARDS`."""
    return _card(SITE_CARDS[slug])


def _card(words):
    written = {name: str(value) if name != "is_off" else value for name, value in words.items()}
    site = gettext("Assembly of People of Kazakhstan")
    return Card(**{"site": site, "language": get_language(), **written})


def _public_card(kind, slug, at):
    if kind == SITE and slug in SITE_CARDS:
        return site_card(slug)
    if kind not in KINDS:
        raise Http404
    find = _public_session if kind == "session" else public_object
    return card_of(find(KINDS[kind].objects, slug, at), at)


def _public_session(sessions, number, at):
    found = sessions.filter(number=number).first() if NUMBER.fullmatch(number) else None
    if found and found.is_public(at):
        return found
    if found and found.was_public(at):
        raise Gone
    raise Http404


NUMBER = re.compile("[1-9][0-9]{0,3}")


# What is kept -------------------------------------------------------------------------------

_one_at_a_time = Lock()
END_OF_PNG = b"IEND\xaeB`\x82"


def _kept(kind: str, slug: str, drawn: Card) -> bytes:
    """The PNG from the storage, or made now and put there in the place of the one before.

    One card a language is kept of each object. They are made one at a time, so that however
    many are asked for at once, the pages are still answered.
    """
    folder, language = f"cards/{kind}/{slug}", get_language()
    name = f"{folder}/{language}-{drawn.digest}.png"
    if png := _read(name):
        return png
    with _one_at_a_time:
        if png := _read(name):
            return png
        png = draw(drawn)
        for file in _files(folder):
            if file.startswith(f"{language}-"):
                default_storage.delete(f"{folder}/{file}")
        default_storage.save(name, ContentFile(png))
    return png


def _read(name):
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    # Another process may be in the middle of writing it.
    return content if content.endswith(END_OF_PNG) else None


def _forget(kind, slug):
    for file in _files(f"cards/{kind}/{slug}"):
        default_storage.delete(f"cards/{kind}/{slug}/{file}")


def _files(folder):
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


# The words ----------------------------------------------------------------------------------

OFF = (Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED)
PEOPLE = {"ornament": "sun", "colour": "stage-5"}
PAGES = {"ornament": "horn", "colour": "stage-2"}
BODIES = {"ornament": "water", "colour": "stage-4"}
DOCUMENTS = {"ornament": "wing", "colour": "stage-3"}


def of_event(event: Event, at: datetime) -> dict:
    words = {
        **cover_of(event),
        **_title(event, "title"),
        "kicker": event.category.title,
        "where": capfirst(_place(event, None)),
    }
    occurrence = event.next_occurrence(at)
    if occurrence is None:
        return words
    changed = occurrence.status != Occurrence.Status.SCHEDULED
    return {
        **words,
        "status": capfirst(occurrence.get_status_display()) if changed else "",
        "is_off": occurrence.status in OFF,
        "when": capfirst(occurrence.when),
        "where": capfirst(_place(event, occurrence)),
    }


def _place(event, occurrence):
    moved = occurrence is not None and occurrence.status == Occurrence.Status.MOVED_ONLINE
    if moved or event.attendance_mode == Event.AttendanceMode.ONLINE:
        return gettext("online")
    return event.region.name if event.region else gettext("all over the country")


def of_stage(stage: Stage, at: datetime) -> dict:
    return {
        "seed": stage.slug,
        **_look_of(stage),
        **_title(stage, "title"),
        "kicker": gettext("Stage %(number)s") % {"number": stage.number},
        "when": f"{stage.start_year}–{stage.end_year or ''}",
    }


def of_milestone(milestone: Milestone, at: datetime) -> dict:
    region = milestone.region
    has_outline = region is not None and region.kind == region.Kind.REGION
    return {
        "seed": milestone.slug,
        **_look_of(milestone.stage),
        **_title(milestone, "title"),
        "outline": region.outline if has_outline else "",
        "kicker": gettext("History"),
        "when": capfirst(milestone.when),
        "where": capfirst((region.called_on(milestone.date) or region).name) if region else "",
    }


def of_session(session: AssemblySession, at: datetime) -> dict:
    stage = session.stage if session.stage and session.stage.is_public(at) else None
    theme = wording(session, "theme")
    return {
        "seed": f"session-{session.number}",
        **_look_of(stage),
        "title": session,
        "subtitle": without_notes(theme.text),
        "language": theme.language,
        "kicker": gettext("Sessions of the Assembly"),
        "when": capfirst(session.when),
        "where": session.city,
    }


def of_person(person: Person, at: datetime) -> dict:
    last = max(person.appointments.all(), key=_began, default=None)
    return {
        "seed": person.slug,
        **PEOPLE,
        **_title(person, "name"),
        "kicker": gettext("People"),
        "subtitle": last.role if last else "",
        "when": last.when if last and last.start and last.end else "",
    }


def _began(appointment):
    return str(appointment.start or appointment.seen_from or "")


def of_body(body: Body, at: datetime) -> dict:
    return {
        "seed": body.slug,
        **BODIES,
        **_title(body, "title"),
        "kicker": capfirst(body.get_kind_display()),
        "when": write_held(body.founded, body.ended),
    }


def of_document(document: Document, at: datetime) -> dict:
    number = f" № {document.number}" if document.number else ""
    return {
        "seed": document.slug,
        **DOCUMENTS,
        **_title(document, "title"),
        "kicker": f"{capfirst(document.get_kind_display())}{number}",
        "when": capfirst(document.when),
    }


def of_page(page: Page, at: datetime) -> dict:
    return {"seed": page.slug, **PAGES, **_title(page, "title")}


def _title(instance, name):
    found = wording(instance, name)
    return {"title": found.text, "language": found.language}


def _look_of(stage):
    if stage is None:
        return PAGES
    return {"ornament": stage.ornament, "colour": stage.colour}


class Kind(NamedTuple):
    """What is asked for, and what is written on its card."""

    objects: QuerySet
    words: Callable[[Model, datetime], dict]


KINDS = {
    "event": Kind(
        Event.objects.select_related("category", "region").prefetch_related(
            Prefetch("occurrences", Occurrence.objects.in_order())
        ),
        of_event,
    ),
    "stage": Kind(Stage.objects.all(), of_stage),
    "milestone": Kind(
        Milestone.objects.select_related("stage", "region").prefetch_related("region__names"),
        of_milestone,
    ),
    "session": Kind(AssemblySession.objects.for_lists().select_related("stage"), of_session),
    "person": Kind(Person.objects.prefetch_related("appointments"), of_person),
    "body": Kind(Body.objects.all(), of_body),
    "document": Kind(Document.objects.all(), of_document),
    "page": Kind(Page.objects.all(), of_page),
}
KIND_OF = {kind.objects.model: name for name, kind in KINDS.items()}

SITE_CARDS = {
    "home": {
        "seed": "home",
        "ornament": "horn",
        "colour": "stage-2",
        "composition": "dawn",
        "title": gettext_lazy("Thirty years of living together"),
        "when": "1995–2025",
    },
    "programme": {
        "seed": "programme",
        "ornament": "flower",
        "colour": "stage-3",
        "composition": "sunrise",
        "title": gettext_lazy("Programme"),
        "subtitle": gettext_lazy(
            "Forums, festivals, concerts, sport and theatre of the anniversary, in every region."
        ),
    },
    "timeline": {
        "seed": "timeline",
        "ornament": "horn",
        "colour": "night",
        "composition": "five",
        "title": gettext_lazy("Thirty years in five stages"),
        "subtitle": gettext_lazy(
            "From the first ethnocultural associations of 1989 to the days when the work was "
            "handed on: one thread, each entry with its date and its source."
        ),
    },
    "sessions": {
        "seed": "sessions",
        "ornament": "horn",
        "colour": "stage-1",
        "composition": "carpet",
        "title": gettext_lazy("Sessions of the Assembly"),
    },
    "people": {
        "seed": "people",
        **PEOPLE,
        "composition": "spine",
        "title": gettext_lazy("People"),
    },
    "bodies": {
        "seed": "bodies",
        **BODIES,
        "composition": "single",
        "title": gettext_lazy("Bodies of the Assembly"),
    },
    "documents": {
        "seed": "documents",
        **DOCUMENTS,
        "composition": "carpet",
        "title": gettext_lazy("Documents"),
    },
    "today": {
        "seed": "today",
        "ornament": "water",
        "colour": "stage-4",
        "composition": "canopy",
        "title": gettext_lazy("The Assembly today"),
    },
}

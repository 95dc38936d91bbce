"""The site's own starting content: loaded, loaded again, edited, walked."""

import io
import itertools
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from assembly_site.languages.texts import LANGUAGE_CODES, columns, count_words
from assembly_site.pages.models import Page
from assembly_site.places.models import Region
from assembly_site.sources.models import Citation
from assembly_site.sources.register import SourceRegister
from events.models import Category, Event
from history.models import (
    AssemblySession,
    Body,
    Decision,
    Document,
    Milestone,
    Person,
    Stage,
)

pytestmark = pytest.mark.django_db

# What the site promises at least, in each language.
WORDS_OF_A_STAGE = 500
WORDS_OF_A_MILESTONE = 60
WORDS_OF_AN_INTRODUCTION = 50
MILESTONES = 60
EVENTS = 60
BODIES = 16
THREADS = 20
KNOTS_OF_A_THREAD = 2
EVENTS_WITH_A_REASON = 40
PAGES = {"about", "contacts", "accessibility", "privacy", "open-data", "today"}


def _load():
    output = io.StringIO()
    call_command("load_content", stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """Loaded once: each test works in a savepoint of the one transaction, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _load()
        transaction.set_rollback(True)


def _short_of_words(objects, field, least):
    """A line for each text that is shorter; chapter titles are not counted."""
    return [
        f"{one}, {column}: {words} words of {least}"
        for one in objects
        for column in columns(field)
        if (words := count_words(re.sub(r"<h2>.*?</h2>", " ", getattr(one, column)))) < least
    ]


def _without(objects, *fields):
    """A line for each text that is missing in a language."""
    return [
        f"{one}: no {column}"
        for one in objects
        for field in fields
        for column in columns(field)
        if not getattr(one, column)
    ]


def _without_source(objects):
    return [f"{one}: no source" for one in objects if not one.citations.all()]


def test_everything_the_site_promises_is_there(content):
    at = timezone.now()

    assert Region.objects.count() == 20
    assert Category.objects.count() == 14
    assert Stage.objects.public(at).count() == 5
    assert sorted(AssemblySession.objects.values_list("number", flat=True)) == [*range(1, 35)]
    assert Milestone.objects.public(at).count() >= MILESTONES
    assert Event.objects.public(at).count() >= EVENTS
    assert Body.objects.count() >= BODIES
    assert set(Page.objects.values_list("slug", flat=True)) >= PAGES


@pytest.mark.parametrize("model", [Stage, Milestone, Event, Body, Person, Document])
def test_whatever_is_published_has_a_source(content, model):
    published = model.objects.public(timezone.now()).prefetch_related("citations")

    assert _without_source(published) == []


def test_a_published_session_with_a_date_has_a_source(content):
    sessions = AssemblySession.objects.public(timezone.now()).exclude(date=None)

    assert _without_source(sessions.prefetch_related("citations")) == []


def test_every_published_event_is_told_in_three_languages(content):
    events = Event.objects.public(timezone.now())

    assert _without(events, "title", "summary", "body") == []


@pytest.mark.parametrize(
    ("model", "field", "least"),
    [
        (Stage, "body", WORDS_OF_A_STAGE),
        (Milestone, "body", WORDS_OF_A_MILESTONE),
        (Region, "introduction", WORDS_OF_AN_INTRODUCTION),
    ],
)
def test_texts_are_long_enough_in_every_language(content, model, field, least):
    objects = model.objects.all() if model is Region else model.objects.public(timezone.now())

    assert _short_of_words(objects, field, least) == []


def test_loading_twice_changes_nothing(content):
    before = list(Milestone.objects.values("pk", "updated_at", "slug"))

    again = _load()

    assert list(Milestone.objects.values("pk", "updated_at", "slug")) == before
    assert re.findall(r" (\d+) written", again) == ["0"] * again.count("written")


def test_an_editors_change_is_kept_and_named(content):
    event = Event.objects.order_by("pk").first()
    event.title_en = "Changed by an editor"
    event.save()
    Milestone.objects.order_by("pk").first().delete()

    again = _load()

    event.refresh_from_db()
    assert event.title_en == "Changed by an editor"
    assert "changed by an editor" in again
    assert "deleted by an editor" in again


@pytest.fixture(scope="module")
def pages(content, django_db_blocker):
    """Every public page by language and address without its language: its status and its text."""
    with django_db_blocker.unblock():
        client, found = Client(), {}
        for code, address in itertools.product(LANGUAGE_CODES, _public_addresses()):
            response = client.get(f"/{code}{address}")
            found[code, address] = (response.status_code, response.content.decode())
        return found


def _public_addresses():
    at = timezone.now()
    yield from ("/", "/events/", "/events/?page=2", "/history/", "/history/sessions/",
                "/history/people/", "/history/bodies/", "/history/documents/",
                "/history/today/", "/history/on-this-day/")  # fmt: skip
    sources = len(SourceRegister(QueryDict(), at).found)
    yield from (f"/history/sources/?page={page}" for page in range(1, -(-sources // 50) + 1))
    for model in (Stage, Milestone, AssemblySession, Person, Body, Document, Event, Page):
        yield from (one.get_absolute_url()[3:] for one in model.objects.public(at))
    yield from (one.get_absolute_url()[3:] for one in Region.objects.all())


def test_every_public_page_opens_in_three_languages_and_is_light(pages):
    styles = Path(__file__).resolve().parents[1] / "assembly_site" / "static"
    wrong = []
    for (code, address), (status, text) in pages.items():
        sheets = set(re.findall(r'rel="stylesheet" href="/static/([^"]+)"', text))
        # Drawings that stand in the page are its pictures: they do not count as its weight.
        words = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
        weight = len(words.encode()) + sum((styles / one).stat().st_size for one in sheets)
        if status != 200 or weight > 100_000:
            wrong.append((code, address, status, weight))
        if re.search(r'<span lang="|<div lang="', text):
            wrong.append((code, address, "falls back to another language"))

    assert wrong == []


def test_every_link_within_a_page_and_to_a_note_of_another_leads_somewhere(pages):
    anchors = {page: re.findall(r'\sid="([^"]+)"', text) for page, (_, text) in pages.items()}
    wrong, across = [], 0
    for (code, address), (_status, text) in pages.items():
        here = anchors[code, address]
        if len(here) != len(set(here)):
            wrong.append((code, address, "one anchor twice"))
        lost = set(re.findall(r'href="#([^"]+)"', text)) - set(here)
        if lost:
            wrong.append((code, address, "leads nowhere", sorted(lost)))
        for language, there, anchor in re.findall(r'href="/(\w\w)(/[^"#]*)#(note-[^"]+)"', text):
            across += 1
            if anchor not in anchors.get((language, there), ()):
                wrong.append((code, address, "leads nowhere", f"{there}#{anchor}"))

    print(f"{sum(map(len, anchors.values()))} anchors, {across} links to notes of other pages")
    assert wrong == []
    # The register names each public citation once in each language.
    assert across == len(LANGUAGE_CODES) * Citation.objects.public(timezone.now()).count()


def test_every_mark_has_a_note_and_every_marked_note_leads_back_to_all_its_marks(pages):
    wrong, notes, marks = [], 0, 0
    for page, (_status, text) in pages.items():
        there = re.findall(r'id="(mark-[^"]+)"><a href="#(note-[^"]+)"', text)
        back = re.findall(r'href="#(mark-[^"]+)"', text)
        placed = re.findall(r'id="(note-[^"]+)"', text)
        notes, marks = notes + len(placed), marks + len(there)
        if sorted(back) != sorted(anchor for anchor, _note in there):
            wrong.append((*page, "a mark without a way back, or a way back without a mark"))
        if not {note for _mark, note in there} <= set(placed):
            wrong.append((*page, "a mark without its note"))
        # A mark that is still a plain [1] found no note.
        words = re.sub(r"<a\s.*?</a>|<script.*?</script>|<[^>]+>", " ", text, flags=re.DOTALL)
        left = re.findall(r"\[\d{1,2}\]", words)
        if left:
            wrong.append((*page, "a mark that found no note", left))

    print(f"{len(pages)} pages, {notes} notes, {marks} marks")
    assert wrong == []
    assert min(notes, marks) > 3000


def _knots(decision, at):
    """What came of a decision, as visitors see it: each with a page of its own."""
    milestones = decision.milestones.public(at)
    return [
        *milestones,
        *decision.documents.public(at),
        *decision.bodies.public(at),
        *Event.objects.public(at).filter(milestone__in=milestones),
    ]


def test_threads_lead_from_decisions_to_what_came_of_them(content):
    at = timezone.now()
    decisions = Decision.objects.filter(session__in=AssemblySession.objects.public(at))

    knots = [len(_knots(decision, at)) for decision in decisions]

    assert len([one for one in knots if one >= KNOTS_OF_A_THREAD]) >= THREADS


def test_what_came_of_a_decision_is_told_with_its_source(content):
    decisions = Decision.objects.exclude(outcome_kk="")

    assert [
        f"{decision.session}, {decision.number}, {column}"
        for decision in decisions.select_related("session")
        for column in (*columns("text"), *columns("outcome"))
        if not re.search(r"\[\d+\]", getattr(decision, column))
    ] == []


def test_nobody_has_a_page_who_took_part_in_nothing(content):
    at = timezone.now()
    people = Person.objects.public(at)
    busy = people.filter(
        Q(sessions__in=AssemblySession.objects.public(at))
        | Q(sessions_chaired__in=AssemblySession.objects.public(at))
        | Q(milestones__in=Milestone.objects.public(at))
        | Q(documents__in=Document.objects.public(at))
        | Q(appointments__body__in=Body.objects.public(at))
    )

    assert list(people.exclude(pk__in=busy.values("pk"))) == []


def test_events_say_why_they_were_held(content):
    at = timezone.now()
    reasons = Q(session__in=AssemblySession.objects.public(at)) | Q(
        milestone__in=Milestone.objects.public(at)
    )

    assert Event.objects.public(at).filter(reasons).distinct().count() >= EVENTS_WITH_A_REASON


def test_documents_that_can_be_read_say_in_which_language(content):
    assert list(Document.objects.exclude(url="").filter(file_language="")) == []


def test_documents_and_sources_are_tied_to_what_they_show(content):
    assert Document.objects.filter(milestone__isnull=False).exists()
    assert Citation.objects.exclude(statement_kk="").filter(state="disputed").exists()

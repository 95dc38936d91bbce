"""The site's own starting content: loaded, loaded again, edited, walked."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from assembly_site.pages.models import Page
from assembly_site.places.models import Region
from assembly_site.sources.models import Citation
from events.models import Category, Event
from history.models import AssemblySession, Body, Document, Milestone, Person, Stage

pytestmark = pytest.mark.django_db

WORDS_OF_A_STAGE = 350
WORDS_OF_A_MILESTONE = 40


def _load():
    output = io.StringIO()
    call_command("load_content", stdout=output)
    return output.getvalue()


@pytest.fixture
def content():
    return _load()


def _words(html):
    return len(re.sub(r"<h2>.*?</h2>|<[^>]+>|\[\d+\]", " ", html).split())


def test_everything_the_site_promises_is_there(content):
    counts = {
        model.__name__: model.objects.count()
        for model in (Region, Category, Stage, AssemblySession, Milestone, Event, Body, Page)
    }

    assert counts["Region"] == 20
    assert counts["Category"] == 14
    assert counts["Stage"] == 5
    assert counts["AssemblySession"] == 34
    assert counts["Milestone"] >= 42
    assert counts["Event"] >= 28
    assert counts["Body"] >= 16
    assert set(Page.objects.values_list("slug", flat=True)) >= {
        "about", "contacts", "accessibility", "privacy", "open-data", "today",
    }  # fmt: skip


def test_what_is_published_has_sources_and_enough_words_in_three_languages(content):
    at = timezone.now()
    lacking = []
    for model in (Milestone, Event, Stage, Body):
        lacking += [
            f"{one}: no source"
            for one in model.objects.public(at).prefetch_related("citations")
            if not one.citations.all()
        ]
    lacking += [
        f"{one}: no source"
        for one in AssemblySession.objects.public(at).exclude(date=None)
        if not one.citations.exists()
    ]
    for model, least in ((Stage, WORDS_OF_A_STAGE), (Milestone, WORDS_OF_A_MILESTONE)):
        for one in model.objects.public(at):
            for code in ("kk", "ru", "en"):
                words = _words(getattr(one, f"body_{code}"))
                if words < least:
                    lacking.append(f"{one} ({code}): {words} words")

    assert lacking == []


def test_every_note_mark_in_a_text_has_its_note(content):
    dangling = []
    for model in (Stage, Milestone, AssemblySession, Event, Body, Person, Page):
        for one in model.objects.prefetch_related("citations"):
            numbers = {citation.number for citation in one.citations.all()}
            fields = [
                field.name
                for field in model._meta.fields
                if field.name[-3:] in ("_kk", "_ru", "_en")
            ]
            for name in fields:
                marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", getattr(one, name))}
                if marks - numbers:
                    dangling.append(f"{one}, {name}: {sorted(marks - numbers)}")

    assert dangling == []


def test_loading_twice_changes_nothing(content):
    before = list(Milestone.objects.values("pk", "updated_at", "slug"))

    again = _load()

    assert list(Milestone.objects.values("pk", "updated_at", "slug")) == before
    assert re.findall(r" (\d+) written", again) == ["0"] * again.count("written")


def test_an_editors_change_is_kept_and_named(content, monkeypatch):
    event = Event.objects.order_by("pk").first()
    event.title_en = "Changed by an editor"
    event.save()
    Milestone.objects.order_by("pk").first().delete()

    again = _load()

    event.refresh_from_db()
    assert event.title_en == "Changed by an editor"
    assert "changed by an editor" in again
    assert "deleted by an editor" in again


def test_every_public_page_opens_in_three_languages_and_is_light(content, client):
    at = timezone.now()
    addresses = ["/kk/", "/kk/events/", "/kk/events/?page=2", "/kk/history/",
                 "/kk/history/sessions/", "/kk/history/people/", "/kk/history/today/"]  # fmt: skip
    for model in (Stage, Milestone, AssemblySession, Person, Event, Page):
        addresses += [one.get_absolute_url() for one in model.objects.public(at)]

    styles = Path(__file__).resolve().parents[1] / "assembly_site" / "static"
    wrong = []
    for address in addresses:
        for code in ("kk", "ru", "en"):
            response = client.get(f"/{code}{address[3:]}")
            text = response.content.decode()
            sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', text)
            weight = len(response.content) + sum((styles / one).stat().st_size for one in sheets)
            if response.status_code != 200 or weight > 100_000:
                wrong.append((code, address, response.status_code, weight))
            targets = set(re.findall(r'href="#([^"]+)"', text))
            anchors = set(re.findall(r'\sid="([^"]+)"', text))
            if targets - anchors:
                wrong.append((code, address, "leads nowhere", sorted(targets - anchors)))
            if re.search(r'<span lang="|<div lang="', text):
                wrong.append((code, address, "falls back to another language"))

    assert wrong == []


def test_documents_and_sources_are_tied_to_what_they_show(content):
    assert Document.objects.filter(milestone__isnull=False).exists()
    assert Citation.objects.exclude(statement_kk="").filter(state="disputed").exists()

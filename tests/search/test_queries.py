"""What people type, and the page that each must find, on the site's own starting content.

The tables in `queries/` are data: add a line for whatever a visitor did not find.
"""

import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from assembly_site.languages.folding import fold
from assembly_site.publishing.models import LoadedContent
from assembly_site.search.answer import Answer
from assembly_site.search.models import Entry

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru", "en")
TABLES = Path(__file__).parent / "queries"
QUERIES_A_LANGUAGE = 60
WITHIN_FIVE, FIRST = 0.95, 0.80


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """Loaded once: each test works in a savepoint of the one transaction, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def names(content):
    """The name of each object as the tables have it: its kind and that of its file."""
    return {
        (record.kind, record.object_id): f"{record.kind} {_key(record)}"
        for record in LoadedContent.objects.all()
    }


def _key(record):
    return str(int(record.key)) if record.kind == "session" else record.key


def _table(language):
    return tomllib.loads((TABLES / f"{language}.toml").read_text(encoding="utf-8"))


def _place(found, wanted):
    return next((place for place, name in enumerate(found, start=1) if name in wanted), 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_the_page_they_mean(names, language, capsys):
    table = _table(language)
    misses, places = [], []
    for text, wanted in table.items():
        rows = Answer(text, language, timezone.now()).rows[:5]
        found = [names[row.kind, row.object_id] for row in rows]
        places.append(_place(found, wanted.split(" | ")))
        if places[-1] != 1:
            misses.append(f"    {text}: {wanted} at place {places[-1] or '—'}, after {found[:2]}")
    first = sum(place == 1 for place in places) / len(places)
    within_five = sum(place > 0 for place in places) / len(places)
    with capsys.disabled():
        print(
            f"\n{connection.vendor}, {language}: {len(table)} queries, "
            f"{within_five:.0%} within five, {first:.0%} first"
        )
        print("\n".join(misses))

    assert len(table) >= QUERIES_A_LANGUAGE
    assert within_five >= WITHIN_FIVE, misses
    assert first >= FIRST, misses


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_name_pages_that_are_there(names, language):
    wanted = {name for line in _table(language).values() for name in line.split(" | ")}

    assert sorted(wanted - set(names.values())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_typed_without_kazakh_letters_finds_its_page_first(content, language):
    at = timezone.now()
    titles = Entry.objects.current().public(at).filter(language=language)
    lost = [
        entry.title
        for entry in titles.order_by("pk")[::7]
        if Answer(fold(entry.title), language, at).rows[0].title != entry.title
    ]

    assert len(titles) > 300
    assert lost == []


def test_the_loaded_synonyms_are_written_as_an_editor_would_write_them(content):
    from assembly_site.search.models import Synonym

    for synonym in Synonym.objects.all():
        synonym.full_clean()
    assert len(Synonym.objects.all()) >= 20


def test_loading_again_leaves_the_index_as_it_is(content):
    before = list(Entry.objects.order_by("pk").values_list("pk", "title"))

    call_command("load_content", verbosity=0)

    assert list(Entry.objects.order_by("pk").values_list("pk", "title")) == before

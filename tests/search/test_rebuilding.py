"""A new generation is built while the old one answers, and readyz knows what the index holds."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from assembly_site.search import index
from assembly_site.search.answer import Answer
from assembly_site.search.models import Entry, Index

from .. import factories

pytestmark = pytest.mark.django_db


def _titles(text, at):
    return [one.title for one in Answer(text, "en", at).rows]


def test_the_command_tells_its_progress_and_builds_the_same_index(at):
    factories.PersonFactory(name_en="Zarina")
    Entry.objects.all().delete()
    before = _titles("zarina", at)
    output = io.StringIO()

    call_command("rebuild_search", stdout=output)

    lines = output.getvalue().splitlines()
    assert (before, _titles("zarina", at)) == ([], ["Zarina"])
    assert "  person: 1 of 1" in lines
    assert lines[-1].startswith("The index is new: 1 objects in ")


def test_the_old_index_answers_until_the_new_one_is_whole_and_both_follow_writes(at):
    person = factories.PersonFactory(name_en="Zarina")
    other = factories.PersonFactory(name_en="Aigerim")
    seen = []

    def tell(kind, done, total):
        if (kind, done) == ("person", 2):
            person.name_en = "Saule"
            person.save()
        if (kind, done) == ("person", 0):
            other.delete()
        seen.append((_titles("zarina", at), _titles("saule", at), _titles("aigerim", at)))

    index.rebuild(at, tell)

    assert seen[0] == (["Zarina"], [], ["Aigerim"])
    assert (_titles("zarina", at), _titles("saule", at), _titles("aigerim", at)) == (
        [], ["Saule"], [],
    )  # fmt: skip
    assert set(Entry.objects.values_list("generation", flat=True)) == {Index.now().generation}


def test_a_build_that_is_broken_off_leaves_the_old_index_and_may_be_begun_again(at):
    factories.PersonFactory(name_en="Zarina")

    def break_off(kind, done, total):
        if kind == "document":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(at, break_off)
    broken = _titles("zarina", at)
    factories.PersonFactory(name_en="Saule")
    index.rebuild(at, lambda *_: None)

    assert broken == ["Zarina"]
    assert (_titles("zarina", at), _titles("saule", at)) == (["Zarina"], ["Saule"])
    assert Entry.objects.count() == 6


def test_readyz_says_whether_the_index_is_whole_and_how_old_it_is(client, at):
    factories.PersonFactory()
    factories.PersonFactory(draft=True)
    whole = client.get("/readyz")
    Entry.objects.filter(language="kk").delete()
    broken = client.get("/readyz")
    index.rebuild(at - timedelta(days=1), lambda *_: None)
    rebuilt = client.get("/readyz")

    assert (whole.status_code, whole.json()["search"], whole.json()["search_built"]) == (
        200, True, None,
    )  # fmt: skip
    assert (broken.status_code, broken.json()["search"]) == (503, False)
    assert rebuilt.status_code == 200
    assert rebuilt.json()["search_built"]["seconds_ago"] > 24 * 3600

"""Content files in a small world of their own: what is wrong with one is said in a sentence."""

import io
import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assembly_site.management.commands.load_content import LOADERS
from assembly_site.publishing.models import LoadedContent
from assembly_site.sources.content_fields import Tables
from assembly_site.sources.models import Source
from events.models import Event
from history.models import AssemblySession, Milestone, Stage

pytestmark = pytest.mark.django_db


def _three(text):
    return f'{{ kk = "{text}", ru = "{text}", en = "{text}" }}'


CITATION = """
[[citations]]
title = "Жарлық"
publisher = "Әділет"
url = "https://adilet.zan.kz/kaz/docs/N950002066_"
language = "kk"
published = "1995-03-01"
read = "2026-11-24"
supports = ["date", "text"]
state = "checked"
"""

FILES = {
    "places/regions/abai.toml": f"""
slug = "abai"
code = "KZ-10"
kato = "100000000"
kind = "region"
sort_order = 1
lat = 50.4
lon = 80.2
outline = "M0 0"
label_x = 1
label_y = 2
room = 3.5
name = {_three("Абай")}
centre = {_three("Семей")}
""",
    "places/venues/abai.toml": f"""
[house]
region = "abai"
name = {_three("Достық үйі")}
""",
    "pages/about.toml": f"""
slug = "about"
title = {_three("Сайт туралы")}
body = {_three("Мәтін.")}
""",
    "history/stages/beginnings.toml": f"""
number = 1
start = 1995
end = 2002
ornament = "horn"
title = {_three("Бастау")}
summary = {_three("Бастау.")}
body = {_three("Мәтін [1].")}

[[figures]]
series = "houses"
label = {_three("Үйлер")}
value = 3
date = "1998"
citation = 1
{CITATION}
""",
    "history/sessions/01.toml": f"""
number = 1
date = "1995-03-24"
region = "abai"

[[decisions]]
text = {_three("Шешім.")}
milestones = ["decree"]
""",
    "history/milestones/decree.toml": f"""
stage = 1
date = "1995-03-01"
theme = "law"
region = "abai"
session = 1
title = {_three("Жарлық")}
summary = {_three("Қысқаша.")}
body = {_three("Мәтін [1].")}
{CITATION}
""",
    "history/people/somebody.toml": f"""
slug = "somebody"
name = {_three("Біреу")}
summary = {_three("Қысқаша.")}

[[appointments]]
role = {_three("Төраға")}
start = "1995"
""",
    "events/audiences.toml": f"""
[everyone]
title = {_three("барлығы")}
""",
    "events/access-provisions.toml": "",
    "events/spoken-languages.toml": "",
    "events/holidays.toml": "",
    "events/categories/forum.toml": f"""
slug = "forum"
schema_type = "Event"
order = 1
ornament = "sun"
title = {_three("форум")}
""",
    "events/events/forum.toml": f"""
category = "forum"
region = "abai"
mode = "in-person"
audiences = ["everyone"]
milestone = "decree"
session = 1
title = {_three("Форум")}
summary = {_three("Қысқаша.")}
body = {_three("Мәтін [1].")}

[[occurrences]]
start = "2025-03-01"
end = "2025-03-02"
start_time = "15:00"
venue = "house"
{CITATION}
""",
    "search/synonyms.toml": """
[almaty]
words = ["Алматы", "Алма-Ата"]
""",
}


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A few files that are right; `files(name, old, new)` spoils or adds one."""
    for room in ("places", "pages", "search", "history", "events"):
        package = room if room in ("history", "events") else f"assembly_site.{room}"
        monkeypatch.setattr(f"{package}.starting_content.CONTENT", tmp_path / room)

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def spoil(name, old, new):
        text = FILES.get(name, "")
        assert old in text
        write(name, text.replace(old, new, 1) if old else text + new)

    for name, text in FILES.items():
        write(name, text)
    return spoil


def _run(**options):
    output = io.StringIO()
    call_command("load_content", stdout=output, **options)
    return output.getvalue()


def _mistakes(**options):
    with pytest.raises(CommandError) as caught:
        _run(**options)
    head, *lines = str(caught.value).splitlines()
    assert head.startswith("Nothing was loaded: ")
    return lines


MILESTONE = "history/milestones/decree.toml"
EVENT = "events/events/forum.toml"
STAGE = "history/stages/beginnings.toml"


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "sentence"),
    [
        # Names
        (MILESTONE, "summary =", "sumary =", "sumary", "did you mean “summary”?"),
        (MILESTONE, "summary =", "sumary =", "summary", "this field is missing"),
        (MILESTONE, "[[citations]]", "[[citation]]", "citation", "did you mean “citations”?"),
        (MILESTONE, "publisher =", "publsher =", "citations 1, publsher", "“publisher”?"),
        (MILESTONE, 'ru = "Жарлық"', 'rus = "Жарлық"', "title.rus", "kk, ru and en"),
        (EVENT, "start_time =", "strat_time =", "occurrences 1, strat_time", "“start_time”?"),
        ("places/venues/abai.toml", "region =", "regin =", "house, regin", "“region”?"),
        ("places/venues/abai.toml", "[house]", "", "region", "stands in no table"),
        # What kind of value
        (MILESTONE, '"1995-03-01"', "1995", "date", 'in quotation marks, "1995"'),
        (MILESTONE, '"1995-03-01"', "1995-03-01", "date", 'quotation marks, "1995-03-01"'),
        (MILESTONE, "stage = 1", 'stage = "1"', "stage", "without quotation marks"),
        (MILESTONE, "stage = 1", "stage = 1\nkey = 1", "key", "write true or false"),
        (MILESTONE, "stage = 1", 'stage = 1\nkey = "yes"', "key", "write true or false"),
        (MILESTONE, "title = {", 'title = "Жарлық"\n# {', "title", "for each of kk, ru and en"),
        (MILESTONE, '["date", "text"]', '"date"', "citations 1, supports", "write a list"),
        (MILESTONE, "[[citations]]", "[citations]", "citations", "two brackets"),
        (MILESTONE, 'theme = "law"', 'theme = ""', "theme", "this is empty"),
        (EVENT, '["everyone"]', '"everyone"', "audiences", "write a list"),
        (STAGE, "value = 3", 'value = "3"', "figures 1, value", "without quotation marks"),
        (STAGE, "value = 3", "value = nan", "figures 1, value", "write a number"),
        (STAGE, "end = 2002", "end = true", "end", "write a whole number"),
        # Choices and references
        (MILESTONE, '"law"', '"lwa"', "theme", "“lwa” is unknown"),
        (MILESTONE, '"law"', '"sport"', "theme", "there are: charity, culture, institution, law"),
        (MILESTONE, '"abai"', '"atlantis"', "region", "there is no region “atlantis”; there are: "),
        (MILESTONE, "session = 1", "session = 40", "session", "there is no session “40”"),
        (MILESTONE, "stage = 1", "stage = 6", "stage", "there is no stage “6”; there are: 1."),
        (MILESTONE, "stage = 1", 'stage = 1\nstatus = "hidden"', "status", "draft, in-review"),
        (EVENT, '"house"', '"houses"', "occurrences 1, venue", "did you mean “house”?"),
        (EVENT, '["everyone"]', '["evryone"]', "audiences", "did you mean “everyone”?"),
        (EVENT, 'mode = "in-person"', 'part_of = "x"', "part_of", "there is no event “x”"),
        # Dates and spans
        (MILESTONE, '"1995-03-01"', '"1995-02-30"', "date", "that month has 28 days"),
        (MILESTONE, '"1995-03-01"', '"1995-13"', "date", "there is no month 13"),
        (MILESTONE, '"1995-03-01"', '"01.03.1995"', "date", "is written “1995-03-01”"),
        (MILESTONE, '"1995-03-01"', '"9195"', "date", "the year is not between"),
        (MILESTONE, "theme =", 'end = "1995-02"\ntheme =', "end", "is before “1995-03-01”"),
        (STAGE, "end = 2002", "end = 1990", "end", "is before “1995”"),
        (EVENT, '"2025-03-02"', '"2025-02-28"', "occurrences 1, end", "is before “2025-03-01”"),
        (EVENT, '"15:00"', '"25:00"', "occurrences 1, start_time", "such as “15:00”"),
        # Citations
        (MILESTONE, "title = \"Жарлық\"\npub", "pub", "citations 1, title", "is missing"),
        (MILESTONE, '"https://adilet', '"adilet', "citations 1, url", "Enter a valid URL"),
        (MILESTONE, '"2026-11-24"', '"2026-11"', "citations 1, read", "is not a full date"),
        (MILESTONE, 'read = "2026-11-24"', "", "citations 1, read", "was read on a day"),
        (MILESTONE, '"checked"', '"seen"', "citations 1, state", "checked, disputed, unchecked"),
        (MILESTONE, '"checked"', '"disputed"', "citations 1, statement", "write in a sentence"),
        (MILESTONE, '"date", "text"', '"dates"', "citations 1, supports", "you mean “date”?"),
        (MILESTONE, 'e = "kk"', 'e = "Kazakh"', "citations 1, language", "the code of a language"),
        (MILESTONE, "[1]", "[2]", "body.kk", "[2] points at no citation, the file has 1 citation"),
        (STAGE, "citation = 1", "citation = 2", "figures 1, citation", "the file has 1 citation"),
        # Texts
        (MILESTONE, 'ru = "Жарлық", en = "Жарлық"', "", "title", "is missing in ru, en"),
        (MILESTONE, 'kk = "Жарлық"', 'kk = " "', "title", "is missing in kk"),
        (MILESTONE, 'kk = "Жарлық"', f'kk = "{"ж" * 207}"', "title.kk", "207 characters and the "
         "limit is 200: shorten it by 7."),
        (MILESTONE, "Мәтін [1].", "[Мәтін](https://a.kz) [1].", "body.kk", "a link or a picture"),
        (MILESTONE, "Мәтін [1].", "<b>Мәтін</b> [1].", "body.kk", "HTML stands in the text"),
        (MILESTONE, "Мәтін [1].", "# Мәтін [1].", "body.kk", "a chapter begins with “## ”"),
        (MILESTONE, "Мәтін [1].", "Мә\\u0000тін [1].", "body.kk", "an invisible control"),
        # What only the model knows
        ("search/synonyms.toml", ', "Алма-Ата"', "", "almaty, words", "a list of at least two"),
        ("search/synonyms.toml", '"Алма-Ата"', '"Алма, Ата"', "almaty, words", "without a comma"),
        (EVENT, 'venue = "house"', "all_day = true", "occurrences 1", "“All day” and a clock"),
        (EVENT, 'venue = "house"', 'status = "cancelled"', "occurrences 1, reason.kk", "Say why"),
        ("places/regions/abai.toml", '"abai"', '"Абай"', "slug", "Small Latin letters"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_and_place(files, name, old, new, place, sentence):
    files(name, old, new)

    lines = _mistakes()

    folder_and_name = "/".join(name.split("/")[-2:])
    found = [line for line in lines if f"{folder_and_name}, “{place}”: " in line]
    assert [line for line in found if sentence in line] == found[:1], lines


def test_a_file_that_cannot_be_read_names_the_line(files):
    files(MILESTONE, "theme = ", "theme : ")

    lines = _mistakes()

    assert len(lines) == 1
    assert "milestones/decree.toml, “line 4”: this is not valid TOML" in lines[0]


def test_all_mistakes_of_all_files_come_in_one_numbered_list(files):
    files(MILESTONE, '"1995-03-01"', '"1995-02-30"')
    files("history/milestones/second.toml", "", 'theme = "law"')
    files(EVENT, 'venue = "house"', "all_day = true")
    files(STAGE, "ornament =", "ornment =")

    lines = _mistakes()

    assert [line.split(".")[0] for line in lines] == [str(n + 1) for n in range(len(lines))]
    assert [line.split("/")[-1].split(":")[0] for line in lines] == [
        "beginnings.toml, “ornment”",
        "beginnings.toml, “ornament”",
        "decree.toml, “date”",
        "second.toml, “stage”",
        "second.toml, “date”",
        "second.toml, “title”",
        "second.toml, “summary”",
        "second.toml, “body”",
    ]


def test_the_list_of_mistakes_ends_after_fifty(files):
    for number in range(60):
        files(f"history/people/{number}.toml", "", f'slug = "{number}"\nname = {_three("А")}')

    lines = _mistakes()

    assert len(lines) == 51
    assert lines[-1] == "… and 10 more, shown when these are mended."


def test_nothing_is_loaded_when_one_file_is_wrong(files):
    files(EVENT, '"15:00"', '"25:00"')

    assert len(_mistakes()) == 1

    assert not Stage.objects.exists()
    assert not LoadedContent.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("history/people/other.toml", FILES["history/people/somebody.toml"], "“slug”: “somebody”"),
        ("history/sessions/1.toml", "number = 1", "“number”: “1”"),
        ("places/venues/zhetysu.toml", FILES["places/venues/abai.toml"], "“house”: “house”"),
    ],
)
def test_two_objects_with_one_name_are_a_mistake(files, name, text, sentence):
    files(name, "", text)

    lines = _mistakes()

    assert len(lines) == 1
    assert f"{sentence} stands in " in lines[0]
    assert "as well: give one of them another." in lines[0]


def test_checking_says_how_many_are_right_and_writes_nothing(files):
    output = _run(check=True)

    assert "  event: 1 of 1 right\n" in output
    assert "  stage: 1 of 1 right\n" in output
    assert "All 11 are right; nothing was written." in output
    assert not Event.objects.exists()
    assert not LoadedContent.objects.exists()


def test_checking_judges_files_whose_objects_an_editor_changed(files):
    _run()
    Milestone.objects.update(title_en="By an editor")
    files(EVENT, 'venue = "house"', "all_day = true")

    lines = _mistakes(check=True)

    assert len(lines) == 1
    assert Milestone.objects.get().title_en == "By an editor"


def test_a_new_file_that_points_at_what_an_editor_deleted_is_skipped_and_named(files):
    _run()
    for model in (Milestone, AssemblySession, Stage):
        model.objects.all().delete()
    files("history/milestones/new.toml", "", FILES[MILESTONE])

    output = _run()

    assert "    skipped milestone new: stage 1 is not there\n" in output
    assert not Milestone.objects.exists()


def test_what_points_at_what_is_loaded_later_is_tied(files):
    _run()

    decision = AssemblySession.objects.get().decisions.get()
    assert [milestone.title_kk for milestone in decision.milestones.all()] == ["Жарлық"]
    assert Event.objects.get().milestone == Milestone.objects.get()


def test_a_dead_address_and_its_archived_copy_come_from_the_file(files):
    archived = 'archive = "https://archive.org/x"\nunreachable = "2026-11-20"\nlanguage = "kk"'
    files(MILESTONE, 'language = "kk"', archived)

    _run()

    source = Source.objects.get(archive_url="https://archive.org/x")
    assert (source.title, str(source.unreachable_since)) == ("Жарлық", "2026-11-20")


def test_loading_tells_each_kind_and_the_total_in_a_log(files):
    output = _run()

    assert "\r" not in output
    lines = output.splitlines()
    assert lines[0] == "  region: 1 written, 0 unchanged, 0 skipped"
    assert lines[-1].startswith("Loaded: 11 written, 0 unchanged, 0 skipped in ")
    assert lines[-1].endswith(" seconds.")


def test_loading_rewrites_one_line_on_a_terminal(files):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    files("history/people/other.toml", "", FILES["history/people/somebody.toml"].replace(
        "somebody", "other"))  # fmt: skip

    call_command("load_content", stdout=terminal)

    assert "\r  person: 1 of 2\r  person: 2 of 2\r  person: 2 written, " in terminal.getvalue()


def test_loading_can_be_silent(files):
    assert _run(verbosity=0) == ""


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.kind)
def test_the_guide_names_every_field_of_every_kind(loader):
    guide = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    kinds = {
        kind: paragraph
        for paragraph in guide.split("\n\n")
        if paragraph.startswith("**")
        for kind in paragraph.split("**")[1].split(", ")
    }
    tables = {"figures": kinds["figure"], "occurrences": kinds["occurrence"]}

    missing = []
    for name, field in loader.fields.items():
        wanted = [(name, kinds.get(loader.kind, ""))]
        if isinstance(field, Tables):
            wanted += [(one, tables.get(name, kinds.get(loader.kind, ""))) for one in field.fields]
        missing += [one for one, text in wanted if not re.search(rf"\b{one}\b", text)]

    assert missing == []


def test_a_database_without_tables_gets_a_sentence(monkeypatch):
    from django.db.backends.base.introspection import BaseDatabaseIntrospection

    monkeypatch.setattr(BaseDatabaseIntrospection, "table_names", lambda *_args: [])

    with pytest.raises(CommandError, match="python manage"):
        _run()

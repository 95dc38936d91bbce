"""Every word of the site exists in every language."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "assembly_site").glob("**/locale/*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _name(path):
    return str(path.relative_to(ROOT / "assembly_site"))


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_no_message_is_missing_or_uncertain(path):
    catalogue = polib.pofile(str(path))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_translations_keep_the_placeholders_of_the_message(path):
    wrong = []
    for entry in polib.pofile(str(path)):
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            found = set(PLACEHOLDER.findall(text))
            if text and not (found <= wanted and (found == wanted or entry.msgid_plural)):
                wrong.append(entry.msgid)

    assert wrong == []


def test_both_catalogues_of_the_project_hold_the_same_messages():
    kazakh, russian = (
        {
            (entry.msgctxt, entry.msgid)
            for entry in polib.pofile(
                str(ROOT / f"assembly_site/locale/{code}/LC_MESSAGES/django.po")
            )
        }
        for code in ("kk", "ru")
    )

    assert kazakh == russian


MARKED = re.compile(
    r"""{%\s*(?:translate|trans)\s+"([^"]+)"|(?<![A-Za-z_])(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]"""
)


def test_every_marked_string_of_code_and_templates_is_in_the_catalogue():
    known = {
        entry.msgid
        for entry in polib.pofile(str(ROOT / "assembly_site/locale/kk/LC_MESSAGES/django.po"))
    }
    missing = set()
    for folder in ("assembly_site", "events", "history", "templates"):
        for path in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.html")]:
            for groups in MARKED.findall(path.read_text(encoding="utf-8")):
                text = next(filter(None, groups))
                if text not in known:
                    missing.add(f"{path.relative_to(ROOT)}: {text}")

    assert missing == set()

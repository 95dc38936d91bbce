"""Impossible, half and swapped dates in the editors' forms: a sentence at the field, and why."""

import pytest
from django.urls import reverse
from django.utils import translation

from assembly_site.languages.dates import PartialDate

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

HOW = " is not a date. Write a year (1995), a month (03.1995) or a day (01.03.1995)."
# What an editor writes, and the whole of what stands over the field.
IMPOSSIBLE = [
    ("31.06.2025", "“31.06.2025” is not a date: that month has 30 days."),
    ("29.02.2025", "“29.02.2025” is not a date: that month has 28 days."),
    ("13.2025", "“13.2025” is not a date: there is no month 13."),
    ("00.2025", "“00.2025”" + HOW),
    ("01.03.", "“01.03.”" + HOW),
    ("1995-", "“1995-”" + HOW),
    ("95", "“95”" + HOW),
    ("0000", "“0000”" + HOW),
    ("1 March 1995, in the morning", "“1 March 1995, in the morning”" + HOW),
]


@pytest.fixture
def editor(client, account):
    client.force_login(account("secretariat"))
    client.cookies["django_language"] = "en"
    return client


def _appointed():
    person = factories.PersonFactory()
    person.appointments.create(role_kk="Төраға", start=PartialDate(1995))
    return person


MADE = {
    "milestone": factories.MilestoneFactory,
    "assemblysession": lambda: factories.SessionFactory(number=34),
    "document": factories.DocumentFactory,
    "person": _appointed,
}
DATED = [
    ("milestone", "", ("date", "end")),
    ("assemblysession", "", ("date", "end")),
    ("document", "", ("date", "end")),
    ("person", "appointments-0-", ("start", "end", "seen_from", "seen_to")),
]


class Form:
    """The form of one object in the admin."""

    def __init__(self, editor, kind, prefix=""):
        self.editor, self.prefix = editor, prefix
        self.address = reverse(f"admin:history_{kind}_change", args=[MADE[kind]().pk])
        self.values = form_values(editor.get(self.address))

    def save(self, **changes):
        """The errors of the changed fields by name; none when the object was saved."""
        changed = {f"{self.prefix}{name}": text for name, text in changes.items()}
        response = self.editor.post(self.address, self.values | changed)
        if response.status_code == 302:
            return {}
        form = response.context["adminform"].form
        if self.prefix:
            form = response.context["inline_admin_formsets"][0].formset.forms[0]
        with translation.override("en"):
            return {name: list(map(str, errors)) for name, errors in form.errors.items()}


@pytest.mark.parametrize(("kind", "prefix", "names"), DATED)
def test_an_impossible_date_is_answered_at_its_field(editor, kind, prefix, names):
    form = Form(editor, kind, prefix)

    for text, sentence in IMPOSSIBLE:
        assert form.save(**dict.fromkeys(names, text)) == {name: [sentence] for name in names}


BEFORE_DATE = "“Until” is before the date."
BEFORE_FROM = "“Until” is before “from”."
LESS_EXACT = "“Until” is less exact than the beginning: write its month or day as well."


SWAPPED = [
    ("2008", "2007"), ("10.2008", "09.2008"), ("20.10.2008", "19.10.2008"), ("20.10.2008", "2007"),
]  # fmt: skip
VAGUE = [("20.10.2008", "2008"), ("20.10.2008", "10.2008"), ("10.2008", "2008")]


@pytest.mark.parametrize(
    ("kind", "prefix", "start", "end", "before"),
    [
        ("milestone", "", "date", "end", BEFORE_DATE),
        ("assemblysession", "", "date", "end", BEFORE_DATE),
        ("document", "", "date", "end", BEFORE_DATE),
        ("person", "appointments-0-", "start", "end", BEFORE_FROM),
        ("person", "appointments-0-", "seen_from", "seen_to", BEFORE_FROM),
    ],
)
def test_an_end_before_its_beginning_is_answered_at_the_end(
    editor, kind, prefix, start, end, before
):
    form = Form(editor, kind, prefix)

    for first, last in SWAPPED:
        assert form.save(**{start: first, end: last}) == {end: [before]}
    for first, last in VAGUE:
        assert form.save(**{start: first, end: last}) == {end: [LESS_EXACT]}


@pytest.mark.parametrize("kind", ["milestone", "assemblysession", "document"])
def test_dates_of_unlike_exactness_are_taken_when_the_end_says_as_much(editor, kind):
    form = Form(editor, kind)

    for first, last in [("2008", "03.2008"), ("10.2008", "20.10.2008"), ("2008", "2010-01-01")]:
        assert form.save(date=first, end=last) == {}


def test_what_was_seen_until_a_day_was_seen_from_one(editor):
    errors = Form(editor, "person", "appointments-0-").save(start="", seen_to="2016")

    assert errors == {
        "seen_from": ["Write the first date too: with one date alone, write it in both."]
    }


@pytest.mark.parametrize("kind", ["milestone", "document"])
def test_a_date_that_is_due_is_asked_for(editor, kind):
    assert Form(editor, kind).save(date=" ") == {"date": ["This field is required."]}


@pytest.mark.parametrize(
    ("dates", "exact", "when"),
    [
        ({"start": "2008"}, True, ["2008 жылдан", "с 2008 г.", "since 2008"]),
        ({"end": "2016"}, True, ["2016 жылға дейін", "до 2016 г.", "until 2016"]),
        (
            {"start": "2008", "end": "2016"},
            True,
            ["2008–2016 жылдар", "2008–2016 гг.", "2008–2016"],
        ),
        (
            {"start": "2020-11-11", "seen_from": "2022-04-21", "seen_to": "2022-04-21"},
            True,
            ["2020 жылғы 11 қарашадан", "с 11 ноября 2020 г.", "since 11 November 2020"],
        ),
        (
            {"seen_from": "2015-02", "seen_to": "2016-11-29"},
            False,
            [
                "2015 жылғы ақпан – 2016 жылғы 29 қараша",
                "февраль 2015 г. — 29 ноября 2016 г.",
                "February 2015 – 29 November 2016",
            ],
        ),
        ({}, False, ["", "", ""]),
    ],
)
def test_an_appointment_says_as_much_of_its_term_as_is_known(client, dates, exact, when):
    person = factories.PersonFactory()
    parsed = {name: PartialDate.parse(text) for name, text in dates.items()}
    appointment = person.appointments.create(
        role_kk="Төраға", role_ru="Председатель", role_en="Chairman", **parsed
    )

    for code, words in zip(("kk", "ru", "en"), when, strict=True):
        page = client.get(f"/{code}/history/people/{person.slug}/").content.decode()
        assert words in page.replace("\u00a0", " ")
    assert appointment.is_exact is exact

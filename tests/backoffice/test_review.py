"""From a draft to the public and back, through the doors that editors take."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from assembly_site.languages.dates import PartialDate
from assembly_site.publishing import review
from assembly_site.publishing.journal import JournalEntry
from events.models import Event, Occurrence

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai")


@pytest.fixture
def editor(account, abai):
    return account("regional-editor", regions=[abai], email="editor@example.org", first_name="Әсел")


@pytest.fixture
def secretary(account):
    return account("secretariat", email="secretary@example.org", language="ru")


@pytest.fixture
def event(abai):
    event = factories.EventFactory(draft=True, region=abai)
    factories.OccurrenceFactory(event=event)
    return event


def _url(view, instance):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[instance.pk])


def _post(client, instance, **changes):
    address = _url("change", instance)
    return client.post(address, form_values(client.get(address)) | changes)


def _deeds(instance):
    return list(
        JournalEntry.objects.about(instance).order_by("pk").values_list("deed", "by_name", "why")
    )


def test_a_text_goes_to_review_comes_back_with_notes_and_is_published(
    client, event, editor, secretary
):
    client.force_login(editor)
    _post(client, event, _submit="1", why="Дайын")
    event.refresh_from_db()
    assert event.status == "in-review"

    client.force_login(secretary)
    queue = client.get(reverse("admin:review"))
    assert [row.instance for row in queue.context["rows"]] == [event]
    answer = client.post(
        _url("review", event),
        {"why": "Жақсы, бірақ", "note-title_ru": "Қысқарту керек", "_return": "1"},
    )
    assert answer.status_code == 302
    assert client.get(reverse("admin:review")).context["rows"] == []

    client.force_login(editor)
    page = client.get(_url("change", event))
    assert page.context["returned"].why == "Жақсы, бірақ"
    assert "Қысқарту керек" in page.context["adminform"].form.fields["title_ru"].help_text
    _post(client, event, title_ru="Короче", _submit="1")

    client.force_login(secretary)
    client.post(_url("review", event), {"_publish": "1"})
    event.refresh_from_db()
    assert (event.status, event.title_ru) == ("published", "Короче")
    assert client.get(event.get_absolute_url()).status_code == 200
    assert [deed for deed, _by, _why in _deeds(event)] == [
        "submitted", "returned", "submitted", "published",
    ]  # fmt: skip
    assert _deeds(event)[0] == ("submitted", "Әсел", "Дайын")


@pytest.fixture
def two_dates(event):
    """An event in review with two dates and a source."""
    event.occurrences.update(room="Кіші зал")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 7), room="Үлкен зал")
    factories.CitationFactory(target=event, number=1)
    Event.objects.filter(pk=event.pk).update(status="in-review")
    return event


def _notes_on_rows(event):
    """The names of boxes of the review page, as a browser would send them, with notes."""
    second, citation = event.occurrences.last(), event.citations.get()
    return {
        f"note-occurrences:{second.pk}:2:room": "Қай қабат?",
        f"note-citations:{citation.pk}:1:source": "Басқа <дереккөз>",
    }


def _return_rows(client, event, secretary):
    client.force_login(secretary)
    page = client.get(_url("review", event)).content.decode()
    notes = _notes_on_rows(event)
    assert [f'name="{name}"' in page for name in notes] == [True, True]
    assert client.post(_url("review", event), {"_return": "1", **notes}).status_code == 302


def _row_form(page, instance):
    return next(
        form
        for inline in page.context["inline_admin_formsets"]
        for form in inline.formset.initial_forms
        if form.instance == instance
    )


def test_notes_on_fields_of_rows_stand_at_these_fields_of_the_form(
    client, two_dates, editor, secretary
):
    _return_rows(client, two_dates, secretary)
    client.force_login(editor)

    page = client.get(_url("change", two_dates))

    first, second = two_dates.occurrences.all()
    helps = [_row_form(page, one)["room"].help_text for one in (first, second)]
    assert ["Қай қабат?" in text for text in helps] == [False, True]
    text = page.content.decode()
    described = text.partition('id="id_occurrences-1-room_helptext"')[2].partition("</div>")[0]
    assert "Қай қабат?" in described
    assert ("Басқа &lt;дереккөз&gt;" in text, "<дереккөз>" in text) == (True, False)
    assert page.context["notes_elsewhere"] == []


def test_the_note_on_a_row_that_is_gone_stands_with_the_general_note(
    client, two_dates, editor, secretary
):
    _return_rows(client, two_dates, secretary)
    two_dates.occurrences.last().delete()
    client.force_login(editor)

    page = client.get(_url("change", two_dates))
    desk = client.get(reverse("admin:index")).content.decode()

    room = str(Occurrence._meta.get_field("room").verbose_name)
    label = f"{capfirst(Occurrence._meta.verbose_name)} 2, {room}"
    assert page.context["notes_elsewhere"] == [(label, "Қай қабат?")]
    assert f"<p>{label}: Қай қабат?</p>" in page.content.decode()
    assert [label in desk, "Қай қабат?" in desk] == [True, True]


def test_a_letter_names_the_row_that_a_note_is_about(client, two_dates, editor, secretary):
    Event.objects.update(status="draft")
    review.submit(Event.objects.get(), editor, timezone.now())
    mail.outbox.clear()

    _return_rows(client, two_dates, secretary)

    (letter,) = mail.outbox
    room = str(Occurrence._meta.get_field("room").verbose_name)
    assert f"– {capfirst(Occurrence._meta.verbose_name)} 2, {room}: Қай қабат?" in letter.body
    assert "Басқа <дереккөз>" in letter.body


def test_a_note_on_the_text_of_a_row_stands_at_its_language(client, account, secretary):
    person = factories.PersonFactory(status="in-review")
    appointment = person.appointments.create(
        role_kk="Төраға", role_ru="Председатель", role_en="Chairman", start=PartialDate(1995)
    )
    client.force_login(secretary)
    note = {f"note-appointments:{appointment.pk}:1:role_ru": "Полностью"}
    client.post(_url("review", person), {"_return": "1", **note})
    client.force_login(account("historian"))

    page = client.get(_url("change", person))

    forms = [one.formset.forms for one in page.context["inline_admin_formsets"]]
    (row,) = [form for rows in forms for form in rows if form.instance == appointment]
    assert page.context["notes_elsewhere"] == []
    assert "Полностью" in str(row["role_ru"].help_text)
    assert "Полностью" not in str(row["role_kk"].help_text)


def test_notes_typed_at_rows_outlive_a_mistake_of_the_reviewer(client, two_dates, secretary):
    client.force_login(secretary)
    Event.objects.update(title_ru="")

    page = client.post(_url("review", two_dates), {"_publish": "1", **_notes_on_rows(two_dates)})

    assert page.context["form"].non_field_errors()
    assert "Қай қабат?</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["nothing", "pk", "occurrences:1:2", "occurrences:x:1:room", "occurrences:1:1:nothing",
     "proposals:1:1:room", "uid:1:1:room", "a:b:c:d"],
)  # fmt: skip
def test_a_note_on_a_field_that_is_not_there_is_no_note(client, two_dates, secretary, name):
    client.force_login(secretary)

    page = client.post(_url("review", two_dates), {"_return": "1", f"note-{name}": "Жоқ"})

    assert (page.status_code, bool(page.context["form"].non_field_errors())) == (200, True)
    assert Event.objects.get().status == "in-review"


def test_the_review_page_asks_no_more_for_many_rows(client, two_dates, secretary):
    client.force_login(secretary)

    def count():
        client.get(_url("review", two_dates))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_url("review", two_dates)).status_code == 200
        return len(queries)

    few = count()
    for number in range(2, 7):
        factories.OccurrenceFactory(event=two_dates, venue=factories.VenueFactory())
        factories.CitationFactory(target=two_dates, number=number)

    assert count() == few


def test_publishing_and_taking_away_at_a_time_need_nobody_to_be_awake(event, secretary):
    at = timezone.now()
    review.publish(event, secretary, at, at + timedelta(hours=2))

    shown = [
        Event.objects.public(at + timedelta(hours=hours)).filter(pk=event.pk).exists()
        for hours in (0, 1, 2, 3)
    ]

    assert shown == [False, False, True, True]


def test_the_second_of_two_decisions_at_once_is_told_so_and_changes_nothing(
    client, event, account, secretary
):
    at = timezone.now()
    review.submit(event, secretary, at)
    stale = Event.objects.get(pk=event.pk)
    review.publish(event, secretary, at)

    with pytest.raises(ValidationError, match="бұрын жарияланған"):
        review.publish(stale, account("secretariat"), at)
    client.force_login(secretary)
    page = client.post(_url("review", event), {"_return": "1", "why": "Кеш"})

    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert "Кеш" in page.content.decode()
    event.refresh_from_db()
    assert event.status == "published"


def test_what_lacks_a_language_is_not_published_and_the_field_is_named(client, event, secretary):
    Event.objects.filter(pk=event.pk).update(title_ru="", status="in-review")
    client.force_login(secretary)

    page = client.post(_url("review", event), {"_publish": "1"})

    (sentence,) = page.context["form"].non_field_errors()
    assert str(Event._meta.get_field("title_ru").verbose_name) in sentence
    assert Event.objects.get().status == "in-review"


def test_a_return_that_says_nothing_is_refused(client, event, secretary):
    Event.objects.filter(pk=event.pk).update(status="in-review")
    client.force_login(secretary)

    page = client.post(_url("review", event), {"_return": "1", "why": "  ", "note-title_kk": " "})

    assert page.context["form"].non_field_errors()
    assert Event.objects.get().status == "in-review"


@pytest.mark.parametrize("steps", [["withdraw"], ["archive"], ["withdraw", "archive"]])
def test_what_was_taken_away_says_that_it_is_gone_and_can_come_back(
    client, event, secretary, steps
):
    at = timezone.now()
    review.publish(event, secretary, at)
    client.force_login(secretary)

    for step in steps:
        client.post(_url("review", event), {f"_{step}": "1"})
    gone = client.get(event.get_absolute_url()).status_code
    client.post(_url("review", event), {"_publish": "1"})

    assert (gone, client.get(event.get_absolute_url()).status_code) == (410, 200)


@pytest.mark.parametrize("verb", ["submit", "return", "withdraw", "archive", "reopen"])
def test_a_step_from_a_state_in_which_it_makes_no_sense_is_refused(event, secretary, verb):
    wrong = {"submit": "published", "return": "draft", "withdraw": "draft", "archive": "draft",
             "reopen": "published"}  # fmt: skip
    at = timezone.now()
    Event.objects.filter(pk=event.pk).update(status=wrong[verb], publish_at=at)
    event.refresh_from_db()
    act = {"return": review.return_with_notes}.get(verb) or getattr(review, verb)

    with pytest.raises(ValidationError):
        act(event, secretary, at, "себебі")

    assert _deeds(event) == []


def test_an_editor_of_a_region_decides_nothing_by_any_address(client, event, editor):
    client.force_login(editor)

    answers = [
        client.get(_url("review", event)).status_code,
        client.post(_url("review", event), {"_publish": "1"}).status_code,
    ]
    _post(client, event, _publish="1")

    assert answers == [403, 403]
    event.refresh_from_db()
    assert event.status == "draft"
    assert client.get(reverse("admin:review")).context["rows"] == []


def test_letters_go_to_those_whom_a_deed_concerns_in_their_language(
    client, event, editor, secretary
):
    client.force_login(editor)
    _post(client, event, _submit="1", why="Дайын")
    (letter,) = mail.outbox
    assert letter.to == ["secretary@example.org"]
    assert letter.subject.startswith("отправлено на проверку: ")
    assert "Дайын" in letter.body
    assert _url("review", event) in letter.body

    mail.outbox.clear()
    review.return_with_notes(event, secretary, timezone.now(), "Қараңыз", {"title_kk": "Қате бар"})
    (letter,) = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert letter.subject.startswith("қайтарылды: ")
    assert "Қате бар" in letter.body


def test_the_language_of_the_screens_is_that_of_the_letters(client, editor):
    client.force_login(editor)

    client.post("/admin/language/", {"language": "en", "next": "/admin/"})
    client.post("/admin/language/", {"language": "xx", "next": "/admin/"})

    editor.refresh_from_db()
    assert editor.language == "en"


def test_the_queue_takes_as_many_queries_with_thirty_waiting_as_with_one(
    client, event, secretary, django_assert_max_num_queries
):
    client.force_login(secretary)
    for _ in range(30):
        review.submit(factories.EventFactory(draft=True), secretary, timezone.now())
    client.get(reverse("admin:review"))

    with django_assert_max_num_queries(15):
        page = client.get(reverse("admin:review"))

    assert len(page.context["rows"]) == 30


def test_the_log_is_looked_at_exported_and_never_edited(client, event, secretary, editor):
    review.submit(event, editor, timezone.now(), "=HYPERLINK(1)")
    other = factories.EventFactory(draft=True, region=factories.RegionFactory(slug="astana"))
    review.submit(other, secretary, timezone.now(), "Басқа өңір")
    entry = JournalEntry.objects.about(event).get()
    client.force_login(secretary)
    address = reverse("admin:publishing_journalentry_changelist")

    table = client.post(
        address, {"action": "export", "_selected_action": [entry.pk]}
    ).content.decode("utf-8-sig")
    answers = [
        client.get(reverse("admin:publishing_journalentry_change", args=[entry.pk])).status_code,
        client.post(reverse("admin:publishing_journalentry_delete", args=[entry.pk])).status_code,
    ]

    assert "'=HYPERLINK(1)" in table
    assert answers == [200, 403]
    with pytest.raises(TypeError):
        entry.delete()
    entry.why = "Басқа"
    with pytest.raises(TypeError):
        entry.save()
    client.force_login(editor)
    assert "Басқа өңір" not in client.get(address).content.decode()
    assert "HYPERLINK" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "deeds"),
    [
        ("kk", ["жоба сілтемесі ашылды", "оқып шыққан адамның ескертуі",
                "оқып шыққан адам мәтінді мақұлдады"]),
        ("ru", ["ссылка на черновик открыта", "замечание рецензента",
                "текст одобрен рецензентом"]),
        ("en", ["draft link opened", "remark of a reviewer", "text approved by a reviewer"]),
    ],
)  # fmt: skip
def test_the_log_tells_filters_and_exports_what_reviewers_did(
    client, event, editor, language, deeds
):
    link, at = factories.draft_link(event), timezone.now()
    link.count_opening(at)
    link.remark(at, field="title", language="kk", name="=Бекзат", text="Қате бар")
    link.approve(at, language="ru", name="Айгүл")
    client.force_login(editor)
    client.post("/admin/language/", {"language": language, "next": "/admin/"})
    address = reverse("admin:publishing_journalentry_changelist")

    page = client.get(address).content.decode()
    found = [
        client.get(address, {"deed__exact": deed}).context["cl"].result_count
        for deed in ("opened", "remarked", "approved")
    ]
    table = client.post(
        address,
        {"action": "export", "_selected_action": JournalEntry.objects.values_list("pk", flat=True)},
    ).content.decode("utf-8-sig")
    form = client.get(_url("change", event)).content.decode()

    assert [page.count(f">{deed}</") for deed in deeds] == [2, 2, 2]
    assert found == [1, 1, 1]
    rows = [line.split(",")[1:3] for line in table.splitlines()[1:]]
    assert rows == [["Айгүл", deeds[2]], ["'=Бекзат", deeds[1]], ["", deeds[0]]]
    assert f"</time> {deeds[0]}" in form
    assert f"</time> Айгүл: {deeds[2]}" in form


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("secretariat", ["_publish", "_save", "_continue", "_addanother"]),
        ("regional-editor", ["_submit", "_save", "_continue", "_addanother"]),
    ],
)
def test_each_role_has_the_buttons_of_what_it_may_do(client, account, event, abai, role, buttons):
    import re

    client.force_login(account(role, regions=[abai]))

    text = client.get(_url("change", event)).content.decode()

    assert re.findall(r'<input type="submit"[^>]* name="(_\w+)"', text) == buttons


def test_the_log_is_narrowed_by_the_kinds_and_regions_that_it_speaks_of(
    client, event, secretary, editor, abai
):
    review.submit(event, editor, timezone.now(), "")
    elsewhere = factories.EventFactory(draft=True, region=factories.RegionFactory(slug="astana"))
    review.submit(elsewhere, secretary, timezone.now(), "")
    review.submit(factories.PageFactory(status="draft"), secretary, timezone.now(), "")
    address = reverse("admin:publishing_journalentry_changelist")

    def choices(user):
        client.force_login(user)
        page = client.get(address).context["cl"]
        return [len(one.lookup_choices) for one in page.filter_specs[1:3]]

    assert choices(secretary) == [2, 2]
    assert choices(editor) == [1, 1]
    kind = str(JournalEntry.objects.about(event).get().target_type_id)
    client.force_login(secretary)
    found = [
        client.get(address, asked).context["cl"].result_count
        for asked in ({"kind": kind}, {"kind": kind, "region": "abai"}, {"region": "astana"})
    ]
    assert found == [2, 1, 1]
    client.force_login(editor)
    assert client.get(address, {"region": "astana"}).context["cl"].result_count == 1
    assert str(abai) in client.get(address).content.decode()
    assert client.get(address, {"kind": "x' OR 1=1", "region": "?"}).status_code == 200

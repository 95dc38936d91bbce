"""A change to what is live, proposed by one and decided by another."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assembly_site.publishing import proposals
from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.proposals import Proposal
from assembly_site.publishing.versions import present, versions_of
from events.models import Event

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "Құпия-xq7"


@pytest.fixture
def abai():
    return factories.RegionFactory(slug="abai")


@pytest.fixture
def editor(account, abai):
    return account("regional-editor", regions=[abai], email="editor@example.org", first_name="Әсел")


@pytest.fixture
def secretary(account):
    return account("secretariat", email="secretary@example.org", first_name="Дана")


@pytest.fixture
def event(abai):
    event = factories.EventFactory(region=abai, title_kk="Достық мерекесі Абайда")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 5), room="Кіші зал")
    factories.OccurrenceFactory(event=event, first_day=date(2035, 6, 7))
    return event


def _url(view, *args, kind="events_event"):
    return reverse(f"admin:{kind}_{view}", args=args)


def _propose(client, editor, event, **changes):
    client.force_login(editor)
    address = _url("change", event.pk)
    answer = client.post(address, form_values(client.get(address)) | changes)
    assert answer.status_code == 302, answer.context["errors"]
    return Proposal.objects.open().get(by=editor)


def _public(client, event):
    client.logout()
    return client.get(event.get_absolute_url()).content


def _deeds(event):
    return list(JournalEntry.objects.about(event).order_by("pk").values_list("deed", flat=True))


def _shape(context):
    return [(one.name, one.row, one.old, one.new) for one, _note, _may in context["differences"]]


NEW_DATE = {
    "occurrences-TOTAL_FORMS": "3",
    "occurrences-2-first_day": "09.06.2035",
    "occurrences-2-precision": "day",
    "occurrences-2-status": "scheduled",
}


def test_a_proposal_leaves_the_page_byte_equal_and_is_seen_field_by_field_rows_included(
    client, event, editor, secretary
):
    before, state = _public(client, event), present(event)

    proposal = _propose(
        client, editor, event,
        **NEW_DATE, title_kk="Достық күні Абайда", why="Атауы дәлірек",
        **{"occurrences-0-room": "Үлкен зал", "occurrences-1-DELETE": "on"},
    )  # fmt: skip

    assert _public(client, event) == before
    assert present(Event.objects.get(pk=event.pk)) == state
    client.force_login(secretary)
    (row,) = client.get(reverse("admin:review")).context["rows"]
    assert row.review_url == _url("proposal", proposal.pk)
    page = client.get(row.review_url)
    found = [(name, row, new) for name, row, _old, new in _shape(page.context)]
    assert found[:2] == [
        ("title_kk", "", "Достық күні Абайда"),
        ("room", "Күні 1", "Үлкен зал"),
    ]
    assert {row for _name, row, _new in found[2:]} == {
        "Күні 2, алып тасталды",
        "Күні 3, жаңа",
    }
    assert "<del>мерекесі</del><ins>күні</ins>" in page.content.decode()


def test_what_is_accepted_is_public_as_one_version_of_the_approver_that_names_the_proposer(
    client, event, editor, secretary
):
    proposal = _propose(
        client, editor, event, title_kk="Достық күні Абайда", why="Атауы дәлірек", **NEW_DATE
    )
    slug = event.slug
    client.force_login(secretary)

    client.post(_url("proposal", proposal.pk), {"_accept": "1"})

    event.refresh_from_db()
    newest = versions_of(event)[0].revision
    assert (event.title_kk, event.slug, event.status) == ("Достық күні Абайда", slug, "published")
    assert (event.occurrences.count(), event.last_day) == (3, date(2035, 6, 9))
    assert newest.user == secretary
    assert "Әсел" in newest.comment
    assert "Атауы дәлірек" in newest.comment
    assert [version.revision.user for version in versions_of(event)] == [secretary, None]
    assert _deeds(event) == ["proposed", "accepted"]
    assert "Достық күні Абайда" in _public(client, event).decode()


def test_visitors_learn_of_a_date_that_an_accepted_proposal_moved(client, event, editor, secretary):
    later = dict.fromkeys(("occurrences-0-first_day", "occurrences-0-last_day"), "06.06.2035")
    proposal = _propose(client, editor, event, **later)
    assert event.changes.count() == 0

    proposals.accept(proposal, secretary, timezone.now(), after=lambda one: one.save_span())

    moved = event.occurrences.get(first_day=date(2035, 6, 6))
    assert (moved.status, moved.previous_first_day) == ("rescheduled", date(2035, 6, 5))
    assert event.changes.count() == 1


def test_saving_again_replaces_the_proposal_and_the_form_shows_what_was_proposed(
    client, event, editor
):
    first = _propose(client, editor, event, title_kk="Бірінші")
    second = _propose(client, editor, event, title_kk="Екінші", **NEW_DATE)

    page = client.get(_url("change", event.pk))

    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "waiting")
    values = form_values(page)
    assert (values["title_kk"], values["occurrences-2-first_day"]) == ("Екінші", "09.06.2035")
    assert page.context["own_proposal"] == second
    assert not page.context["errors"]
    assert _deeds(event) == ["proposed", "proposed"]


def test_a_form_that_changes_nothing_proposes_nothing(client, event, editor):
    client.force_login(editor)
    address = _url("change", event.pk)

    client.post(address, form_values(client.get(address)))

    assert not Proposal.objects.exists()
    assert _deeds(event) == []


def test_what_the_form_does_to_white_space_is_no_change(client, event, editor, secretary):
    texts = {"body_kk": "<p>Бір</p>\n<p>Екі <em>сөз</em></p>\n", "note": "Бір\nекі"}
    Event.objects.filter(pk=event.pk).update(**texts)

    proposal = _propose(client, editor, event, title_kk="Басқа", note="Бір\r\nекі")

    client.force_login(secretary)
    page = client.get(_url("proposal", proposal.pk))
    assert [name for name, *_rest in _shape(page.context)] == ["title_kk"]
    client.post(_url("proposal", proposal.pk), {"_accept": "1"})
    event.refresh_from_db()
    assert {name: getattr(event, name) for name in texts} == texts


def test_a_mistake_is_told_at_its_field_and_nothing_is_proposed(client, event, editor):
    client.force_login(editor)
    address = _url("change", event.pk)

    page = client.post(
        address, form_values(client.get(address)) | {"title_ru": "", "summary_kk": "Жаңа мәтін"}
    )

    assert list(page.context["adminform"].form.errors) == ["title_ru"]
    assert "Жаңа мәтін" in page.content.decode()
    assert not Proposal.objects.exists()


def test_a_returned_proposal_has_its_notes_at_the_fields_and_can_be_mended(
    client, event, editor, secretary
):
    proposal = _propose(client, editor, event, title_kk="Қате атау")
    client.force_login(secretary)
    client.post(
        _url("proposal", proposal.pk),
        {"_return": "1", "why": "Тағы қараңыз", "note-title_kk": "Әріп қатесі бар"},
    )

    client.force_login(editor)
    page = client.get(_url("change", event.pk))
    form = page.context["adminform"].form
    assert "Әріп қатесі бар" in form.fields["title_kk"].help_text
    assert form["title_kk"].value() == "Қате атау"
    assert "Тағы қараңыз" in page.content.decode()
    mended = _propose(client, editor, event, title_kk="Дұрыс атау")

    assert mended.state == "waiting"
    client.force_login(secretary)
    assert len(client.get(reverse("admin:review")).context["rows"]) == 1
    assert _deeds(event) == ["proposed", "refused", "proposed"]


def test_a_return_that_says_nothing_is_refused(client, event, editor, secretary):
    proposal = _propose(client, editor, event, title_kk="Басқа")
    client.force_login(secretary)

    page = client.post(_url("proposal", proposal.pk), {"_return": "1", "why": " "})

    assert len(page.context["mistakes"]) == 1
    assert Proposal.objects.get().state == "waiting"


def test_its_author_takes_a_proposal_back(client, event, editor, secretary):
    proposal = _propose(client, editor, event, title_kk="Басқа")

    client.post(_url("proposal", proposal.pk), {"_withdraw": "1"})

    page = client.get(_url("change", event.pk))
    assert page.context["own_proposal"] is None
    assert page.context["adminform"].form["title_kk"].value() == event.title_kk
    client.force_login(secretary)
    assert client.get(reverse("admin:review")).context["rows"] == []
    answer = client.post(_url("proposal", proposal.pk), {"_accept": "1"})
    assert len(answer.context["mistakes"]) == 1


def test_what_was_changed_meanwhile_elsewhere_stays(client, event, editor, secretary):
    proposal = _propose(client, editor, event, title_kk="Менің атауым")
    Event.objects.filter(pk=event.pk).update(summary_kk="Хатшылықтың мәтіні")
    client.force_login(secretary)

    client.post(_url("proposal", proposal.pk), {"_accept": "1"})

    event.refresh_from_db()
    assert (event.title_kk, event.summary_kk) == ("Менің атауым", "Хатшылықтың мәтіні")


def test_a_row_that_the_approver_chooses_is_shown_once(client, event, editor, secretary):
    proposal = _propose(
        client, editor, event, **{"occurrences-0-room": "Үлкен зал", "occurrences-1-room": "Алаң"}
    )
    event.occurrences.filter(first_day=date(2035, 6, 5)).update(room="Бас зал")
    client.force_login(secretary)

    page = client.get(_url("proposal", proposal.pk))

    assert [(one.row, one.label) for one in page.context["questions"]] == [("Күні 1", "Бөлме")]
    assert [(name, row) for name, row, *_ in _shape(page.context)] == [("room", "Күні 2")]


@pytest.mark.parametrize(("choice", "title"), [("mine", "Ұсынылған"), ("theirs", "Тірі мәтін")])
def test_where_the_live_text_was_changed_too_the_approver_chooses(
    client, event, editor, secretary, choice, title
):
    proposal = _propose(client, editor, event, title_kk="Ұсынылған", summary_kk="Ұсынылған")
    client.force_login(secretary)
    address = _url("change", event.pk)
    client.post(address, form_values(client.get(address)) | {"title_kk": "Тірі мәтін"})

    page = client.get(_url("proposal", proposal.pk))
    (question,) = page.context["questions"]
    assert (question.mine, question.theirs, question.before) == (
        "Ұсынылған", "Тірі мәтін", "Достық мерекесі Абайда",
    )  # fmt: skip
    assert [name for name, *_ in _shape(page.context)] == ["summary_kk"]
    undecided = client.post(
        _url("proposal", proposal.pk), {"_accept": "1", "_seen": page.context["seen"]}
    )
    assert len(undecided.context["mistakes"]) == 1
    client.post(
        _url("proposal", proposal.pk),
        {"_accept": "1", "_seen": page.context["seen"], f"choice-{question.place}": choice},
    )

    event.refresh_from_db()
    assert (event.title_kk, event.summary_kk) == (title, "Ұсынылған")


def test_a_choice_made_before_still_another_save_is_asked_again(client, event, editor, secretary):
    proposal = _propose(client, editor, event, title_kk="Ұсынылған")
    client.force_login(secretary)
    address = _url("change", event.pk)
    client.post(address, form_values(client.get(address)) | {"title_kk": "Бір"})
    seen = client.get(_url("proposal", proposal.pk)).context["seen"]
    client.post(address, form_values(client.get(address)) | {"title_kk": "Екі"})

    page = client.post(
        _url("proposal", proposal.pk),
        {"_accept": "1", "_seen": seen, "choice-..title_kk": "theirs"},
    )

    assert len(page.context["mistakes"]) == 1
    assert Event.objects.get(pk=event.pk).title_kk == "Екі"


def test_the_second_of_two_decisions_at_once_gets_a_sentence(
    client, event, editor, secretary, account
):
    proposal = _propose(client, editor, event, title_kk="Басқа")
    proposals.accept(proposal, account("secretariat"), timezone.now())
    client.force_login(secretary)

    answers = [
        client.post(_url("proposal", proposal.pk), {verb: "1", "why": "Кеш"})
        for verb in ("_accept", "_return")
    ]

    assert [len(answer.context["mistakes"]) for answer in answers] == [1, 1]
    assert _deeds(event) == ["proposed", "accepted"]


def test_what_breaks_a_rule_by_now_is_not_accepted_and_the_field_is_named(
    client, event, editor, secretary
):
    proposal = _propose(client, editor, event, plan_year="2035", plan_number="7")
    factories.EventFactory(plan_year=2035, plan_number="7")
    client.force_login(secretary)

    page = client.post(_url("proposal", proposal.pk), {"_accept": "1"})

    assert len(page.context["mistakes"]) == 1
    event.refresh_from_db()
    assert event.plan_number == ""
    assert Proposal.objects.get().state == "waiting"


@pytest.mark.parametrize("fate", ["deleted", "withdrawn"])
def test_a_proposal_for_what_is_gone_says_so_and_its_text_can_still_be_copied(
    client, event, editor, secretary, fate
):
    proposal = _propose(client, editor, event, title_kk="Сақталған мәтін")
    if fate == "deleted":
        Event.objects.get(pk=event.pk).delete()
    else:
        Event.objects.filter(pk=event.pk).update(status="withdrawn")
    client.force_login(secretary)
    address = _url("proposal", proposal.pk)

    page = client.post(address, {"_accept": "1"})

    assert page.context["mistakes"] == [str(page.context["obstacle"])]
    assert not page.context["can_accept"]
    assert "Сақталған мәтін" in page.content.decode()
    assert [row.review_url for row in client.get(reverse("admin:review")).context["rows"]] == [
        address
    ]
    client.post(address, {"_return": "1", "why": "Енді керек емес"})
    client.force_login(editor)
    own = client.get(address)
    assert "Енді керек емес" in own.content.decode()
    assert "Сақталған мәтін" in own.content.decode()
    assert client.post(address, {"_withdraw": "1"}).status_code == 302
    assert Proposal.objects.get().state == "withdrawn"


def test_an_editor_of_another_region_sees_neither_proposal_nor_name(client, event, editor, account):
    proposal = _propose(client, editor, event, title_kk=SECRET, why=SECRET)
    stranger = account("regional-editor", regions=[factories.RegionFactory(slug="astana")])
    client.force_login(stranger)
    addresses = [
        _url("proposal", proposal.pk),
        _url("change", event.pk),
        _url("versions", event.pk),
        _url("history", event.pk),
        reverse("admin:review"),
        reverse("admin:index"),
        reverse("admin:publishing_journalentry_changelist"),
    ]

    for address in addresses:
        text = client.get(address, follow=True).content.decode()
        assert SECRET not in text, address
        assert "Әсел" not in text, address
    answers = [
        client.post(_url("proposal", proposal.pk), {verb: "1", "why": "x"}).status_code
        for verb in ("_accept", "_return", "_withdraw")
    ]

    assert answers == [404, 404, 404]
    assert Proposal.objects.get().state == "waiting"


def test_a_colleague_of_the_same_region_decides_nothing_about_anothers_proposal(
    client, event, editor, account, abai
):
    proposal = _propose(client, editor, event, title_kk=SECRET)
    client.force_login(account("regional-editor", regions=[abai]))

    form = client.get(_url("change", event.pk))
    answers = [
        client.post(_url("proposal", proposal.pk), {verb: "1"}).status_code
        for verb in ("_accept", "_return", "_withdraw")
    ]

    assert answers == [404, 404, 404]
    assert SECRET not in form.content.decode()
    assert "Әсел" in form.content.decode()


def test_its_author_cannot_accept_it(client, event, editor):
    proposal = _propose(client, editor, event, title_kk="Басқа")

    assert client.post(_url("proposal", proposal.pk), {"_accept": "1"}).status_code == 404
    assert Event.objects.get(pk=event.pk).title_kk == event.title_kk


def test_a_translator_proposes_only_the_texts_of_the_own_language(client, event, account):
    translator = account("translator", languages=["en"])

    proposal = _propose(
        client, translator, event, title_en="Day of friendship", title_kk="Бұзылды", region=""
    )

    assert {name for name, value in proposal.fields.items()
            if proposal.base_fields[name] != value} == {"title_en", "updated_at"}  # fmt: skip


def test_a_historian_proposes_a_change_to_a_public_milestone(client, account, secretary):
    milestone = factories.MilestoneFactory()
    factories.CitationFactory(target=milestone, number=1)
    historian = account("historian")
    client.force_login(historian)
    address = _url("change", milestone.pk, kind="history_milestone")

    answer = client.post(address, form_values(client.get(address)) | {"date": "01.03.1996"})
    assert answer.status_code == 302, answer.context["errors"]
    proposal = Proposal.objects.get()
    client.force_login(secretary)
    client.post(_url("proposal", proposal.pk, kind="history_milestone"), {"_accept": "1"})

    milestone.refresh_from_db()
    assert str(milestone.date) == "1996-03-01"
    assert milestone.citations.count() == 1


def test_letters_tell_the_approvers_and_then_the_one_who_proposed(
    client, event, editor, secretary, account
):
    proposal = _propose(client, editor, event, title_kk="Басқа")
    (letter,) = mail.outbox
    assert letter.to == ["secretary@example.org"]
    assert _url("proposal", proposal.pk) in letter.body

    mail.outbox.clear()
    client.logout()
    another = account("regional-editor", regions=editor.regions.all(), email="late@example.org")
    _propose(client, another, event, title_kk="Тағы басқа")
    mail.outbox.clear()
    proposals.accept(proposal, secretary, timezone.now())
    (letter,) = mail.outbox
    assert letter.to == ["editor@example.org"]


def test_the_queue_takes_as_many_queries_with_twenty_proposals_as_with_one(
    client, event, editor, secretary, django_assert_max_num_queries, abai
):
    for _ in range(20):
        other = factories.EventFactory(region=abai)
        proposals.propose(other, editor, timezone.now(), present(other), present(other))
    client.force_login(secretary)
    client.get(reverse("admin:review"))

    with django_assert_max_num_queries(18):
        page = client.get(reverse("admin:review"))

    assert len(page.context["rows"]) == 20

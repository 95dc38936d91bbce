"""Draft links: what a reviewer without an account sees and sends, and when nothing is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from assembly_site import preview
from assembly_site.preview import SHOWINGS
from assembly_site.publishing.draft_links import DraftLink, Remark
from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.models import ContentVersion
from assembly_site.publishing.snapshots import snapshot
from assembly_site.sources.models import Citation
from events.models import Event

from .. import factories
from ..tables import contents_of_all_tables

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru", "en")
SECRET = "Құпия-жоба-xq7"


def _draft(**fields):
    texts = {f"title_{code}": f"{SECRET} {code}" for code in LANGUAGES}
    return factories.EventFactory(draft=True, **texts | fields)


def _kinds():
    """A draft of each kind with a row in each of its parts."""
    stage = factories.StageFactory(number=1)
    session = factories.SessionFactory(draft=True, number=3)
    session.decisions.create(number=1, text_kk="Шешім").milestones.add(
        factories.MilestoneFactory(stage=stage)
    )
    person = factories.PersonFactory(draft=True)
    body = factories.BodyFactory(draft=True)
    person.appointments.create(role_kk="Төраға", body=body)
    body.names.create(name_kk="Бұрынғы атау")
    drafted_stage = factories.StageFactory(draft=True, number=2)
    for owner in (body, drafted_stage):
        owner.figures.create(label_kk="Саны", value=7, date="1995")
    event = factories.OccurrenceFactory(event__draft=True).event
    event.audiences.add(factories.AudienceFactory())
    kinds = {
        "page": factories.PageFactory(draft=True),
        "event": event,
        "stage": drafted_stage,
        "milestone": factories.MilestoneFactory(draft=True, stage=stage),
        "session": session,
        "person": person,
        "body": body,
        "document": factories.DocumentFactory(draft=True),
    }
    for one in kinds.values():
        factories.CitationFactory(target=one)
    return kinds


def _send(client, link, language="kk", **values):
    said = {"name": "Бекзат", "text": "Қате бар", "field": "title"} | values
    return client.post(f"{link.path}?language={language}", said)


# What is shown


@pytest.mark.parametrize("kind", [label.partition(".")[2] for label in SHOWINGS])
def test_a_draft_of_each_kind_is_shown_in_each_language(client, kind):
    instance = _kinds()[kind.removeprefix("assembly")]
    link = factories.draft_link(instance)

    answers = [client.get(f"{link.path}?language={code}") for code in LANGUAGES]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer["Content-Language"] for answer in answers] == list(LANGUAGES)
    first = {"assemblysession": "theme", "person": "name"}.get(kind, "title")
    for code, answer in zip(LANGUAGES, answers, strict=True):
        assert getattr(instance, f"{first}_{code}") in answer.content.decode()


def test_putting_a_snapshot_back_shows_the_page_that_the_stored_object_shows(client):
    for instance in _kinds().values():
        link = factories.draft_link(instance)
        model = type(instance)
        before = client.get(link.path).content
        stored = snapshot(instance)

        again = client.get(factories.draft_link(model.objects.get(pk=instance.pk)).path).content

        assert snapshot(model.objects.get(pk=instance.pk)) == stored
        assert again.count(b"<") == before.count(b"<")
        assert link.state_digest == factories.draft_link(instance).state_digest


def test_every_part_that_an_editor_edits_with_an_object_is_in_its_snapshot():
    from django.apps import apps
    from django.contrib import admin

    missing = []
    for label, showing in SHOWINGS.items():
        model = apps.get_model(label)
        parts = {model._meta.get_field(name).related_model for name in showing.parts}
        inlines = {inline.model for inline in admin.site.get_model_admin(model).inlines}
        missing += [(label, one.__name__) for one in inlines ^ parts]

    assert missing == []


def test_the_link_shows_the_object_as_it_was_when_the_link_was_made(client):
    occurrence = factories.OccurrenceFactory(event=_draft())
    event = occurrence.event
    families = factories.AudienceFactory()
    event.audiences.add(families)
    factories.CitationFactory(target=event, source__title="Ескі дереккөз")
    link = factories.draft_link(event)

    event.title_kk = "Кейінгі атау"
    event.save()
    event.audiences.clear()
    Citation.objects.all().delete()
    factories.CitationFactory(target=event, source__title="Жаңа дереккөз")
    occurrence.delete()
    factories.OccurrenceFactory(event=event, first_day=date(2025, 9, 9))
    text = client.get(link.path).content.decode()

    assert f"{SECRET} kk" in text
    assert "2025 жылғы 5\xa0маусым" in text
    assert "Ескі дереккөз" in text
    assert families.title_kk in text
    assert not any(later in text for later in ("Кейінгі атау", "Жаңа дереккөз", "9\xa0қыркүйек"))


def test_opening_a_link_again_changes_nothing_but_its_own_count(client):
    event = factories.OccurrenceFactory(event=_draft()).event
    link = factories.draft_link(event)
    event.title_kk = "Кейінгі атау"
    event.save()
    client.get(link.path)
    before = contents_of_all_tables(leave_out="publishing_draftlink")

    for _ in range(2):
        client.get(link.path)
    client.head(link.path)

    assert contents_of_all_tables(leave_out="publishing_draftlink") == before
    link.refresh_from_db()
    assert link.opened == 3
    assert link.opened_at is not None


def test_only_the_languages_of_the_link_are_shown(client):
    link = factories.draft_link(_draft(), languages=["ru"])

    answer = client.get(f"{link.path}?language=en")
    text = answer.content.decode()

    assert answer["Content-Language"] == "ru"
    assert f"{SECRET} ru" in text
    assert "language=en" not in text


def test_without_a_language_the_reader_gets_the_own_one(client):
    link = factories.draft_link(_draft())

    answer = client.get(link.path, HTTP_ACCEPT_LANGUAGE="en-GB,en")

    assert answer["Content-Language"] == "en"


def test_nothing_stores_a_draft_or_finds_it(client):
    link = factories.draft_link(_draft())

    answers = [
        client.get(link.path),
        _send(client, link),
        _send(client, link, text=""),
        client.get(link.path.replace("preview/", "preview/x")),
    ]

    assert [answer.status_code for answer in answers] == [200, 303, 422, 404]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex, nofollow"}
    assert {answer["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert [bool(answer.cookies) for answer in answers] == [False] * 4
    text = answers[0].content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in text
    for trace in ('rel="canonical"', 'hreflang="x-default"', "og:url", "ld+json", "oembed"):
        assert trace not in text
    assert "ETag" not in answers[0]


def test_what_hangs_on_the_draft_and_is_a_draft_itself_stays_hidden(client):
    hidden = factories.StageFactory(draft=True, title_kk=SECRET, title_ru=SECRET)
    person = factories.PersonFactory(draft=True)
    factories.SessionFactory(draft=True, number=87, chair=person)
    milestone = factories.MilestoneFactory(draft=True, stage=hidden)

    links = [factories.draft_link(one) for one in (milestone, person)]
    texts = [client.get(link.path).content.decode() for link in links]

    assert SECRET not in texts[0]
    assert "LXXXVII" not in texts[1]


# When nothing is shown


def test_a_link_of_one_draft_opens_no_other(client):
    one, other = _draft(), _draft(title_kk="Басқа жоба")
    paths = [factories.draft_link(event).path for event in (one, other)]

    first, second = (client.get(path).content.decode() for path in paths)

    assert f"{SECRET} kk" in first
    assert "Басқа жоба" not in first
    assert "Басқа жоба" in second
    assert f"{SECRET} kk" not in second


def test_the_database_holds_no_address_of_a_draft():
    link = factories.draft_link(_draft())
    token = link.path.split("/")[2]

    row = " ".join(str(value) for value in DraftLink.objects.filter(pk=link.pk).values_list()[0])

    assert token not in row


def test_after_a_change_of_the_sites_key_the_link_works_but_shows_no_address(client, settings):
    link = factories.draft_link(_draft())
    path = link.path

    settings.SECRET_KEY = "another"

    assert client.get(path).status_code == 200
    assert link.path == ""


def _expired(event):
    return factories.draft_link(event, days=7, at=timezone.now() - timedelta(days=7, seconds=1))


def _closed(event):
    link = factories.draft_link(event)
    link.close(timezone.now())
    return link


def _of_something_deleted(event):
    link = factories.draft_link(event)
    Event.objects.filter(pk=event.pk).delete()
    return link


def _whose_place_was_taken(event):
    Event.objects.filter(pk=event.pk).update(plan_year=2025, plan_number="7")
    link = factories.draft_link(event)
    Event.objects.filter(pk=event.pk).update(plan_number="")
    factories.EventFactory(plan_year=2025, plan_number="7")
    return link


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_expired, "Срок этой ссылки истёк."),
        (_closed, "Редакторы закрыли эту ссылку."),
        (_of_something_deleted, "Того, на что вела эта ссылка, больше нет."),
        (_whose_place_was_taken, "Того, на что вела эта ссылка, больше нет."),
    ],
)
def test_a_dead_link_says_why_and_whom_to_ask_and_leaks_nothing(client, make, sentence):
    factories.PageFactory(slug="contacts", title_ru="Контакты")
    link = make(_draft())

    answer = client.get(link.path, HTTP_ACCEPT_LANGUAGE="ru")
    text = answer.content.decode()

    assert answer.status_code == 410
    assert sentence in text
    assert "Попросите новую у редактора" in text
    assert "/ru/pages/contacts/" in text
    assert SECRET not in text
    link.refresh_from_db()
    assert link.opened == 0


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_link_says_so_in_the_readers_language(client, settings, debug):
    settings.DEBUG = debug

    answer = client.get("/preview/nonsense/?language=en")

    assert answer.status_code == 404
    assert "There is no draft at this address." in answer.content.decode()
    assert answer["Content-Language"] == "en"


def test_after_publishing_the_link_leads_to_the_public_page(client):
    event = _draft()
    link = factories.draft_link(event)
    event.status, event.publish_at = "published", timezone.now() - timedelta(minutes=1)
    event.save()

    answer = client.get(f"{link.path}?language=ru")

    assert (answer.status_code, answer["Location"]) == (302, f"/ru/events/{event.slug}/")
    assert answer["Cache-Control"] == "no-store"


def test_whoever_tries_wrong_addresses_is_asked_to_wait_and_others_are_not(client):
    link = factories.draft_link(_draft())
    tries = [
        client.get(f"/preview/wrong-{number}/").status_code
        for number in range(preview.WRONG_ADDRESSES.most + 1)
    ]

    here, elsewhere = client.get(link.path), client.get(link.path, REMOTE_ADDR="10.0.0.9")

    assert tries == [404] * preview.WRONG_ADDRESSES.most + [429]
    assert here.status_code == 429
    assert SECRET not in here.content.decode()
    assert elsewhere.status_code == 200


# Remarks


def test_beside_each_text_stands_a_mark_that_opens_a_form(client):
    stage = factories.StageFactory(
        draft=True,
        body_kk="<p>Кіріспе</p><h2>Бірінші тарау</h2><p>Мәтін</p><h2>Екінші</h2><p>Мәтін</p>",
        change_kk="Өзгергені",
    )

    text = client.get(factories.draft_link(stage).path).content.decode()
    marks = [part.split('"')[0] for part in text.split('class="remark" id="')[1:]]

    assert marks == [
        "remark-title", "remark-summary", "remark-body", "remark-body-1", "remark-body-2",
        "remark-change", "remark-page",
    ]  # fmt: skip


def test_the_public_page_has_no_marks(client):
    stage = factories.StageFactory(body_kk="<h2>Тарау</h2><p>Мәтін</p>")

    text = client.get(stage.get_absolute_url()).content.decode()

    assert "remark" not in text


def test_a_remark_arrives_and_is_shown_to_those_who_hold_the_link(client):
    stage = factories.StageFactory(draft=True, body_kk="<h2>Ұлы <em>жол</em> [1]</h2><p>Мәтін</p>")
    link, other = factories.draft_link(stage), factories.draft_link(stage)

    answer = _send(client, link, field="body:1", name="  Бекзат ", text="Бір\r\nекі")
    shown = client.get(answer["Location"]).content.decode()

    remark = Remark.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{link.path}?language=kk&sent=body:1#remark-body-1"
    assert (remark.link, remark.field, remark.chapter, remark.language) == (
        link, "body:1", "Ұлы жол", "kk",
    )  # fmt: skip
    assert (remark.name, remark.text) == ("Бекзат", "Бір\nекі")
    assert "Рақмет, ескертуіңіз редакторларға жетті." in shown
    assert "Бір<br>екі" in shown
    assert "Бір<br>екі" not in client.get(f"{link.path}?language=ru").content.decode()
    assert "Бір<br>екі" not in client.get(other.path).content.decode()


def test_markup_in_a_remark_is_shown_as_it_was_typed(client):
    link = factories.draft_link(_draft())
    typed = "<script>alert(1)</script><b onclick=x>"

    _send(client, link, text=typed, name='"><img src=x>')
    text = client.get(link.path).content.decode()

    assert Remark.objects.get().text == typed
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert "<img src=x>" not in text


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"name": ""}, "name"),
        ({"text": "NUL \0"}, "text"),
        ({"name": "NUL \0"}, "name"),
        ({"text": "ә" * 2001}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"name": "x" * 10_000}, "name"),
        ({"field": "status"}, "field"),
        ({"field": "body:1"}, "field"),
        ({"field": "title\0"}, "field"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_loses_nothing(client, values, place):
    link = factories.draft_link(_draft())

    answer = _send(client, link, **{"name": "Бекзат", "text": "Сақталсын"} | values)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert not Remark.objects.exists()
    where = "page" if place == "field" else "title"
    assert f'id="remark-{where}-{place}-error"' in text
    assert values.get("text", "Сақталсын").strip(" \0")[:50] in text


def test_a_remark_of_exactly_two_thousand_signs_is_taken(client):
    link = factories.draft_link(_draft())

    answers = [_send(client, link, text=text) for text in ("ә" * 2000, "ә\r\n" * 999 + "әә")]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [len(remark.text) for remark in Remark.objects.all()] == [2000, 2000]


def test_a_remark_sent_twice_is_one(client):
    link = factories.draft_link(_draft())

    answers = [_send(client, link).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Remark.objects.count() == 1


@pytest.mark.parametrize("end", ["closed", "expired", "published"])
def test_a_remark_on_a_link_that_ended_is_refused_and_stays_on_the_page(client, end):
    event = _draft()
    link = _expired(event) if end == "expired" else factories.draft_link(event)
    if end == "closed":
        link.close(timezone.now())
    if end == "published":
        Event.objects.filter(pk=event.pk).update(
            status="published", publish_at=timezone.now() - timedelta(days=1)
        )

    answer = _send(client, link, text="Ұзақ <b>ойланып</b> жазғаным")
    text = answer.content.decode()

    assert answer.status_code == 410
    assert "Ескертуіңіз қабылданбады" in text
    assert "Ұзақ &lt;b&gt;ойланып&lt;/b&gt; жазғаным" in text
    assert not Remark.objects.exists()


def test_a_remark_that_meets_the_closing_of_its_link_is_refused(client):
    """The editor closes the link between the reading of the request and the writing."""
    link = factories.draft_link(_draft())
    stale = DraftLink.objects.get(pk=link.pk)
    link.close(timezone.now())

    said = {"field": "title", "language": "kk", "name": "Бекзат", "text": "Кеш"}

    assert stale.remark(timezone.now(), **said) is None
    assert stale.approve(timezone.now(), language="kk", name="Бекзат") is None


def test_too_many_remarks_from_one_place_have_to_wait_and_are_not_lost(client):
    link = factories.draft_link(_draft())
    for number in range(preview.REMARKS.most):
        assert _send(client, link, text=f"Ескерту {number}").status_code == 303

    here = _send(client, link, text="Тағы бір ескерту")
    elsewhere = client.post(
        link.path, {"name": "Б", "text": "Басқа жерден", "field": ""}, REMOTE_ADDR="10.0.0.9"
    )

    assert here.status_code == 429
    assert "Тағы бір ескерту" in here.content.decode()
    assert elsewhere.status_code == 303
    assert Remark.objects.count() == preview.REMARKS.most + 1


def test_an_approval_is_evidence_of_who_approved_which_language_and_when(client):
    link = factories.draft_link(_draft())
    before = timezone.now()

    answers = [
        client.post(f"{link.path}?language=ru", {"approve": "yes", "name": "Айгүл"})
        for _ in range(2)
    ]
    shown = client.get(answers[0]["Location"]).content.decode()

    approval = link.approvals.get()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (approval.language, approval.name) == ("ru", "Айгүл")
    assert before <= approval.created_at <= timezone.now()
    assert "Спасибо, ваше одобрение записано." in shown
    assert "Айгүл" in shown
    assert client.post(link.path, {"approve": "yes", "name": " "}).status_code == 422


def test_a_remark_changes_nothing_that_visitors_see(client):
    link = factories.draft_link(_draft())
    before = ContentVersion.objects.token()

    _send(client, link)

    assert ContentVersion.objects.token() == before


# The log


def _log(instance):
    return list(
        JournalEntry.objects.about(instance)
        .order_by("pk")
        .values_list("deed", "by", "by_name", "why", "region")
    )


def test_the_log_tells_of_an_opening_once_a_day_in_astana():
    event = _draft(region=factories.RegionFactory(slug="abai"))
    link, other = factories.draft_link(event), factories.draft_link(event)
    at = datetime(2025, 5, 20, 18, 50, tzinfo=UTC)  # ten minutes before midnight

    for minutes in (0, 5, 9, 10, 15):
        DraftLink.objects.get(pk=link.pk).count_opening(at + timedelta(minutes=minutes))
    other.count_opening(at)

    days = [
        timezone.localtime(one).date().day
        for one in JournalEntry.objects.order_by("pk").values_list("at", flat=True)
    ]
    assert days == [20, 21, 20]
    assert _log(event) == [("opened", None, "", "", "abai")] * 3
    link.refresh_from_db()
    assert link.opened == 5


def test_of_two_readers_at_the_same_moment_one_stands_in_the_log():
    event = _draft()
    link = factories.draft_link(event)
    stale = [DraftLink.objects.get(pk=link.pk) for _ in range(2)]

    for one in stale:
        one.count_opening(timezone.now())

    assert len(_log(event)) == 1
    link.refresh_from_db()
    assert link.opened == 2


def test_the_log_tells_of_remarks_and_approvals_under_the_name_that_was_typed(client):
    event = _draft(region=factories.RegionFactory(slug="abai"))
    link = factories.draft_link(event)

    for _ in range(2):
        _send(client, link, name="Бекзат", text="Қате бар")
        client.post(f"{link.path}?language=ru", {"approve": "yes", "name": "Айгүл"})
    _send(client, link, text="")

    assert _log(event) == [
        ("remarked", None, "Бекзат", "Қазақша: Қате бар", "abai"),
        ("approved", None, "Айгүл", "Русский", "abai"),
    ]


def test_a_long_remark_stands_in_the_log_cut_and_at_its_field_whole(client):
    event = _draft()
    link = factories.draft_link(event)

    _send(client, link, text="ә" * 2000)

    ((_deed, _by, _name, why, _region),) = _log(event)
    assert len(why) == 200
    assert why.endswith("ә…")
    assert len(Remark.objects.get().text) == 2000


def test_the_log_follows_the_event_to_its_region_of_today(client):
    event = _draft(region=factories.RegionFactory(slug="abai"))
    link = factories.draft_link(event)
    Event.objects.filter(pk=event.pk).update(region=factories.RegionFactory(slug="astana"))

    client.get(link.path)
    _send(client, link)

    assert [region for *_rest, region in _log(event)] == ["astana", "astana"]


def test_a_link_that_shows_nothing_leaves_no_trace_in_the_log(client):
    event = _draft()
    for make in (_expired, _closed):
        link = make(event)
        client.get(link.path)
        _send(client, link)

    assert _log(event) == []


def test_a_draft_page_asks_no_more_when_there_is_more_on_it(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = factories.OccurrenceFactory(event=_draft()).event
    factories.CitationFactory(target=event)
    link = factories.draft_link(event)

    def count(link):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(link.path).status_code == 200
        return len(queries)

    count(link)
    few = count(link)
    for number in range(2, 20):
        factories.OccurrenceFactory(event=event)
        factories.CitationFactory(target=event, number=number)
    fuller = factories.draft_link(event)
    for number in range(20):
        fuller.remark(timezone.now(), field="title", language="kk", name="Б", text=str(number))
    count(fuller)

    assert count(fuller) == few

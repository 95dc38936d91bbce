"""Public means public: a draft of each kind, and a walk over every public address."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils import timezone

from assembly_site.publishing.models import Status
from events.shared_list import SharedList

from .. import factories

LANGUAGES = ("kk", "ru", "en")
SECRET = "Құпия-жоба-xq7"
HALF_A_SECRET = "құпия жоба"


@pytest.fixture
def drafts(db):
    """One draft of each publishable kind, tied to public things wherever it can be."""
    stage = factories.StageFactory(number=1, title_en="Open stage")
    region = factories.RegionFactory()
    session = factories.SessionFactory(number=40, stage=stage, region=region)
    milestone = factories.MilestoneFactory(stage=stage, session=session, region=region)
    occurrence = factories.OccurrenceFactory(event__region=region)
    texts = {f"title_{code}": SECRET for code in LANGUAGES}
    today = timezone.localdate()
    from assembly_site.languages.dates import PartialDate

    hidden = {
        "stage": factories.StageFactory(draft=True, number=4, **texts),
        "milestone": factories.MilestoneFactory(
            draft=True,
            stage=stage,
            session=session,
            region=region,
            date=PartialDate(2000, today.month, today.day),
            **texts,
        ),
        "session": factories.SessionFactory(
            draft=True, number=41, stage=stage, theme_kk=SECRET, theme_ru=SECRET, theme_en=SECRET
        ),
        "person": factories.PersonFactory(
            draft=True, name_kk=SECRET, name_ru=SECRET, name_en=SECRET
        ),
        "body": factories.BodyFactory(draft=True, **texts),
        "document": factories.DocumentFactory(
            draft=True, session=session, milestone=milestone, **texts
        ),
        "page": factories.PageFactory(draft=True, slug="today", **texts),
        "event": factories.EventFactory(
            draft=True, region=region, part_of=occurrence.event, **texts
        ),
    }
    factories.OccurrenceFactory(event=hidden["event"])
    event = occurrence.event
    event.session, event.milestone = hidden["session"], hidden["milestone"]
    event.stage, event.part_of = hidden["stage"], hidden["event"]
    event.save()
    session.chair = hidden["person"]
    session.save()
    decision = session.decisions.create(number=1, text_kk="Шешім")
    decision.milestones.add(hidden["milestone"], milestone)
    decision.documents.add(hidden["document"])
    decision.bodies.add(hidden["body"])
    for one in hidden.values():
        # What only a draft cites is as secret as the draft.
        factories.CitationFactory(target=one, source__title=SECRET, source__publisher=SECRET)
    tied = _tied(hidden, session, milestone, decision)
    hidden["open"] = [stage, session, milestone, event, *tied]
    for one in hidden["open"]:
        factories.CitationFactory(target=one)
    return hidden


def _tied(hidden, session, milestone, decision):
    """A public person, body and document to which drafts are tied in every way there is."""
    person = factories.PersonFactory()
    body = factories.BodyFactory(part_of=hidden["body"])
    document = factories.DocumentFactory(
        session=hidden["session"], milestone=hidden["milestone"], author=hidden["person"]
    )
    hidden["body"].part_of = body
    hidden["body"].save()
    hidden["document"].author = person
    hidden["document"].save()
    for one in (hidden["person"], person):
        session.people.add(one)
        milestone.people.add(one)
        hidden["session"].people.add(one)
        hidden["milestone"].people.add(one)
        for office_in in (hidden["body"], body):
            one.appointments.create(body=office_in, role_kk="Төраға")
    for one in (hidden["body"], body):
        milestone.bodies.add(one)
        hidden["milestone"].bodies.add(one)
        document.bodies.add(one)
        hidden["document"].bodies.add(one)
    secret = hidden["session"].decisions.create(
        number=1, text_kk=SECRET, text_ru=SECRET, text_en=SECRET
    )
    for one in (decision, secret):
        one.milestones.add(hidden["milestone"], milestone)
        one.documents.add(hidden["document"], document)
        one.bodies.add(hidden["body"], body)
    return person, body, document


def _addresses(hidden):
    """Every address the site knows, filled with public objects, then with the drafts."""
    fixed = ["/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz"]
    for code in LANGUAGES:
        fixed += [
            f"/{code}{path}"
            for path in (
                "/", "/events/", "/events/?when=all", "/events/?when=past", "/events/programme.ics",
                "/events/programme.atom", "/events/programme.csv", "/events/programme.json",
                "/events/changes/", "/events/changes.atom", "/events/calendar/",
                "/events/calendar/2025/06/", "/events/map/",
                "/history/", "/history/?region=abai&view=compact", "/history/timeline.json",
                "/history/timeline.atom", "/history/sessions/", "/history/people/",
                "/history/today/", "/history/bodies/", "/history/documents/",
                "/history/documents/?by=date", "/history/sessions/?sort=-participants",
                "/history/sessions.csv", "/history/sessions/XL/", "/history/sessions/XLI/",
                "/history/on-this-day/", "/history/sources/", "/history/sources/?by=year",
                "/nothing-here/", "/search/", f"/search/?q={HALF_A_SECRET}",
                f"/search/?q={HALF_A_SECRET}+xq&type=events", "/search/?q=xq7",
                f"/search/suggestions/?q={HALF_A_SECRET}", "/search/suggestions/?q=xq7",
                "/search/suggestions/?q=zhoba-xq8", "/search/description.xml",
            )
        ]  # fmt: skip
        fixed += [f"/{code}{one.get_absolute_url()[3:]}" for one in hidden["open"]]
        fixed += [
            f"/{code}{one.get_absolute_url()[3:]}" for kind, one in hidden.items() if kind != "open"
        ]
        event = hidden["open"][3]
        fixed += [
            f"/{code}/events/regions/{event.region.slug}/",
            f"/{code}/events/categories/{event.category.slug}/",
        ]
        events = (hidden["event"], event)
        fixed += [f"/{code}{one.get_absolute_url()[3:]}event.ics" for one in events]
        fixed += [f"/{code}/cards/site/home.png"]
        fixed += [
            f"/{code}/cards/{kind}/{one.number if kind == 'session' else one.slug}.png"
            for kind, one in _by_kind(hidden)
        ]
        ids = ",".join(str(one.pk) for one in events)
        shared = SharedList(tuple(one.pk for one in events), "", date(2025, 5, 1)).token
        fixed += [
            f"/{code}/events/mine/?ids={ids}",
            f"/{code}/events/mine/link/?ids={hidden['event'].pk}",
            f"/{code}/events/mine/{shared}/",
            f"/{code}/events/mine/{shared}/programme.ics",
            f"/{code}/embed/events/?when=all",
            f"/{code}/embed/?when=all",
        ]
        fixed += [
            f"/oembed/?url={settings.SITE_URL}/{code}{one.get_absolute_url()[3:]}" for one in events
        ]
    closed = factories.draft_link(hidden["event"])
    closed.close(timezone.now())
    expired = factories.draft_link(hidden["page"], at=timezone.now() - timedelta(days=8))
    return [*fixed, f"/e/{hidden['event'].pk}/", closed.path, expired.path]


def _by_kind(hidden):
    kinds = ("stage", "session", "milestone", "event", "person", "body", "document")
    yield from zip(kinds, hidden["open"], strict=True)
    yield from ((kind, one) for kind, one in hidden.items() if kind != "open")


@pytest.mark.django_db
def test_no_draft_is_seen_at_any_public_address(client, drafts):
    slug = drafts["event"].slug
    for address in _addresses(drafts):
        response = client.get(address)
        text = response.content.decode(errors="replace")  # a picture is no text
        assert SECRET not in text, address
        assert slug in address or slug not in text, address


@pytest.mark.django_db
def test_the_walk_covers_every_public_route(drafts):
    """A new address must be added to the walk above."""
    walked = _addresses(drafts)
    patterns = [
        re.compile("^/" + str(pattern).replace("kk/", "(kk|ru|en)/"))
        for pattern in _routes(get_resolver().url_patterns)
    ]
    missing = [
        pattern.pattern
        for pattern in patterns
        if not any(pattern.fullmatch(address.partition("?")[0]) for address in walked)
    ]

    assert [route for route in missing if "admin" not in route] == []


def _routes(patterns, prefix=""):
    for pattern in patterns:
        route = str(pattern.pattern)
        route = re.sub(r"\(\?P<number>(.*?)\)/\$", r"\1/", route.replace("^sessions", "sessions"))
        route = re.sub(r"<int:\w+>", r"\\d+", route)
        route = re.sub(r"<\w+:\w+>", r"[^/]+", route)
        if hasattr(pattern, "url_patterns"):
            if route.startswith("admin"):
                continue
            yield from _routes(pattern.url_patterns, prefix + route)
        else:
            yield prefix + route


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    ["stage", "milestone", "session", "person", "body", "document", "page", "event"],
)
def test_a_draft_answers_404_as_if_it_were_not_there(client, drafts, kind):
    assert client.get(drafts[kind].get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_drafts_are_not_counted(client, drafts):
    factories.OccurrenceFactory(event__draft=True)

    home = client.get("/en/")

    assert home.context["event_count"] == 1
    assert [stage.milestone_count for stage in home.context["stages"]] == [1]
    assert home.context["regions_with_events"] == 1


@pytest.mark.django_db
def test_publishing_and_withdrawing_happen_by_time_alone(at):
    event = factories.EventFactory(
        publish_at=at + timedelta(hours=1), unpublish_at=at + timedelta(hours=3)
    )
    seen = [
        type(event).objects.public(at + timedelta(hours=hours)).exists() for hours in (0, 1, 2, 3)
    ]

    assert seen == [False, True, True, False]
    assert [event.is_public(at + timedelta(hours=hours)) for hours in (0, 1, 2, 3)] == seen


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status.values)
def test_the_query_and_the_object_agree_on_what_is_public(status, at):
    event = factories.EventFactory(status=status, publish_at=at)

    assert type(event).objects.public(at).filter(pk=event.pk).exists() == event.is_public(at)


@pytest.mark.django_db
def test_a_milestone_of_a_withdrawn_stage_is_not_public(client, at):
    milestone = factories.MilestoneFactory(stage__draft=True)

    assert not type(milestone).objects.public(at).exists()
    assert client.get(milestone.get_absolute_url()).status_code == 404

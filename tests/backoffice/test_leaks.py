"""Another region's work is neither seen nor changed: a walk over every address of the admin.

The walk asks the address list itself, so a new screen is walked from the day it is added; a part of
an address that the walk cannot fill makes it fail.
"""

import re

import pytest
from django.contrib import admin
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from assembly_site.backoffice.models import User
from assembly_site.backoffice.presence import Presence
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Venue
from assembly_site.publishing import proposals, review
from assembly_site.publishing.batches import BatchRecorder
from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.proposals import Proposal
from assembly_site.publishing.versions import (
    ensure_first_version,
    one_version,
    present,
    versions_of,
)
from events.models import Event, ToldApart

from .. import factories

pytestmark = pytest.mark.django_db

SECRET = "Құпия-жоба-xq7"
LANGUAGES = ("kk", "ru", "en")
LIST_QUERIES = ("", f"?q={SECRET[:5]}", "?status__exact=in-review", "?all=1")
# Words of addresses that stand for something else than an object.
FILLINGS = {
    "app_label": ["events", "places", "history", "nonsense"],
    "url": ["nonsense/"],
    "how": ["duplicate", "next"],
    "language": ["kk"],
    "key": ["nonsense"],
    "token": ["nonsense"],
}


def _texts(name):
    return {f"{name}_{code}": SECRET for code in LANGUAGES}


@pytest.fixture
def others(account):
    """What belongs to Astana: an event submitted, one deleted, with all that hangs on them."""
    astana = factories.RegionFactory(slug="astana")
    secretary = account("secretariat", first_name="Дана")
    venue = factories.VenueFactory(region=astana, **_texts("name"))
    event = factories.EventFactory(
        draft=True, region=astana, contact_name=SECRET, note=SECRET,
        **_texts("title"), **_texts("summary"), **_texts("body"), **_texts("organiser"),
    )  # fmt: skip
    factories.OccurrenceFactory(event=event, venue=venue, room=SECRET)
    factories.CitationFactory(target=event, number=1, source__title=SECRET)
    gone = factories.EventFactory(draft=True, region=astana, **_texts("title"))
    at = timezone.now()
    for one in (event, gone):
        ensure_first_version(one)
    before = present(event)
    with one_version(secretary, SECRET):
        event.title_en = f"{SECRET} 2"
        event.save()
    recorder = BatchRecorder(Event, SECRET, secretary, at)
    recorder.done(event, before)
    batch = recorder.save()
    review.submit(event, secretary, at, SECRET)
    gone.delete()
    live = factories.EventFactory(region=astana)
    wanted = present(live)
    wanted.fields["title_kk"] = SECRET
    proposal = proposals.propose(live, secretary, at, present(live), wanted, why=SECRET)
    Presence.objects.beat(secretary, event, at)
    ToldApart.objects.tell(event, live, secretary, at)
    return {"event": event, "gone": gone, "venue": venue, "batch": batch, "secretary": secretary,
            "live": live, "proposal": proposal}  # fmt: skip


@pytest.fixture
def stranger(client, account):
    abai = factories.RegionFactory(slug="abai")
    own = factories.EventFactory(draft=True, region=abai, title_kk="Біздің форум")
    factories.OccurrenceFactory(event=own)
    user = account("regional-editor", regions=[abai], first_name="Асхат")
    client.force_login(user)
    return user


def _routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def _admin_routes():
    resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    return list(_routes(resolver.url_patterns, "/admin/"))


def _addresses(others):
    """Each route with the keys of what is not the stranger's."""
    keys = sorted({str(one.pk) for one in others.values()} | {
        str(version.pk) for version in versions_of(others["event"])
    })  # fmt: skip
    found = []
    for route in _admin_routes():
        route = route.replace("^", "").replace("$", "").replace("\\Z", "")
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
        addresses = [route]
        for part in re.findall(r"<(?:\w+:)?(\w+)>", route):
            values = FILLINGS.get(part, keys)
            addresses = [
                re.sub(rf"<(?:\w+:)?{part}>", value, one) for one in addresses for value in values
            ]
        found += addresses
    return found


def _state(others):
    event = others["event"]
    return (
        present(Event.objects.get(pk=event.pk)),
        list(Venue.objects.values_list()),
        Event.objects.count(),
        list(Proposal.objects.values_list("pk", "state")),
        list(Presence.objects.values_list("user", "target_id")),
        Picture.objects.count(),
        JournalEntry.objects.count(),
        list(ToldApart.objects.values_list("first", "second")),
        User.objects.values_list("pk", "password", "language").get(pk=others["secretary"].pk),
    )


def _hostile_values(others):
    """What a forged form would send: keys of another region wherever a key fits."""
    event, venue = others["event"], others["venue"]
    version = versions_of(event).first()
    return {
        "action": "bulk_publish", "_selected_action": [event.pk], "confirmed": "1",
        "version": version.pk, "post": "yes", "why": "Бұзу", "_publish": "1", "_submit": "1",
        "_save": "1", "title_kk": "Бұзылды", "title_ru": "Сломано", "summary_kk": "Бұзылды",
        "summary_ru": "Сломано", "category": event.category_id, "region": event.region_id,
        "occurrences-TOTAL_FORMS": "1", "occurrences-INITIAL_FORMS": "1",
        "occurrences-0-id": event.occurrences.get().pk, "occurrences-0-event": event.pk,
        "occurrences-0-first_day": "05.06.2025", "occurrences-0-precision": "day",
        "occurrences-0-status": "scheduled", "occurrences-0-venue": venue.pk,
        "name_kk": "Бұзылды", "accept": "1", "approve": "1", "close": "1", "remark": "1",
        "_accept": "1", "_return": "1", "_withdraw": "1", "leave": "1", "_base": version.pk,
    }  # fmt: skip


def test_no_address_of_the_admin_shows_another_regions_work(client, others, stranger):
    addresses = _addresses(others)
    leaks = []
    for address in addresses:
        response = client.get(address, follow=True)
        is_list = getattr(response, "context_data", None) and "cl" in response.context_data
        for query in LIST_QUERIES if is_list else ("",):
            response = client.get(f"{address}{query}", follow=True)
            if response.status_code >= 500 or SECRET in response.content.decode(errors="replace"):
                leaks.append((f"{address}{query}", response.status_code))

    assert leaks == []
    assert len(addresses) > 100


def test_no_post_to_the_admin_changes_or_shows_another_regions_work(client, others, stranger):
    before = _state(others)
    values = _hostile_values(others)
    leaks = []
    for address in _addresses(others):
        if "logout" in address or "password_change" in address:
            continue
        response = client.post(address, values)
        text = response.content.decode(errors="replace")
        if response.status_code >= 500 or SECRET in text or _state(others) != before:
            leaks.append((address, response.status_code))
            break
        client.cookies.pop("messages", None)

    assert leaks == []


def test_autocomplete_offers_nothing_of_another_region(client, others, stranger):
    offered = []
    for model, screen in admin.site._registry.items():
        for field in screen.autocomplete_fields:
            meta = model._meta
            response = client.get(
                "/admin/autocomplete/",
                {"term": SECRET[:5], "app_label": meta.app_label, "model_name": meta.model_name,
                 "field_name": field},
            )  # fmt: skip
            if SECRET in response.content.decode(errors="replace"):
                offered.append((meta.label, field))

    assert offered == []


def test_the_count_of_addresses_is_told(others, capsys):
    addresses = _addresses(others)

    with capsys.disabled():
        print(f"\nThe leak walk: {len(_admin_routes())} routes, {len(addresses)} addresses.")

    assert len(addresses) >= len(_admin_routes())

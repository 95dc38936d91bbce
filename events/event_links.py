"""From the addresses and numbers that people paste to the events they mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from django.http import Http404
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language, get_language_from_path, override

from assembly_site.publishing.models import SlugRecord

from .models import Event
from .shared_list import MOST_EVENTS, SharedList

# As many digits as a key of a database can have.
MOST_DIGITS = 18
SHOWN_OF_UNREADABLE = 60


@dataclass(frozen=True)
class EventKeys:
    """The keys that were read, each once and in their order, and what could not be read."""

    keys: tuple[int, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_keys(texts: Iterable[str]) -> EventKeys:
    """Keys from texts such as "12,45", of the figures 0 to 9 alone."""
    keys, unreadable = {}, []
    for part in filter(None, re.split(r"[\s,;]+", ",".join(texts))):
        if _is_key(part):
            keys[int(part)] = None
        else:
            unreadable.append(part[:SHOWN_OF_UNREADABLE])
    return EventKeys(tuple(keys), tuple(unreadable))


def read_pasted(text: str) -> EventKeys:
    """Keys from what a visitor typed or pasted: numbers, and addresses of this site's pages.

    It takes the address of an event, its short link, and a list of events, shared or not; an
    event's former address counts as its address.
    """
    found: dict[str, list[int] | str] = {}
    # One more than a list may hold, so that the list can say that it was cut.
    for part in islice(_parts_of(text), MOST_EVENTS + 1):
        found[part] = _keys_of_list(part) if "/" not in part else _meaning_of(part)
    of_slugs = _keys_of_slugs(slug for slug in found.values() if isinstance(slug, str))
    keys, unreadable = {}, []
    for part, meaning in found.items():
        meant = of_slugs.get(meaning, []) if isinstance(meaning, str) else meaning
        keys.update(dict.fromkeys(meant))
        if not meant:
            unreadable.append(part[:SHOWN_OF_UNREADABLE])
    return EventKeys(tuple(keys), tuple(unreadable))


def route_of(address: str) -> ResolverMatch | None:
    """The route that an address of this site leads to, in whichever language; None for no route."""
    try:
        path = urlsplit(address).path
        with override(get_language_from_path(path) or get_language()):
            return resolve(path)
    except (ValueError, Resolver404):
        return None


def _parts_of(text):
    for chunk in text.split():
        # The commas of a query belong to the address.
        yield from [chunk] if "?" in chunk else filter(None, chunk.split(","))


def _is_key(text):
    # isdecimal alone takes figures of other scripts.
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _keys_of_list(text):
    read = read_keys([text])
    return [] if read.unreadable else list(read.keys)


def _meaning_of(address):
    """The keys that an address names, or the slug of an event."""
    route = route_of(address)
    meaning = _MEANINGS.get(route.view_name) if route else None
    return meaning(route, address) if meaning else []


def _keys_of_query(route, address):
    return list(read_keys(parse_qs(urlsplit(address).query).get("ids", [])).keys)


def _keys_of_token(route, address):
    try:
        return list(SharedList.of_token(route.kwargs["token"]).keys)
    except Http404:
        return []


_MEANINGS = {
    "short-link": lambda route, address: _keys_of_list(str(route.kwargs["pk"])),
    "events:event": lambda route, address: route.kwargs["slug"],
    "events:mine": _keys_of_query,
    "events:shared-list": _keys_of_token,
}


def _keys_of_slugs(slugs):
    wanted = set(slugs)
    if not wanted:
        return {}
    records = SlugRecord.objects.filter(kind=Event._meta.label_lower, slug__in=wanted, gone_at=None)
    return {slug: [key] for slug, key in records.values_list("slug", "object_id")}

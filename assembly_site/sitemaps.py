"""Every public address in every language, with its alternates and the moment it last changed.

Written here and not by Django's own sitemaps: there the x-default loses its language, which is no
address of this site, and each of five links a page is looked up anew.
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.pages.models import Page
from assembly_site.places.models import Region
from assembly_site.publishing.clock import moment_of
from events.models import Category, Event
from history.models import AssemblySession, Body, Document, Milestone, Person, Stage

# A file may hold 50,000 addresses (sitemaps.org); each entry has one for each language.
ENTRIES_A_FILE = 50_000 // len(LANGUAGE_CODES)

# Pages without an object of their own, and whose last change is theirs too.
PLAIN = {
    "home": (),
    "events:programme": ("event",),
    "events:map": ("event",),
    "events:changes": ("event",),
    "history:timeline": ("stage", "milestone"),
    "on-this-day": (),
    "history:sessions": ("session",),
    "history:people": ("person",),
    "history:bodies": ("body",),
    "history:documents": ("document",),
    "history:today": ("body",),
    "history:sources": (
        "event", "stage", "milestone", "session", "person", "body", "document", "page",
    ),
}  # fmt: skip
OBJECTS = {
    "stage": (Stage, "slug"),
    "milestone": (Milestone, "slug"),
    "session": (AssemblySession, "number"),
    "person": (Person, "slug"),
    "body": (Body, "slug"),
    "document": (Document, "slug"),
    "page": (Page, "slug"),
}


class Entry(NamedTuple):
    """A page: its path in the first language, and when it last changed, if that is known."""

    path: str
    changed: datetime | None


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses; of more than fit into one file, the list of files, each at its `page`."""
    with translation.override(LANGUAGE_CODES[0]):
        entries = list(public_entries(moment_of(request)))
    files = {
        str(number): entries[(number - 1) * ENTRIES_A_FILE : number * ENTRIES_A_FILE]
        for number in range(1, -(-len(entries) // ENTRIES_A_FILE) + 1)
    }
    page = request.GET.get("page", "1" if len(files) == 1 else None)
    if page is not None and page not in files:
        raise Http404
    content = _list_of(files) if page is None else _addresses(files[page])
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


def public_entries(at: datetime) -> Iterable[Entry]:
    """Every page that search engines may keep, in the active language."""
    events = _events(at)
    found = {
        "event": [Entry(reverse("events:event", args=[slug]), seen) for slug, *_, seen in events]
    }
    for kind, (model, key) in OBJECTS.items():
        rows = model.objects.public(at).order_by("pk").only(key, "updated_at", "publish_at")
        found[kind] = [Entry(one.get_absolute_url(), _latest(one)) for one in rows]
    for name, kinds in PLAIN.items():
        yield Entry(reverse(name), _newest(one.changed for kind in kinds for one in found[kind]))
    yield from _landing_pages("events:region", Region, ((one[1], one[-1]) for one in events))
    yield from _landing_pages("events:category", Category, ((one[2], one[-1]) for one in events))
    for entries in found.values():
        yield from entries


def _events(at):
    """Slug, region, category of each public event, and the last change to it or to its dates."""
    rows = Event.objects.public(at).order_by("pk").values_list(
        "slug", "region__slug", "category__slug", "publish_at", "updated_at",
        Max("occurrences__updated_at"), Max("changes__changed_at"),
    )  # fmt: skip
    return [(slug, region, category, _newest(moments)) for slug, region, category, *moments in rows]


def _latest(instance):
    return _newest([instance.updated_at, instance.publish_at])


def _newest(moments):
    return max((one for one in moments if one is not None), default=None)


def _landing_pages(name, model, changes):
    """The landing page of each word, as new as the newest of its events."""
    newest = {}
    for slug, changed in changes:
        newest[slug] = max(changed, newest.get(slug, changed))
    for slug in model.objects.values_list("slug", flat=True):
        yield Entry(reverse(name, args=[slug]), newest.get(slug))


def _addresses(entries):
    """One `url` for each language of an entry, with all languages as its alternates."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    ]
    for entry in entries:
        urls = {code: _url(entry.path, code) for code in LANGUAGE_CODES}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>'
            for code, url in [*urls.items(), ("x-default", urls[LANGUAGE_CODES[0]])]
        )
        changed = f"<lastmod>{_moment(entry.changed)}</lastmod>" if entry.changed else ""
        parts += [f"<url><loc>{url}</loc>{changed}{links}</url>\n" for url in urls.values()]
    return "".join([*parts, "</urlset>\n"])


def _url(path, code):
    first = f"/{LANGUAGE_CODES[0]}/"
    return escape(f"{settings.SITE_URL}/{code}/{path.removeprefix(first)}")


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _list_of(files):
    address = f"{settings.SITE_URL}{reverse('sitemap')}"
    parts = "".join(f"<sitemap><loc>{address}?page={page}</loc></sitemap>\n" for page in files)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{parts}</sitemapindex>\n"
    )

"""Lists as Atom (RFC 4287), for feed readers."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from assembly_site.front.feeds import feed, lasting_id
from assembly_site.languages.texts import printable

from ..models import Occurrence

MOST_ENTRIES = 500


def render(occurrences: Iterable[Occurrence], title: str, page_url: str, feed_url: str) -> str:
    """An entry for each occurrence, in the active language and the given order.

    `page_url` is the absolute address of the same list for people, `feed_url` that of this feed.
    """
    found = feed(title, page_url, feed_url)
    for occurrence in occurrences:
        event = occurrence.event
        url = f"{settings.SITE_URL}{event.get_absolute_url()}"
        found.add_item(
            title=f"{occurrence.marked_title}, {occurrence.when}",
            link=url,
            description=event.summary,
            unique_id=f"urn:uuid:{occurrence.uid}",
            pubdate=event.publish_at,
            updateddate=max(occurrence.updated_at, event.updated_at),
            categories=[printable(event.category.title)],
        )
    return found.writeString("utf-8")


def render_changes(changes: Iterable, page_url: str, feed_url: str) -> str:
    """An entry for each announced change, the newest first."""
    found = feed(_("Changes in the programme"), page_url, feed_url)
    for change in changes:
        found.add_item(
            title=f"{change.heading}: {change.event.title}",
            link=f"{settings.SITE_URL}{change.event.get_absolute_url()}",
            description=change.sentence,
            unique_id=lasting_id(change.identity),
            pubdate=change.changed_at,
            updateddate=change.changed_at,
        )
    return found.writeString("utf-8")

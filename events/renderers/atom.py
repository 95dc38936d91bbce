"""Lists as Atom (RFC 4287), for feed readers."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assembly_site.languages.texts import printable

from ..models import Occurrence
from .table import LICENCE

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
MOST_ENTRIES = 500


def render(occurrences: Iterable[Occurrence], title: str, page_url: str, feed_url: str) -> str:
    """An entry for each occurrence, in the active language and the given order.

    `page_url` is the absolute address of the same list for people, `feed_url` that of this feed.
    """
    feed = _feed(title, page_url, feed_url)
    for occurrence in occurrences:
        event = occurrence.event
        url = f"{settings.SITE_URL}{event.get_absolute_url()}"
        feed.add_item(
            title=f"{occurrence.marked_title}, {occurrence.when}",
            link=url,
            description=event.summary,
            unique_id=f"urn:uuid:{occurrence.uid}",
            pubdate=event.publish_at,
            updateddate=max(occurrence.updated_at, event.updated_at),
            categories=[printable(event.category.title)],
        )
    return feed.writeString("utf-8")


def render_changes(changes: Iterable, page_url: str, feed_url: str) -> str:
    """An entry for each announced change, the newest first."""
    feed = _feed(_("Changes in the programme"), page_url, feed_url)
    for change in changes:
        feed.add_item(
            title=f"{change.heading}: {change.event.title}",
            link=f"{settings.SITE_URL}{change.event.get_absolute_url()}",
            description=change.sentence,
            unique_id=f"tag:{_host()},2025:{change.identity}",
            pubdate=change.changed_at,
            updateddate=change.changed_at,
        )
    return feed.writeString("utf-8")


def _feed(title, page_url, feed_url):
    return _StableFeed(
        title=printable(title),
        link=page_url,
        description="",
        language=get_language(),
        feed_url=feed_url,
        author_name=_("Assembly of People of Kazakhstan"),
        feed_copyright=LICENCE,
    )


def _host():
    return settings.SITE_URL.partition("://")[2].partition(":")[0]


class _StableFeed(Atom1Feed):
    """The same entries give the same bytes: an empty feed is not as new as the clock.

    Texts lose the signs that XML has no room for; one of them would break the whole feed.
    """

    def add_item(self, title, link, description, **more):
        super().add_item(printable(title), link, printable(description), **more)

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else datetime.fromisoformat("2025-03-01T00:00:00+05:00")

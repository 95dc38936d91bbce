"""The history as Atom: what was added to it last."""

from collections.abc import Iterable

from django.conf import settings

from assembly_site.front.feeds import feed, lasting_id
from assembly_site.languages.texts import printable

from ..timeline import Entry

MOST_ENTRIES = 100


def render(entries: Iterable[Entry], title: str, page_url: str, feed_url: str) -> str:
    """The milestones that became public last, the newest first, in the active language.

    `page_url` is the absolute address of the same timeline for people, `feed_url` that of this
    feed.
    """
    found = feed(title, page_url, feed_url)
    milestones = [entry.milestone for entry in entries]
    milestones.sort(key=lambda one: (one.publish_at, one.pk), reverse=True)
    for milestone in milestones[:MOST_ENTRIES]:
        found.add_item(
            title=f"{milestone.title}, {milestone.when}",
            link=f"{settings.SITE_URL}{milestone.get_absolute_url()}",
            description=milestone.summary,
            unique_id=lasting_id(f"milestone-{milestone.pk}"),
            pubdate=milestone.publish_at,
            updateddate=max(milestone.publish_at, milestone.updated_at),
            categories=[printable(str(milestone.get_theme_display()))],
        )
    return found.writeString("utf-8")

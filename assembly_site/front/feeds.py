"""What all Atom feeds of the site have in common (RFC 4287)."""

from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assembly_site.languages.texts import printable

from .open_data import LICENCE

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


class StableFeed(Atom1Feed):
    """A feed in the active language. The same entries give the same bytes.

    An empty feed is not as new as the clock. Texts lose the signs that XML has no room for; one
    of them would break the whole feed.
    """

    def add_item(self, title, link, description, **more):
        super().add_item(printable(title), link, printable(description), **more)

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else datetime.fromisoformat("2025-03-01T00:00:00+05:00")


def feed(title: str, page_url: str, feed_url: str) -> StableFeed:
    """An empty feed; `page_url` is the absolute address of the same list for people."""
    return StableFeed(
        title=printable(title),
        link=page_url,
        description="",
        language=get_language(),
        feed_url=feed_url,
        author_name=_("Assembly of People of Kazakhstan"),
        feed_copyright=LICENCE,
    )


def lasting_id(name: str) -> str:
    """The id of an entry (RFC 4151): stays when the address or the title changes."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return f"tag:{host},2025:{name}"

"""An event as oEmbed (oembed.com): what a page that was given its link may show in its place."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..models import Event, Occurrence

WIDTH = 600
CACHE_SECONDS = 300


def of_event(event: Event, occurrence: Occurrence | None) -> dict:
    """A quotation with title, date, region and summary, in the active language, with no script."""
    url = f"{settings.SITE_URL}{event.get_absolute_url()}"
    title = occurrence.marked_title if occurrence else event.title
    when = occurrence.when_in_full if occurrence else ""
    where = event.region.name if event.region else _("all over the country")
    quotation = format_html(
        '<blockquote><p><a href="{}">{}</a></p><p>{}</p><p>{}</p></blockquote>',
        url,
        title,
        " · ".join(filter(None, [when, where])),
        event.summary,
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": _("Assembly of People of Kazakhstan"),
        "provider_url": settings.SITE_URL,
        "cache_age": CACHE_SECONDS,
        "html": quotation,
        "width": WIDTH,
        "height": None,
    }

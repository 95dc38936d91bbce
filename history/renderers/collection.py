"""The timeline as a collection of what it tells of, for search engines (schema.org JSON-LD)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..timeline import Timeline


def of_timeline(timeline: Timeline) -> dict:
    """The bare timeline as a CollectionPage with the list of its stages; empty for any other.

    Stages, not milestones: those are hundreds, and each stage names its own.
    """
    if not timeline.is_bare or not timeline.stages:
        return {}
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": _("Thirty years in five stages"),
        "url": _absolute(reverse("history:timeline")),
        "inLanguage": get_language(),
        "temporalCoverage": f"{timeline.first_year}/{timeline.last_year}",
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(timeline.stages),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": stage.title,
                    "url": _absolute(stage.get_absolute_url()),
                }
                for position, stage in enumerate(timeline.stages, start=1)
            ],
        },
    }


def _absolute(path):
    return f"{settings.SITE_URL}{path}"

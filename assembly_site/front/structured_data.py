"""What every schema.org JSON-LD of this site has in common. Unknown things are left out."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

CONTEXT = {"@context": "https://schema.org"}


def known(data: dict) -> dict:
    """The data without what is not known: None, empty texts, empty lists."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def url_of(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict:
    """The way from the home page to a page, as it stands above the title: (name, path) each."""
    way = [(_("Home"), reverse("home")), *steps]
    return {
        **CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name), "item": url_of(path)}
            for position, (name, path) in enumerate(way, start=1)
        ],
    }

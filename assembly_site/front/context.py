"""What every public page needs besides its own content."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from assembly_site.pages.models import Page
from assembly_site.publishing.clock import moment_of

LANGUAGE_SHORT_NAMES = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}
OPEN_GRAPH_LOCALES = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_US"}


def page_furniture(request) -> dict:
    """Language links, canonical address, footer pages. Lazy: the admin asks for none of it."""
    return {
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "open_graph_locale": OPEN_GRAPH_LOCALES.get(get_language() or "kk", "kk_KZ"),
        "footer_pages": SimpleLazyObject(lambda: _footer_pages(request)),
    }


def language_links(request) -> list[dict]:
    """The same page and query string in each language.

    A preview has addresses of its own, and only for the languages in which it may be seen.
    """
    links = []
    addresses = getattr(request, "preview_addresses", None)
    for code, name in settings.LANGUAGES:
        if addresses is not None and code not in addresses:
            continue
        path = addresses[code] if addresses else translate_url(request.get_full_path(), code)
        links.append(
            {
                "code": code,
                "name": name,
                "short_name": LANGUAGE_SHORT_NAMES[code],
                "path": path,
                "url": f"{settings.SITE_URL}{path.partition('?')[0]}",
                "is_current": code == get_language(),
            }
        )
    return links


def _footer_pages(request):
    at = moment_of(request)
    return list(Page.objects.public(at).filter(in_footer=True).order_by("order"))

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from assembly_site.publishing.clock import moment_of

from .answer import MOST_COUNTED, MOST_LETTERS, ROWS_A_PAGE, Answer, Count
from .entries import TYPES
from .rows import rows_of
from .suggestions import suggestions

# No answer has so many pages; what is no number asks for none of them either.
NO_PAGE = 10**6


@dataclass
class Tab:
    """The results of one type, or all of them."""

    name: str
    count: Count
    address: str
    is_current: bool


def results(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("type", "")
    answer = Answer(
        request.GET.get("q", ""),
        get_language(),
        moment_of(request),
        kind if kind in TYPES else "",
        _page(request.GET.get("page", "1")),
    )
    cards = [] if answer.is_empty else answer.cards
    found = [] if answer.is_empty else [one for one in answer.rows if one not in cards]
    is_missing_page = not answer.is_empty and not answer.has_page
    return render(
        request,
        "search/results.html",
        {
            "answer": answer,
            "cards": rows_of(cards, answer.readings, answer.today),
            "rows": rows_of(found, answer.readings, answer.today),
            "tabs": [] if answer.is_empty else _tabs(answer),
            "page": None if answer.is_empty or is_missing_page else _pages(answer),
            "page_address": _address(answer, answer.type),
            "is_missing_page": is_missing_page,
            "offers": [] if answer.is_empty or answer.count else _offers(answer),
            "most_letters": MOST_LETTERS,
            "most_counted": MOST_COUNTED,
            "has_own_search": True,
        },
        status=404 if is_missing_page else 200,
    )


def suggest(request: HttpRequest) -> HttpResponse:
    """The list below a search box, for its script."""
    at = moment_of(request)
    found = suggestions(request.GET.get("q", ""), get_language(), at)
    response = render(
        request,
        "search/suggestions.html",
        {"rows": rows_of(found.entries, found.readings, timezone.localdate(at))},
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def description(request: HttpRequest) -> HttpResponse:
    """How a browser searches this site from its address bar (OpenSearch 1.1)."""
    return render(
        request,
        "search/description.xml",
        {
            "site_url": settings.SITE_URL,
            "name": _("The Assembly"),
            "what": _(
                "Events, history, people and documents of the Assembly of People of Kazakhstan"
            ),
        },
        content_type="application/opensearchdescription+xml",
    )


def _page(text):
    is_number = text.isascii() and text.isdecimal() and 0 < len(text) < 6
    return (int(text) if is_number else 0) or NO_PAGE


def _address(answer, type):
    return "?" + urlencode({"q": answer.text, **({"type": type} if type else {})})


def _tabs(answer):
    names = {"": pgettext("search results", "All"), **TYPES}
    return [
        Tab(str(name), answer.counts[type], _address(answer, type), type == answer.type)
        for type, name in names.items()
    ]


def _pages(answer):
    """A page of Django's, for the links to the earlier and the later ones."""
    return Paginator(range(answer.count.number), ROWS_A_PAGE).page(answer.page)


def _offers(answer):
    """The same question in the other languages, with addresses there."""
    offers = []
    for offer in answer.help.other_languages:
        with translation.override(offer.language):
            address = f"{reverse('search:results')}?{urlencode({'q': offer.text})}"
        offers.append((dict(settings.LANGUAGES)[offer.language], offer, address))
    return offers

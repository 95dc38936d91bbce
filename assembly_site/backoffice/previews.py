"""Previews: pages that were never saved, kept for some minutes for the editor who asked."""

import secrets

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

KEPT_SECONDS = 15 * 60
WIDTHS = {"1280": _("Desk"), "360": _("Phone")}
LANGUAGES = dict(settings.LANGUAGES)


def new_key() -> str:
    """The part of a preview's address that nobody can guess."""
    return secrets.token_urlsafe(24)


def frame_address(key: str, language: str) -> str:
    return f"{reverse('admin:preview', args=[key])}?language={language}"


def keep(user, key: str, title: str, pages: dict[str, str]) -> None:
    """Keeps the pages of all languages for this user alone."""
    cache.set(_cache_key(user, key), {"title": title, "pages": pages}, KEPT_SECONDS)


def addresses() -> list:
    site = admin.site
    return [
        path("preview/<str:key>/", site.admin_view(frame), name="preview"),
        path(
            "preview/<str:key>/<str:language>/",
            site.admin_view(framed_page),
            name="preview-page",
        ),
    ]


@csp_update({"frame-src": ["'self'"]})
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The page in a frame of a phone's or a desk's width, with links to its languages."""
    kept = cache.get(_cache_key(request.user, key))
    if kept is None:
        return _gone(request)
    language = request.GET.get("language")
    if language not in kept["pages"]:
        language = get_language()
    width = request.GET.get("width")
    if width not in WIDTHS:
        width = next(iter(WIDTHS))
    return render(
        request,
        "admin/preview.html",
        {
            **admin.site.each_context(request),
            "title": kept["title"],
            "page_address": reverse("admin:preview-page", args=[key, language]),
            "language": language,
            "language_name": LANGUAGES[language],
            "width": width,
            "languages": [(code, LANGUAGES[code]) for code in kept["pages"]],
            "widths": WIDTHS.items(),
            "minutes": KEPT_SECONDS // 60,
        },
    )


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
def framed_page(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The page as visitors would see it; the only one of the site that our own frame may hold."""
    kept = cache.get(_cache_key(request.user, key))
    if kept is None or language not in kept["pages"]:
        return _gone(request)
    response = HttpResponse(kept["pages"][language])
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = language
    return response


def _gone(request):
    context = admin.site.each_context(request) | {
        "title": _("This preview is no longer there"),
        "minutes": KEPT_SECONDS // 60,
    }
    response = render(request, "admin/preview_gone.html", context, status=404)
    response.says_why = True
    return response


def _cache_key(user, key):
    return f"preview:{user.pk}:{key}"

"""A form that Django did not trust: nothing was saved, and what was typed is handed back."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .unsaved import AUTHOR, is_by, typed_pairs


def wants_data(request: HttpRequest) -> bool:
    """Whether a script asks, which cannot show a page."""
    return request.headers.get("Accept") == "application/json"


def form_not_accepted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says what happened and what to do; the text is shown to nobody but who typed it."""
    if not request.path.startswith(reverse("admin:index")):
        return render(request, "403_csrf.html", status=403)
    if wants_data(request):
        why = _(
            "You signed in anew in another window, or the page had been open for too long. "
            "Nothing was saved."
        )
        return JsonResponse({"why": why}, status=403)
    pairs = typed_pairs(request.POST) if AUTHOR in request.POST else []
    # Whoever is signed out is asked to sign in first, and it is looked at again then.
    is_shown = not request.user.is_authenticated or is_by(request.user, pairs)
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": request.user.is_authenticated,
        "typed": pairs if is_shown else [],
        "address": request.get_full_path(),
    }
    return render(request, "admin/conflicts/not_accepted.html", context, status=403)

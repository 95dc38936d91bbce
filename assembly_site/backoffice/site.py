"""The admin, arranged as editors think, and not by where the code lives."""

from functools import update_wrapper
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from assembly_site.publishing.clock import moment_of

from .unsaved import (
    AUTHOR,
    is_by,
    keep_in_session,
    read_pairs,
    typed_pairs,
    write_pairs,
)

NUL = "\x00"
SECTIONS = [
    (
        "programme",
        _("Programme"),
        ["event", "category", "audience", "spokenlanguage", "accessprovision", "holiday"],
    ),
    (
        "history",
        _("History"),
        ["stage", "milestone", "assemblysession", "person", "body", "document", "source"],
    ),
    ("places", _("Places"), ["region", "venue"]),
    ("pictures", _("Pictures"), ["picture"]),
    ("pages", _("Pages"), ["page"]),
    ("search", _("Search"), ["synonym"]),
    ("people", _("People and access"), ["user", "group", "journalentry"]),
]


class AssemblyAdminSite(admin.AdminSite):
    site_title = _("Assembly of People of Kazakhstan")
    site_header = _("Assembly of People of Kazakhstan")
    index_title = _("What would you like to work on?")
    enable_nav_sidebar = True
    login_template = "admin/conflicts/login.html"

    def admin_view(self, view, cacheable=False):
        """Django's own door; whoever was signed out while writing takes the text along."""
        guarded = super().admin_view(view, cacheable)

        def door(request, *args, **kwargs):
            if _asks_for_nothing(request):
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
            signed_out = request.method == "POST" and not request.user.is_authenticated
            # What was sent is read here for the signed out alone: an upload has limits of its own.
            if signed_out and AUTHOR in request.POST:
                address = {"next": request.get_full_path()}
                return self.ask_again(request, typed_pairs(request.POST), **address)
            return guarded(request, *args, **kwargs)

        return update_wrapper(door, guarded)

    def ask_again(self, request, pairs, **address):
        """The login page, which takes along what was typed.

        Without a `next` it leads to the one that was posted, if that is an address of this site.
        """
        address["app_path"] = reverse("admin:login")
        request.method = "GET"
        return super().login(request, {"typed": write_pairs(pairs), **address})

    def login(self, request, extra_context=None):
        typed = request.POST.get("typed", "")
        response = super().login(request, {"typed": typed, **(extra_context or {})})
        self.keep_typed(request, read_pairs(typed))
        return response

    def keep_typed(self, request, pairs):
        """Keeps what was typed for the form that `next` leads to, if it is this person's own."""
        if pairs and is_by(request.user, pairs):
            keep_in_session(request, urlsplit(request.POST.get("next", "")).path, pairs)

    def each_context(self, request):
        return super().each_context(request) | {"site_languages": settings.LANGUAGES}

    def index(self, request, extra_context=None):
        from .dashboard import Desk  # the screens are registered by now
        from .weekly_scores import WeeklyScore

        desk = Desk(request, moment_of(request))
        WeeklyScore.objects.keep(desk.look)
        return super().index(request, {"desk": desk, **(extra_context or {})})

    def get_urls(self):
        # Imported here: the views ask for this very site, and the screens are registered by now.
        from .previews import addresses
        from .review_queue import review_queue

        return [
            *addresses(),
            path("review/", self.admin_view(review_queue), name="review"),
            *super().get_urls(),
        ]

    def i18n_javascript(self, request, extra_context=None):
        """The scripts' words with those that Django's own Kazakh catalogue lacks."""
        packages = ["django.contrib.admin", "assembly_site.languages.django_words"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def get_app_list(self, request, app_label=None):
        """Django's list by app, regrouped into the sections above; empty sections left out."""
        by_app = super().get_app_list(request, app_label)
        if app_label:
            return by_app
        models = {model["object_name"].lower(): model for app in by_app for model in app["models"]}
        sections = []
        for label, name, members in SECTIONS:
            present = [models[member] for member in members if member in models]
            if present:
                sections.append(
                    {
                        "name": name,
                        "app_label": label,
                        "app_url": present[0]["admin_url"] or "#",
                        "has_module_perms": True,
                        "models": present,
                    }
                )
        return sections


def _asks_for_nothing(request) -> bool:
    """Whether a list is asked with NUL, which no text holds and PostgreSQL takes in no question.

    Django's own answer to a filter that makes no sense is the list without any.
    """
    name = getattr(request.resolver_match, "url_name", None) or ""
    is_list = name.endswith("_changelist")
    return is_list and any(NUL in one for _name, all_of in request.GET.lists() for one in all_of)

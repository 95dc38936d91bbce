"""A visitor's own programme, and the lists that visitors pass on to each other."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from assembly_site.publishing.clock import moment_of

from ..event_links import EventKeys, read_keys, read_pasted
from ..own_programme import OwnProgramme, address_of, plain_title
from ..share import qr_code
from ..shared_list import MOST_EVENTS, MOST_LETTERS, SharedList
from .feeds import calendar_response

NOTHING = EventKeys()


def mine(request: HttpRequest) -> HttpResponse:
    chosen = read_keys(request.GET.getlist("ids"))
    added = read_pasted(request.GET.get("add", ""))
    if added.keys and not added.unreadable:
        return HttpResponseRedirect(address_of([*chosen.keys, *added.keys]))
    return _page(request, chosen, added=added)


def make_link(request: HttpRequest) -> HttpResponse:
    """Leads to the shared list of the chosen events; nothing is stored, so GET is right."""
    at = moment_of(request)
    chosen = read_keys(request.GET.getlist("ids"))
    title = plain_title(request.GET.get("title", ""))
    own = OwnProgramme(chosen.keys, at)
    if not own.events or len(title) > MOST_LETTERS:
        return _page(request, chosen, title=title)
    made = SharedList(tuple(own.events), title, timezone.localdate(at))
    return HttpResponseRedirect(made.get_absolute_url())


def _page(request, chosen, added=NOTHING, title=""):
    own = OwnProgramme([*chosen.keys, *added.keys], moment_of(request))
    return render(
        request,
        "events/mine.html",
        {
            "own": own,
            "at": own.at,
            "passed_over_count": len(own.passed_over) + len(chosen.unreadable),
            "added": added,
            "title": title,
            "title_is_too_long": len(title) > MOST_LETTERS,
            "most_letters": MOST_LETTERS,
            "most_events": MOST_EVENTS,
        },
    )


def shared_list(request: HttpRequest, token: str) -> HttpResponse:
    shared = SharedList.of_token(token)
    own = OwnProgramme(shared.keys, moment_of(request))
    changes = own.changes_since(shared.made_on)
    url = f"{settings.SITE_URL}{shared.get_absolute_url()}"
    return render(
        request,
        "events/shared_list.html",
        {
            "shared": shared,
            "own": own,
            "at": own.at,
            "changes": changes,
            "changed_count": len({change.event_id for change in changes}),
            "url": url,
            "qr": qr_code(url),
        },
    )


def shared_calendar(request: HttpRequest, token: str) -> HttpResponse:
    shared = SharedList.of_token(token)
    own = OwnProgramme(shared.keys, moment_of(request))
    name = shared.title or _("My programme")
    return calendar_response(own.for_subscribers, name, "programme.ics")

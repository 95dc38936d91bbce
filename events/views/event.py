"""One event, for people and for calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assembly_site.publishing.addresses import Gone, public_object
from assembly_site.publishing.clock import moment_of

from ..models import Event
from ..renderers import structured_data
from ..share import share_links, web_calendar_links
from .feeds import calendar_response

NEAR_SHOWN = 3


def event(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    return page_of_event(request, public_object(Event.objects.for_page(at), slug, at))


def page_of_event(request: HttpRequest, instance: Event) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    occurrence = instance.next_occurrence(at)
    parts, near = Event.objects.around(instance, at, NEAR_SHOWN)
    return render(
        request,
        "events/event.html",
        {
            "event": instance,
            "at": at,
            "next_occurrence": occurrence,
            "structured_data": structured_data.of_event(instance, occurrence, at, parts),
            "breadcrumb_data": structured_data.breadcrumbs_of(instance),
            "ties": instance.public_ties(at),
            "is_over": instance.is_over(at),
            "changes": list(instance.changes.public(at).newest_first()),
            "parts": parts,
            "near": near,
            "share": share_links(instance),
            "calendar_links": web_calendar_links(occurrence) if occurrence else {},
        },
    )


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    found = public_object(Event.objects.for_page(at), slug, at)
    occurrences = [one for one in found.occurrences.all() if one.has_day]
    if not occurrences:
        raise Http404
    return calendar_response(occurrences, found.title, f"{found.slug}.ics")


def short_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent short address of an event, as printed on paper.

    It leads to the Kazakh page: no address but `/` guesses a language.
    """
    at = moment_of(request)
    instance = Event.objects.filter(pk=pk).first()
    if instance and instance.is_public(at):
        return redirect(instance)
    if instance and instance.was_public(at):
        raise Gone
    raise Http404

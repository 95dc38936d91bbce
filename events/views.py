from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assembly_site.publishing.addresses import Gone, public_object
from assembly_site.publishing.clock import moment_of

from .models import Event
from .programme import Programme, by_day
from .renderers import calendar_file, structured_data

OCCURRENCES_A_PAGE = 24


def programme(request: HttpRequest) -> HttpResponse:
    if any(value == "" for values in request.GET.lists() for value in values[1]):
        return HttpResponseRedirect(_without_empty(request))
    asked = Programme(request.GET, moment_of(request))
    paginator = Paginator(asked.occurrences, OCCURRENCES_A_PAGE)
    page = _page_or_404(paginator, request.GET.get("page", "1"))
    return render(
        request,
        "events/programme.html",
        {
            "programme": asked,
            "page": page,
            "days": by_day(page.object_list),
            "at": asked.at,
        },
    )


def _without_empty(request):
    query = request.GET.copy()
    for name, values in list(query.lists()):
        kept = [value for value in values if value != ""]
        if kept:
            query.setlist(name, kept)
        else:
            del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _page_or_404(paginator, number):
    # isdecimal alone takes figures of other scripts; int would take signs and spaces.
    if not (number.isascii() and number.isdecimal() and len(number) < 8):
        raise Http404
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))


def event(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    return page_of_event(request, public_object(Event.objects.for_page(at), slug, at))


def page_of_event(request: HttpRequest, instance: Event) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    occurrence = instance.next_occurrence(at)
    return render(
        request,
        "events/event.html",
        {
            "event": instance,
            "at": at,
            "next_occurrence": occurrence,
            "structured_data": structured_data.of_event(instance, occurrence),
            "ties": instance.public_ties(at),
            "is_over": instance.is_over(at),
        },
    )


def programme_calendar(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    if not asked.is_valid:
        return _refused(asked)
    name = _("Programme of the Assembly’s 30th anniversary")
    return _calendar(asked.for_subscribers(), name, "programme.ics")


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    found = public_object(Event.objects.for_page(at), slug, at)
    occurrences = [one for one in found.occurrences.all() if one.has_day]
    if not occurrences:
        raise Http404
    return _calendar(occurrences, found.title, f"{found.slug}.ics")


def _calendar(occurrences, name, file_name):
    response = HttpResponse(
        calendar_file.render(occurrences, name), content_type=calendar_file.MEDIA_TYPE
    )
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


def _refused(asked):
    """A machine gets one plain sentence for an address that cannot be (HTTP 400)."""
    names = ", ".join([*asked.errors, *(["when"] if asked.when_is_unknown else [])])
    sentence = _("These parameters have impossible values: %(names)s.") % {"names": names}
    return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")


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

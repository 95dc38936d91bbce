from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.urls import reverse

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.front.open_data import open_to_all, refused
from assembly_site.front.spreadsheet import CSV_MEDIA_TYPE
from assembly_site.languages.numerals import number_of
from assembly_site.publishing.addresses import Gone
from assembly_site.publishing.clock import moment_of

from ..asked_lists import AskedSessions
from ..decisions import what_came_of
from ..figures import participants
from ..models import AssemblySession, Body, Document, Stage
from ..renderers import session_table, structured_data
from .neighbourhood import if_public


@without_empty_parameters
def sessions(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    asked = _asked(request, at)
    rows = asked.rows
    return render(
        request,
        "history/sessions.html",
        {
            "asked": asked,
            "sessions": rows,
            "at": at,
            "participants": participants(rows),
            "structured_data": [structured_data.way_to_sessions()],
        },
    )


@without_empty_parameters
def sessions_csv(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    asked = _asked(request, at)
    if asked.errors:
        return refused(asked.errors)
    response = HttpResponse(session_table.render(asked.rows, at), content_type=CSV_MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="sessions.csv"'
    return open_to_all(response)


def _asked(request, at):
    return AskedSessions(
        request.GET,
        AssemblySession.objects.public(at).for_table(at),
        list(Stage.objects.public(at)),
    )


def session_by_numeral(request: HttpRequest, numeral: str) -> HttpResponse:
    """Leads XXXIV and 034 to 34, for ever."""
    try:
        number = number_of(numeral)
    except ValueError as error:
        raise Http404 from error
    if not 1 <= number <= 3999:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("history:session", args=[number]))


def session(request: HttpRequest, number: str) -> HttpResponse:
    at, number = moment_of(request), int(number)
    near = {one.number: one for one in AssemblySession.objects.near(number).with_former_names()}
    found = near.get(number)
    if found is None:
        raise Http404
    if found.is_public(at):
        return page_of_session(request, found, near)
    if found.was_public(at):
        raise Gone
    raise Http404


def page_of_session(
    request: HttpRequest, instance: AssemblySession, near: dict | None = None
) -> HttpResponse:
    """The page itself; `near` holds the neighbours by their numbers, if any."""
    at = moment_of(request)
    near = near or {}
    AssemblySession.objects.read_page(instance, at)
    assembly = Body.objects.the_assembly(at)
    documents = Document.objects.public(at).filter(session=instance).in_order()
    return render(
        request,
        "history/session.html",
        {
            "session": instance,
            "chair": instance.public_chair(at),
            "stage": instance.public_stage(at),
            "assembly": assembly,
            "documents": documents,
            "led_to": what_came_of(instance, at),
            "previous": if_public(near.get(instance.number - 1), at),
            "next": if_public(near.get(instance.number + 1), at),
            "structured_data": [
                structured_data.of_session(instance, assembly, documents, at),
                structured_data.way_to_session(instance),
            ],
        },
    )

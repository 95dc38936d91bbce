from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import Gone
from assembly_site.publishing.clock import moment_of

from ..figures import participants
from ..models import AssemblySession, Document, Milestone
from .neighbourhood import if_public


def sessions(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    listed = list(AssemblySession.objects.public(at).for_lists().newest_first())
    return render(
        request,
        "history/sessions.html",
        {"sessions": listed, "participants": participants(listed)},
    )


def session(request: HttpRequest, number: str) -> HttpResponse:
    at, number = moment_of(request), int(number)
    near = {one.number: one for one in AssemblySession.objects.near(number).for_page(at)}
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
    return render(
        request,
        "history/session.html",
        {
            "session": instance,
            "chair": if_public(instance.chair, at),
            "stage": if_public(instance.stage, at),
            "milestones": Milestone.objects.public(at).filter(session=instance).in_order(),
            "documents": Document.objects.public(at).filter(session=instance),
            "previous": if_public(near.get(instance.number - 1), at),
            "next": if_public(near.get(instance.number + 1), at),
        },
    )

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.pages.models import Page
from assembly_site.publishing.addresses import Gone, public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from .figures import participants
from .models import AssemblySession, Body, Document, Milestone, Person, Stage


def timeline(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    stages = Stage.objects.public(at).with_milestones(at)
    return render(request, "history/timeline.html", {"stages": stages})


def stage(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    stages = Stage.objects.select_related("picture").prefetch_related(with_citations(), "figures")
    return page_of_stage(request, public_object(stages, slug, at))


def page_of_stage(request: HttpRequest, instance: Stage) -> HttpResponse:
    at = moment_of(request)
    public = list(Stage.objects.public(at))
    return render(
        request,
        "history/stage.html",
        {
            "stage": instance,
            "milestones": Milestone.objects.public(at)
            .filter(stage=instance)
            .for_lists()
            .in_order(),
            "sessions": AssemblySession.objects.public(at).filter(stage=instance).for_lists(),
            "previous": next(
                (one for one in reversed(public) if one.number < instance.number), None
            ),
            "next": next((one for one in public if one.number > instance.number), None),
        },
    )


def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_object(Milestone.objects.for_page(), slug, moment_of(request))
    return page_of_milestone(request, found)


def page_of_milestone(request: HttpRequest, instance: Milestone) -> HttpResponse:
    at = moment_of(request)
    neighbours = Milestone.objects.public(at).neighbours(instance)
    documents = Document.objects.public(at).filter(milestone=instance)
    return render(
        request,
        "history/milestone.html",
        {
            "milestone": instance,
            "session": _if_public(instance.session, at),
            "neighbours": neighbours,
            "documents": documents,
        },
    )


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
            "chair": _if_public(instance.chair, at),
            "stage": _if_public(instance.stage, at),
            "milestones": Milestone.objects.public(at).filter(session=instance).in_order(),
            "documents": Document.objects.public(at).filter(session=instance),
            "previous": _if_public(near.get(instance.number - 1), at),
            "next": _if_public(near.get(instance.number + 1), at),
        },
    )


def _if_public(instance, at):
    return instance if instance and instance.is_public(at) else None


def people(request: HttpRequest) -> HttpResponse:
    listed = Person.objects.public(moment_of(request)).prefetch_related("appointments")
    return render(request, "history/people.html", {"people": listed})


def person(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    found = Person.objects.select_related("picture").prefetch_related(
        "appointments",
        Prefetch("appointments__body", Body.objects.public(at)),
        Prefetch("sessions_chaired", AssemblySession.objects.public(at).for_lists().newest_first()),
        with_citations(),
    )
    return page_of_person(request, public_object(found, slug, at))


def page_of_person(request: HttpRequest, instance: Person) -> HttpResponse:
    return render(request, "history/person.html", {"person": instance})


def today(request: HttpRequest) -> HttpResponse:
    """The Assembly as it was when its story closed: its bodies and their figures."""
    at = moment_of(request)
    return render(
        request,
        "history/today.html",
        {
            "page": Page.objects.public(at)
            .filter(slug="today")
            .prefetch_related(with_citations())
            .first(),
            "bodies": Body.objects.public(at).prefetch_related("figures", with_citations()),
        },
    )

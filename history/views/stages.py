from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import AssemblySession, Milestone, Stage


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

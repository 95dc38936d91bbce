from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import AssemblySession, Milestone, Stage
from ..renderers import structured_data
from ..surroundings import surroundings


def stage(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    public = list(Stage.objects.public(at).select_related("picture"))
    found = next((one for one in public if one.slug == slug), None)
    # A stage that is not among them has moved or gone, or never was.
    return page_of_stage(request, found or public_object(Stage.objects.all(), slug, at), public)


def page_of_stage(
    request: HttpRequest, instance: Stage, public: list[Stage] | None = None
) -> HttpResponse:
    """The page itself; `public` are all stages that visitors may see, where they were read."""
    at = moment_of(request)
    stages = list(Stage.objects.public(at)) if public is None else public
    prefetch_related_objects([instance], with_citations(), "figures")
    milestones = list(Milestone.objects.public(at).filter(stage=instance).for_lists().in_order())
    sessions = list(
        AssemblySession.objects.public(at).filter(stage=instance).select_related("region")
    )
    # One query for the names of both.
    regions = [one.region for one in [*milestones, *sessions] if one.region]
    prefetch_related_objects(regions, "names")
    return render(
        request,
        "history/stage.html",
        {
            "stage": instance,
            "milestones": milestones,
            "sessions": sessions,
            "around": surroundings(instance, at),
            "previous": next(
                (one for one in reversed(stages) if one.number < instance.number), None
            ),
            "structured_data": [
                structured_data.of_stage(instance),
                structured_data.way_to_stage(instance),
            ],
            "next": next((one for one in stages if one.number > instance.number), None),
        },
    )

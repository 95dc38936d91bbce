from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of

from ..models import Milestone
from ..renderers import structured_data
from ..threads import threads_through
from .neighbourhood import if_public


def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    found = Milestone.objects.public(at).for_page().with_slug(slug)
    return page_of_milestone(request, found or public_object(Milestone.objects.all(), slug, at))


def page_of_milestone(request: HttpRequest, instance: Milestone) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    Milestone.objects.read_page(instance, at)
    return render(
        request,
        "history/milestone.html",
        {
            "milestone": instance,
            "threads": threads_through(instance, at),
            "stage": if_public(instance.stage, at),
            "session": if_public(instance.session, at),
            "neighbours": Milestone.objects.public(at).neighbours(instance),
            "structured_data": [
                structured_data.of_milestone(instance),
                structured_data.way_to_milestone(instance),
            ],
        },
    )

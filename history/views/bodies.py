from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.pages.models import Page
from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import Body
from ..renderers import structured_data
from ..threads import threads_through
from .neighbourhood import if_public


def today(request: HttpRequest) -> HttpResponse:
    """The Assembly as it was when its story closed: its text, and a card for each body."""
    at = moment_of(request)
    pages = Page.objects.public(at).filter(slug="today").prefetch_related(with_citations())
    return render(
        request,
        "history/today.html",
        {
            "page": pages.first(),
            "bodies": Body.objects.public(at).for_lists(),
            "structured_data": [structured_data.way_to_today()],
        },
    )


def bodies(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "history/bodies.html",
        {
            "bodies": Body.objects.public(moment_of(request)).for_lists(),
            "structured_data": [structured_data.way_to_bodies()],
        },
    )


def body(request: HttpRequest, slug: str) -> HttpResponse:
    return page_of_body(request, public_object(Body.objects.for_page(), slug, moment_of(request)))


def page_of_body(request: HttpRequest, instance: Body) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    Body.objects.read_page(instance, at)
    whole = if_public(instance.part_of, at)
    return render(
        request,
        "history/body.html",
        {
            "body": instance,
            "threads": threads_through(instance, at),
            "whole": whole,
            "structured_data": [
                structured_data.of_body(instance, whole),
                structured_data.way_to_body(instance),
            ],
        },
    )

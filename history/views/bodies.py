from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.pages.models import Page
from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import Body


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


def bodies(request: HttpRequest) -> HttpResponse:
    listed = Body.objects.public(moment_of(request))
    return render(request, "history/bodies.html", {"bodies": listed})


def body(request: HttpRequest, slug: str) -> HttpResponse:
    found = Body.objects.select_related("picture").prefetch_related("figures", with_citations())
    return page_of_body(request, public_object(found, slug, moment_of(request)))


def page_of_body(request: HttpRequest, instance: Body) -> HttpResponse:
    return render(request, "history/body.html", {"body": instance})

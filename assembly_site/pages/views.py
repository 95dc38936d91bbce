from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from .models import Page


def page(request: HttpRequest, slug: str) -> HttpResponse:
    return page_of(
        request,
        public_object(Page.objects.prefetch_related(with_citations()), slug, moment_of(request)),
    )


def page_of(request: HttpRequest, instance: Page) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    return render(request, "pages/page.html", {"page": instance})

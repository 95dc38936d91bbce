from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import Document


def documents(request: HttpRequest) -> HttpResponse:
    listed = Document.objects.public(moment_of(request))
    return render(request, "history/documents.html", {"documents": listed})


def document(request: HttpRequest, slug: str) -> HttpResponse:
    found = Document.objects.prefetch_related(with_citations())
    return page_of_document(request, public_object(found, slug, moment_of(request)))


def page_of_document(request: HttpRequest, instance: Document) -> HttpResponse:
    return render(request, "history/document.html", {"document": instance})

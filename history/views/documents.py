from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import Source

from ..asked_lists import AskedDocuments
from ..models import Document
from ..renderers import structured_data
from ..threads import threads_through
from .neighbourhood import if_public


@without_empty_parameters
def documents(request: HttpRequest) -> HttpResponse:
    listed = Document.objects.public(moment_of(request)).in_order()
    return render(
        request,
        "history/documents.html",
        {
            "asked": AskedDocuments(request.GET, listed),
            "structured_data": [structured_data.way_to_documents()],
        },
    )


def document(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_object(Document.objects.for_page(), slug, moment_of(request))
    return page_of_document(request, found)


def page_of_document(request: HttpRequest, instance: Document) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    Document.objects.read_page(instance, at)
    return render(
        request,
        "history/document.html",
        {
            "document": instance,
            "threads": threads_through(instance, at),
            "author": if_public(instance.author, at),
            "session": if_public(instance.session, at),
            "milestone": _milestone(instance, at),
            "silent": _silent(instance.url),
            "neighbours": Document.objects.public(at).neighbours(instance),
            "structured_data": [
                structured_data.of_document(instance, at),
                structured_data.way_to_document(instance),
            ],
        },
    )


def _silent(url):
    """The source at this address, if it no longer answers."""
    if not url:
        return None
    return Source.objects.filter(url=url, unreachable_since__isnull=False).first()


def _milestone(document, at):
    """A milestone hangs on its stage: without the stage it is not shown."""
    milestone = if_public(document.milestone, at)
    return milestone if milestone and if_public(milestone.stage, at) else None

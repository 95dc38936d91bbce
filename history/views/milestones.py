from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of

from ..models import Document, Milestone
from .neighbourhood import if_public


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
            "stage": if_public(instance.stage, at),
            "session": if_public(instance.session, at),
            "neighbours": neighbours,
            "documents": documents,
        },
    )

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import AssemblySession, Body, Person


def people(request: HttpRequest) -> HttpResponse:
    listed = Person.objects.public(moment_of(request)).prefetch_related("appointments")
    return render(request, "history/people.html", {"people": listed})


def person(request: HttpRequest, slug: str) -> HttpResponse:
    at = moment_of(request)
    return page_of_person(request, public_object(people_for_page(at), slug, at))


def people_for_page(at: datetime) -> QuerySet:
    """People with everything a person's own page shows; of others, what is public."""
    return Person.objects.select_related("picture").prefetch_related(
        "appointments",
        Prefetch("appointments__body", Body.objects.public(at)),
        Prefetch("sessions_chaired", AssemblySession.objects.public(at).for_lists().newest_first()),
        with_citations(),
    )


def page_of_person(request: HttpRequest, instance: Person) -> HttpResponse:
    return render(request, "history/person.html", {"person": instance})

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.addresses import public_object
from assembly_site.publishing.clock import moment_of

from ..letters import by_letter
from ..models import AssemblySession, Person
from ..renderers import structured_data


def people(request: HttpRequest) -> HttpResponse:
    listed = (
        Person.objects.public(moment_of(request))
        .in_order()
        .for_page()
        .prefetch_related("appointments")
    )
    return render(
        request,
        "history/people.html",
        {
            "people": listed,
            "letters": by_letter(listed),
            "structured_data": [structured_data.way_to_people()],
        },
    )


def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_object(Person.objects.for_page(), slug, moment_of(request))
    return page_of_person(request, found)


def page_of_person(request: HttpRequest, instance: Person) -> HttpResponse:
    """The page itself, public or not: who may see it was decided before."""
    at = moment_of(request)
    Person.objects.read_page(instance, at)
    sessions = AssemblySession.objects.public(at).of_person(instance)
    return render(
        request,
        "history/person.html",
        {
            "person": instance,
            "chaired": [one for one in sessions if one.chair_id == instance.pk],
            "took_part": [one for one in sessions if one.chair_id != instance.pk],
            "neighbours": Person.objects.public(at).neighbours(instance),
            "structured_data": [
                structured_data.of_person(instance),
                structured_data.way_to_person(instance),
            ],
        },
    )

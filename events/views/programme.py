"""The list with its filters, and the landing pages of a region and of a kind."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from assembly_site.front.addresses import page_or_404, without_empty_parameters
from assembly_site.pictures.covers import outline_box
from assembly_site.places.models import Region
from assembly_site.publishing.addresses import lasting_object
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.models import with_citations

from ..models import Category
from ..programme import Programme, by_day, occurrences_of
from ..programme_index import programme_index
from ..renderers import structured_data

OCCURRENCES_A_PAGE = 24
RUNNING_SHOWN = 6
COMING_SHOWN = 8


@without_empty_parameters
def programme(request: HttpRequest) -> HttpResponse:
    asked = Programme(request.GET, moment_of(request))
    page = page_or_404(asked.dates, request.GET.get("page", "1"), OCCURRENCES_A_PAGE)
    found, running = occurrences_of(page.object_list), _running(asked, page)
    return render(
        request,
        "events/programme.html",
        {
            "programme": asked,
            "page": page,
            "days": by_day(found),
            "running": running,
            "list_data": structured_data.of_list([*running, *found]),
            "at": asked.at,
        },
    )


def _running(asked, page):
    """What is on already, on the first page alone."""
    return occurrences_of(asked.running[:RUNNING_SHOWN]) if page.number == 1 else []


def region(request: HttpRequest, slug: str) -> HttpResponse:
    found = lasting_object(Region.objects.prefetch_related("names", with_citations()), slug)
    return _landing_page(
        request,
        "events/region.html",
        "region",
        found,
        outline_box=outline_box(found.outline),
        place_data=structured_data.of_region(found),
    )


def category(request: HttpRequest, slug: str) -> HttpResponse:
    return _landing_page(
        request, "events/category.html", "category", lasting_object(Category.objects.all(), slug)
    )


def _landing_page(request, template, parameter, instance, **more):
    """What is coming, and what took place, of one region or kind."""
    at = moment_of(request)
    question = f"{parameter}={instance.slug}"
    index = programme_index()
    coming = Programme(QueryDict(f"when=upcoming&{question}"), at, index)
    past = Programme(QueryDict(f"when=past&{question}"), at, index)
    coming_occurrences = occurrences_of(
        [*coming.running[:RUNNING_SHOWN], *coming.dates[:COMING_SHOWN]]
    )
    past_occurrences = occurrences_of(past.dates[:COMING_SHOWN])
    return render(
        request,
        template,
        {
            parameter: instance,
            "heading": past.subject,
            "question": question,
            "feed_query": f"?{question}",
            "coming": coming,
            "past": past,
            "coming_occurrences": coming_occurrences,
            "past_occurrences": past_occurrences,
            "list_data": structured_data.of_list([*coming_occurrences, *past_occurrences]),
            "at": at,
            **more,
        },
    )

"""The programme by months."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.publishing.clock import moment_of

from ..calendars import Month, month_address, months_of, nearest_month, year_strip
from ..programme import Programme


@without_empty_parameters
def calendar(request: HttpRequest) -> HttpResponse:
    """Leads to the month that fits the moment; which one that is changes, so not for ever."""
    asked = _timeless(request)
    year, month = nearest_month(months_of(asked), asked.today)
    return HttpResponseRedirect(month_address(asked, year, month))


@without_empty_parameters
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    asked = _timeless(request)
    if not _is_in_range(asked, year, month):
        raise Http404
    shown = Month(asked, year, month)
    return render(
        request,
        "events/calendar.html",
        {"programme": asked, "month": shown, "strip": year_strip(asked, year), "at": asked.at},
    )


def _timeless(request):
    """The programme with its filters; the calendar has a time of its own."""
    query = request.GET.copy()
    for name in ("from", "to", "sort", "page"):
        query.pop(name, None)
    query["when"] = "all"
    return Programme(query, moment_of(request))


def _is_in_range(programme, year, month):
    """Whether the month lies between the first and the last public event, or is the present one."""
    months = [
        one for one, masks in programme.index.months.items() if programme.public.of_dates(masks)
    ]
    here = (programme.today.year, programme.today.month)
    return min([here, *months]) <= (year, month) <= max([here, *months])

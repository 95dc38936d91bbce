"""The programme by regions: a map and a table that says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.front.addresses import without_empty_parameters
from assembly_site.publishing.clock import moment_of

from ..kinds import kinds_of_events
from ..programme import Programme
from ..regions import region_rows


@without_empty_parameters
def programme_map(request: HttpRequest) -> HttpResponse:
    query = request.GET.copy()
    for name in ("region", "page"):
        query.pop(name, None)
    asked = Programme(query, moment_of(request))
    nationwide = {when: asked.nationwide_count(when) for when in ("upcoming", "month", "all")}
    return render(
        request,
        "events/map.html",
        {
            "programme": asked,
            "rows": region_rows(asked),
            "nationwide": nationwide,
            "kinds": kinds_of_events(asked),
            "at": asked.at,
        },
    )

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.front.addresses import page_or_404, without_empty_parameters
from assembly_site.publishing.clock import moment_of
from assembly_site.sources.register import SourceRegister

SOURCES_A_PAGE = 50


@without_empty_parameters
def sources(request: HttpRequest) -> HttpResponse:
    """Every source of the site, of the programme and the plain pages too."""
    register = SourceRegister(request.GET, moment_of(request))
    page = page_or_404(register.found, request.GET.get("page", "1"), SOURCES_A_PAGE)
    return render(
        request,
        "history/sources.html",
        {"register": register, "page": page, "groups": register.groups(page.object_list)},
    )

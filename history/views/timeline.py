from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assembly_site.publishing.clock import moment_of

from ..models import Stage


def timeline(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    stages = Stage.objects.public(at).with_milestones(at)
    return render(request, "history/timeline.html", {"stages": stages})

"""Pages for what went wrong; each offers a next step."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def failed(request):
    """Asks nothing of the database: it may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))

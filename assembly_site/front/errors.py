"""Pages for what went wrong; each offers a next step."""

import re

from django.conf import settings
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from assembly_site.publishing.clock import moment_of
from assembly_site.search.suggestions import suggestions

NEAREST_SHOWN = 3


def not_found(request, exception=None):
    """With a search box, and the pages whose titles are nearest to the address."""
    return render(request, "404.html", {"nearest": _nearest(request)}, status=404)


def _nearest(request):
    words = re.sub(r"[^\w]+", " ", request.path.rstrip("/").rpartition("/")[2])
    found = suggestions(words, get_language() or settings.LANGUAGE_CODE, moment_of(request))
    return found.entries[:NEAREST_SHOWN]


def failed(request):
    """Asks nothing of the database: it may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))

"""Answers for addresses that have moved or whose page is gone; pages without indentation."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from assembly_site.publishing.addresses import Gone, Moved

from .errors import not_found


class AnswerForAddresses:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        says_why = getattr(response, "says_why", False)
        if response.status_code == 404 and settings.DEBUG and not says_why:
            # In development too a visitor gets our page, not the list of routes.
            return not_found(request)
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Moved):
            return HttpResponsePermanentRedirect(exception.instance.get_absolute_url())
        if isinstance(exception, Gone):
            return render(request, "410.html", status=410)
        return None


class WithoutIndentation:
    """Takes the indentation of our templates off the pages of visitors: up to a tenth of a page.

    Line ends stay, so words stay apart. No page of ours has text in which indentation counts.
    """

    INDENTATION = re.compile(rb"\n\s+")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and not request.path_info.startswith("/admin/"):
            response.content = self.INDENTATION.sub(b"\n", response.content)
            response.headers["Content-Length"] = str(len(response.content))
        return response

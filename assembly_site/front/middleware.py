"""Answers for addresses that have moved or whose page is gone."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from assembly_site.publishing.addresses import Gone, Moved


class AnswerForAddresses:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Moved):
            return HttpResponsePermanentRedirect(exception.instance.get_absolute_url())
        if isinstance(exception, Gone):
            return render(request, "410.html", status=410)
        return None

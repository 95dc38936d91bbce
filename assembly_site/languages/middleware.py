"""The language of a page is the first word of its address, and nothing else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

# These ask the browser (or the choice kept in its cookie); pages of visitors never do.
ADDRESSES_THAT_ASK = ("/admin/",)


class LanguageFromAddress:
    """Activates the language; sets Content-Language; varies only where the browser was asked.

    Django's LocaleMiddleware would redirect unknown addresses to a guessed language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info.startswith(ADDRESSES_THAT_ASK)
        if asked:
            language = translation.get_language_from_request(request)
        else:
            language = (
                translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
            )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

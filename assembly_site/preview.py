"""Draft links: what a page would look like, for whoever holds a signed address.

The roof keeps this because it knows the pages of both apps.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation

from assembly_site.pages.views import page_of
from assembly_site.publishing.draft_links import object_of
from events.views import page_of_event
from history import views as history

PAGES = {
    "pages.page": page_of,
    "events.event": page_of_event,
    "history.stage": history.page_of_stage,
    "history.milestone": history.page_of_milestone,
    "history.assemblysession": history.page_of_session,
    "history.person": history.page_of_person,
    "history.body": history.page_of_body,
    "history.document": history.page_of_document,
}


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it would be; what is public already is shown at its own address."""
    instance = object_of(token)
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    request.LANGUAGE_CODE = language
    with translation.override(language):
        if instance.is_public(timezone.now()):
            return HttpResponseRedirect(instance.get_absolute_url())
        request.preview_of = instance
        response = PAGES[instance._meta.label_lower](request, instance)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    return response

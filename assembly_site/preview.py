"""Draft links: a page as it stood, for whoever holds its address, and what they remark on it.

The roof keeps this because it knows the pages of both apps.
"""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assembly_site.front.remarks import ApprovalForm, DraftPage, RemarkForm, anchor, places
from assembly_site.pages.models import Page
from assembly_site.pages.views import page_of
from assembly_site.publishing.clock import moment_of
from assembly_site.publishing.draft_links import LONGEST_HEADING, DraftLink
from assembly_site.publishing.rate_limits import RateLimit
from assembly_site.publishing.showing import (
    Showing,
    is_public,
    nothing_kept,
    page_as_it_would_be,
    show,
)
from assembly_site.publishing.snapshots import Unshowable, put_back
from assembly_site.sources.models import with_citations
from events.models import Event
from events.views import page_of_event
from history import models as history
from history import views as pages

WRONG_ADDRESSES = RateLimit("draft-link", most=30, seconds=10 * 60)
REMARKS = RateLimit("remarks", most=30, seconds=10 * 60)


def _with_citations(model):
    return lambda at: model.objects.prefetch_related(with_citations())


SHOWINGS = {
    "pages.page": Showing(_with_citations(Page), page_of, ("citations",)),
    "events.event": Showing(Event.objects.for_page, page_of_event, ("occurrences", "citations")),
    "history.stage": Showing(
        lambda at: history.Stage.objects.all(), pages.page_of_stage, ("figures", "citations")
    ),
    "history.milestone": Showing(
        lambda at: history.Milestone.objects.for_page(), pages.page_of_milestone, ("citations",)
    ),
    "history.assemblysession": Showing(
        lambda at: history.AssemblySession.objects.select_related(
            "region", "venue", "picture", "chair", "stage"
        ),
        pages.page_of_session,
        ("decisions", "citations"),
    ),
    "history.person": Showing(
        lambda at: history.Person.objects.for_page(),
        pages.page_of_person,
        ("appointments", "citations"),
    ),
    "history.body": Showing(
        _with_citations(history.Body), pages.page_of_body, ("names", "figures", "citations")
    ),
    "history.document": Showing(
        _with_citations(history.Document), pages.page_of_document, ("citations",)
    ),
}


def register() -> None:
    """Tells the editors' screens, which do not know the apps, how each kind is shown."""
    for label, showing in SHOWINGS.items():
        show(label, showing)


# The address itself is the secret that no other site knows; and a draft page sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a draft link; a remark or an approval sent from it.

    404 for an unknown address, 410 for one that was closed or is too old. What is public by now
    is shown at its own address.
    """
    language = _language(request)
    with translation.override(language):
        request.LANGUAGE_CODE = language
        response = _answer(request, token)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    # The address is a secret: no page that is reached from here learns it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Language"] = request.LANGUAGE_CODE
    return response


def _language(request):
    """The language asked for, else the reader's own."""
    asked = request.GET.get("language")
    if asked in dict(settings.LANGUAGES):
        return asked
    return translation.get_language_from_request(request)


def _answer(request, token):
    if WRONG_ADDRESSES.is_reached(request):
        return _refusal(request, "too-many", 429)
    link = DraftLink.objects.with_token(token).select_related("target_type").first()
    if link is None:
        WRONG_ADDRESSES.count(request)
        return _refusal(request, "unknown", 404)
    at = moment_of(request)
    if link.target is None:
        return _refusal(request, "gone", 410)
    published = is_public(link.target, at)
    if published and request.method != "POST":
        return HttpResponseRedirect(link.target.get_absolute_url())
    if published or not link.is_open(at):
        reason = "published" if published else "closed" if link.closed_at else "expired"
        return _refusal(request, reason, 410)
    language = request.LANGUAGE_CODE
    if language not in link.languages:
        language = request.LANGUAGE_CODE = link.languages[0]
    with translation.override(language):
        if request.method == "POST":
            return _receive(request, link, language)
        sent = request.GET.get("sent")
        response = _page(request, link, DraftPage(link, language, sent=sent))
        if request.method == "GET" and response.status_code == 200:
            link.count_opening(at)
        return response


def _page(request, link, draft_page, status=200):
    """The object as it was when the link was made, put back for this one page."""
    addresses = {code: f"{request.path}?language={code}" for code in link.languages}
    try:
        with nothing_kept():
            put_back(link.target, link.snapshot)
            response = page_as_it_would_be(
                request,
                type(link.target),
                link.target_id,
                draft_page.language,
                draft_page=draft_page,
                preview_addresses=addresses,
            )
    except (Unshowable, ObjectDoesNotExist):
        return _refusal(request, "gone", 410)
    response.status_code = status
    return response


def _receive(request, link, language):
    approves = "approve" in request.POST
    form = (
        ApprovalForm(request.POST)
        if approves
        else RemarkForm(request.POST, places=places(link.shown, language))
    )
    draft_page = DraftPage(link, language, form)
    if REMARKS.is_reached(request, str(link.pk)):
        return _refusal(request, "too-many-remarks", 429)
    if not form.is_valid():
        return _page(request, link, draft_page, status=422)
    REMARKS.count(request, str(link.pk))
    said = {**form.cleaned_data, "language": language}
    field = said.get("field", "")
    if approves:
        received, place, sent = link.approve(moment_of(request), **said), "approval", "approval"
    else:
        if ":" in field:
            said["chapter"] = draft_page.places[field][:LONGEST_HEADING]
        received, place, sent = link.remark(moment_of(request), **said), anchor(field), field
    if received is None:
        return _refusal(request, "closed", 410)
    # See other: going back or reloading sends nothing a second time.
    address = f"{request.path}?language={language}&sent={sent}#{place}"
    return HttpResponse(status=303, headers={"Location": address})


def _refusal(request, reason, status):
    """A page that says what is the matter and whom to ask, and keeps what was typed."""
    typed = request.POST.get("text", "").replace("\0", "")
    response = render(
        request, "preview/refused.html", {"reason": reason, "typed": typed}, status=status
    )
    response.says_why = True
    return response

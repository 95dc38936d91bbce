"""The language of an editor's screens, which is that of the letters too."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate
from django.views.i18n import set_language

from .models import User
from .unsaved import read_pairs


def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own choice, kept with the person who is signed in.

    Whoever was signed out while writing meets the login page again, with the text.
    """
    chosen = request.POST.get("language")
    if request.method != "POST" or chosen not in dict(settings.LANGUAGES):
        return set_language(request)
    User.objects.filter(pk=request.user.pk).update(language=chosen)
    answer = set_language(request)
    pairs = read_pairs(request.POST.get("typed", ""))
    if not pairs or request.user.is_authenticated:
        admin.site.keep_typed(request, pairs)
        return answer
    activate(chosen)
    page = admin.site.ask_again(request, pairs)
    page.cookies.update(answer.cookies)
    return page

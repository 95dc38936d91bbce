"""The language of an editor's screens, which is that of the letters too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import set_language

from .models import User


def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own choice, kept with the person who is signed in."""
    chosen = request.POST.get("language")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)

"""The programme for frames of other sites, and the page where such a frame is put together."""

from dataclasses import dataclass

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from assembly_site.publishing.clock import moment_of

from ..embed import MOST_ROWS, THEMES, Embed
from ..filters import FACETS, words_of

# What is chosen on the page itself; the rest of a question is carried through it.
CHOSEN_HERE = ("region", "category")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@cache_control(public=True, max_age=300)
def embed(request: HttpRequest) -> HttpResponse:
    at = moment_of(request)
    response = render(request, "events/embed.html", {"embed": Embed(request.GET, at), "at": at})
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass
class Choice:
    code: str
    name: str
    is_chosen: bool


@dataclass
class Choices:
    """One group of boxes to tick."""

    name: str
    label: str
    options: list[Choice]

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen for option in self.options)


@csp_update({"frame-src": ["'self'"]})
def embed_builder(request: HttpRequest) -> HttpResponse:
    shown = Embed(request.GET, moment_of(request))
    asked = request.GET.get("lang")
    language = asked if asked in dict(settings.LANGUAGES) else get_language()
    return render(
        request,
        "events/embed_builder.html",
        {
            "embed": shown,
            "groups": [_choices(shown.programme, name) for name in CHOSEN_HERE],
            "carried": shown.programme.pairs_without(*CHOSEN_HERE),
            "languages": settings.LANGUAGES,
            "language": language,
            "themes": THEMES.items(),
            "most_rows": MOST_ROWS,
            "path": shown.path(language),
            "frame": shown.frame(language),
            "frame_with_script": shown.frame_with_script(language),
        },
    )


def _choices(programme, name):
    chosen = programme.chosen.get(name, [])
    words = words_of(programme.index, name)
    return Choices(
        name, FACETS[name], [Choice(word.code, word.name, word.code in chosen) for word in words]
    )

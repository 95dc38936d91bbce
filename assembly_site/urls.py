"""The roof's addresses; each app has its own below it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView
from django.views.static import serve

from assembly_site.backoffice.language import choose_language as choose_editors_language
from assembly_site.cards import card
from assembly_site.front import health
from assembly_site.home import choose_language, home
from assembly_site.on_this_day import on_this_day
from assembly_site.pages.views import page
from assembly_site.preview import preview
from assembly_site.sitemaps import sitemap
from events.views import embed, embed_builder, oembed, short_link

urlpatterns = [
    path("", choose_language),
    path("e/<int:pk>/", short_link, name="short-link"),
    path("oembed/", oembed, name="oembed"),
    path("preview/<str:token>/", preview, name="preview"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
    ),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/language/", choose_editors_language, name="set_language"),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("events/", include("events.urls")),
    path("history/on-this-day/", on_this_day, name="on-this-day"),
    path("history/", include("history.urls")),
    path("search/", include("assembly_site.search.urls")),
    path("embed/", embed_builder, name="embed-builder"),
    path("embed/events/", embed, name="embed"),
    path("pages/<slug:slug>/", page, name="page"),
    path("cards/<slug:kind>/<slug:slug>.png", card, name="card"),
)
if settings.DEBUG:
    # Only the copies: the originals may hold the place and the time at which they were taken.
    urlpatterns.append(
        re_path(
            r"^media/__processed__/(?P<path>.*)$",
            serve,
            {"document_root": settings.MEDIA_ROOT / "__processed__"},
        )
    )

handler404 = "assembly_site.front.errors.not_found"
handler500 = "assembly_site.front.errors.failed"

"""The list in frames of other sites, the page that makes their code, and oEmbed."""

import gzip
import json
import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from events.models import SpokenLanguage

from .. import factories
from ..publishing.test_public import _addresses, drafts  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db

IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
JUNE = date(2025, 6, 5)
CSS = Path(settings.BASE_DIR) / "assembly_site/static/css"


def _events(count, **fields):
    category = factories.CategoryFactory()
    return [
        factories.OccurrenceFactory(
            event__category=category, first_day=JUNE + timedelta(days=number), **fields
        ).event
        for number in range(count)
    ]


def _listed(response):
    return [row.occurrence.event for row in response.context["embed"].dates]


# The frame


@IN_MAY
def test_the_frame_shows_eight_rows_of_what_is_coming(client):
    events = _events(10)
    factories.OccurrenceFactory(first_day=date(2025, 5, 1))

    response = client.get("/en/embed/events/")

    assert _listed(response) == events[:8]
    assert "All events: 10" in response.content.decode()


@IN_MAY
@pytest.mark.parametrize(("rows", "shown"), [("1", 1), ("24", 24), ("3", 3)])
def test_the_number_of_rows_can_be_chosen(client, rows, shown):
    _events(25)

    assert len(_listed(client.get(f"/en/embed/events/?rows={rows}"))) == shown


@IN_MAY
def test_the_filters_of_the_programme_narrow_the_frame(client):
    region = factories.RegionFactory(slug="abai")
    event = factories.OccurrenceFactory(event__region=region).event
    _events(3)

    response = client.get("/en/embed/events/?region=abai")

    assert _listed(response) == [event]
    assert 'href="/en/events/?region=abai" target="_top"' in response.content.decode()


@IN_MAY
@pytest.mark.parametrize(
    "query",
    [
        "rows=0", "rows=25", "rows=-1", "rows=x", "rows=%00", "rows=" + "9" * 5_000, "rows=1.5",
        "theme=pink", "theme=%00", "theme=" + "я" * 10_000, "region=nowhere", "when=never",
        "from=31.31", "q=" + "я" * 10_000, "category=%00",
    ],
)  # fmt: skip
def test_an_impossible_value_is_named_and_the_list_stands_without_it(client, query):
    events = _events(2)

    response = client.get(f"/en/embed/events/?{query}")

    assert response.status_code == 200
    assert _listed(response) == events
    assert [str(label) for label, _message in response.context["embed"].errors] != []
    assert "Something in the address cannot be" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "theme"), [("", "auto"), ("?theme=dark", "dark"), ("?theme=light", "light")]
)
def test_the_theme_is_a_class_of_the_page(client, query, theme):
    text = client.get(f"/kk/embed/events/{query}").content.decode()

    assert f'<html lang="kk" class="theme-{theme}">' in text


@IN_MAY
def test_what_was_cancelled_says_so_and_the_spoken_languages_are_named(client):
    [event] = _events(1, status="cancelled")
    event.languages.add(
        SpokenLanguage.objects.create(code="kk", title_kk="қазақша", title_en="Kazakh")
    )

    text = client.get("/en/embed/events/").content.decode()

    assert "row--cancelled" in text
    assert "badge--cancelled" in text
    assert "Kazakh" in text


@IN_MAY
def test_an_empty_frame_points_to_the_nearest_regions_and_the_whole_programme(client):
    centres = {"here": (50, 70), "near": (51, 71), "far": (43, 77), "quiet": (50, 71)}
    regions = {
        slug: factories.RegionFactory(slug=slug, latitude=north, longitude=east)
        for slug, (north, east) in centres.items()
    }
    for slug in ("far", "near"):
        factories.OccurrenceFactory(event__region=regions[slug])

    response = client.get("/en/embed/events/?region=here")
    text = response.content.decode()

    assert [near.region.slug for near in response.context["embed"].nearest] == ["near", "far"]
    assert text.index("/en/events/?region=near") < text.index("/en/events/?region=far")
    assert 'href="/en/events/" target="_top"' in text


@time_machine.travel("2030-01-01T00:00:00Z", tick=False)
def test_with_nothing_ahead_the_frame_shows_what_took_place_and_says_so(client):
    events = _events(2)

    response = client.get("/en/embed/events/")

    assert _listed(response) == list(reversed(events))
    assert "No coming event is announced" in response.content.decode()


@IN_MAY
def test_every_link_of_the_frame_leads_out_of_it(client):
    _events(2)

    links = re.findall(r"<a [^>]+>", client.get("/en/embed/events/").content.decode())

    assert len(links) == 4
    assert all('target="_top" rel="noopener"' in link for link in links)


def test_the_frame_may_stand_anywhere_keeps_five_minutes_and_sets_no_cookie(client):
    response = client.get("/kk/embed/events/")

    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_every_other_public_page_refuses_to_be_framed(client, drafts):  # noqa: F811
    for address in _addresses(drafts):
        if "/embed/events/" in address:
            continue
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"], address


def test_only_the_page_that_makes_the_code_may_hold_a_frame(client, drafts):  # noqa: F811
    framing = {
        address.partition("?")[0]
        for address in _addresses(drafts)
        if "frame-src" in client.get(address)["Content-Security-Policy"]
    }

    assert framing == {f"/{code}/embed/" for code in ("kk", "ru", "en")}


@IN_MAY
def test_a_full_frame_weighs_at_most_fifteen_kilobytes(client):
    _events(24)

    page = client.get("/kk/embed/events/?rows=24").content
    weight = sum(len(gzip.compress(part)) for part in (page, (CSS / "embed.css").read_bytes()))

    assert weight <= 15_000


def _colours(text):
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", text))


def test_the_frame_has_the_colours_of_the_site():
    site_light, site_dark = (CSS / "tokens.css").read_text().split("@media", 1)
    light, dark, automatic = re.split(r"\.theme-dark|\.theme-auto", (CSS / "embed.css").read_text())

    assert _colours(light).items() <= _colours(site_light).items()
    assert _colours(dark).items() <= _colours(site_dark).items()
    assert _colours(automatic) == _colours(dark)
    assert _colours(dark).keys() == _colours(light).keys()


# The page that makes the code


def _codes(response):
    found = re.findall(
        r'<textarea id="(code-[\w-]+)"[^>]*>(.*?)</textarea>', response.content.decode(), re.DOTALL
    )
    return {name: unescape(code) for name, code in found}


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_page_gives_two_codes_to_copy_and_a_preview(client, code):
    response = client.get(f"/{code}/embed/")
    codes = _codes(response)
    url = f"{settings.SITE_URL}/{code}/embed/events/"

    assert codes["code-frame"].startswith(f'<iframe src="{url}" title="')
    assert codes["code-with-script"] == (
        f"{codes['code-frame']}\n"
        f'<script src="{settings.SITE_URL}/static/js/embed-height.js" async></script>'
    )
    assert f'src="/{code}/embed/events/"' in response.content.decode()


def test_what_is_chosen_stands_in_the_code(client):
    factories.RegionFactory(slug="abai", name_ru="область Абай")

    response = client.get(
        "/kk/embed/?region=abai&lang=ru&rows=5&theme=dark&when=weekend&admission=free&q=a%26b"
    )
    code = _codes(response)["code-frame"]

    address = unescape(re.search(r'src="([^"]+)"', code).group(1))
    assert address == (
        f"{settings.SITE_URL}/ru/embed/events/"
        "?q=a%26b&when=weekend&region=abai&admission=free&rows=5&theme=dark"
    )
    assert client.get(address.removeprefix(settings.SITE_URL)).context["embed"].errors == []


def test_other_filters_are_carried_through_the_form(client):
    text = client.get("/en/embed/?when=weekend&admission=free&rows=5").content.decode()

    assert '<input type="hidden" name="when" value="weekend">' in text
    assert '<input type="hidden" name="admission" value="free">' in text


@pytest.mark.parametrize(
    "query",
    ["lang=de", "rows=x&theme=y", "region=%00", "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
     "q=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E", "lang=" + "я" * 10_000],
)  # fmt: skip
def test_nonsense_never_breaks_the_page_nor_gets_out_of_the_code(client, query):
    response = client.get(f"/kk/embed/?{query}")

    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert all("<script>alert" not in code for code in _codes(response).values())


# oEmbed


def test_the_link_of_an_event_answers_with_what_may_stand_in_its_place(client):
    event = factories.OccurrenceFactory(first_day=JUNE, status="cancelled").event
    event.title_ru = "Кеш <b>"
    event.save()
    page = f"{settings.SITE_URL}/ru/events/{event.slug}/"

    response = client.get("/oembed/", {"url": page, "format": "json"})
    data = json.loads(response.content)

    assert (data["type"], data["version"], data["title"]) == ("rich", "1.0", "Отменено: Кеш <b>")
    assert f'<a href="{page}">Отменено: Кеш &lt;b&gt;</a>' in data["html"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.cookies == {}


def test_the_short_link_answers_too(client):
    event = factories.EventFactory()

    data = client.get("/oembed/", {"url": f"{settings.SITE_URL}/e/{event.pk}/"}).json()

    assert data["title"] == event.title_kk


def test_an_event_page_says_where_its_oembed_is(client):
    event = factories.EventFactory()

    text = client.get(f"/en/events/{event.slug}/").content.decode()
    address = unescape(re.search(r'type="application/json\+oembed"[^>]+href="([^"]+)"', text)[1])

    data = client.get(address.removeprefix(settings.SITE_URL)).json()
    assert data["title"] == event.title_en


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "https://example.org/kk/events/{slug}/", "{site}/kk/events/", "{site}/kk/",
        "{site}/kk/events/no-such/", "{site}/kk/events/{draft}/",
        "{site}.evil.org/kk/events/{slug}/",
        "{site}/e/999999/", "{site}/e/" + "9" * 40 + "/", "{site}/\x00", "{site}/" + "я" * 9_000,
    ],
)  # fmt: skip
def test_any_other_link_is_a_404(client, url):
    event, draft = factories.EventFactory(), factories.EventFactory(draft=True)
    address = url.format(site=settings.SITE_URL, slug=event.slug, draft=draft.slug)

    assert client.get("/oembed/", {"url": address}).status_code == 404


def test_another_format_is_not_implemented(client):
    event = factories.EventFactory()

    response = client.get(f"/oembed/?format=xml&url={settings.SITE_URL}/e/{event.pk}/")

    assert response.status_code == 501

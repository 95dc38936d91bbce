"""Previews of unsaved forms and draft links in the admin: for the right people, without a trace."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assembly_site.publishing.draft_links import DraftLink, Remark
from events.models import Change, Event

from .. import factories
from ..admin_forms import form_values
from ..tables import contents_of_all_tables

pytestmark = pytest.mark.django_db

SECRET = "Құпия-xq7"
UNSAVED = "Сақталмаған тақырып"


@pytest.fixture
def regions():
    return factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")


def _address(view, instance=None):
    name = f"admin:events_event_{view}"
    return reverse(name, args=[instance.pk]) if instance else reverse(name)


def _form(client, instance=None, **changes):
    address = _address("change", instance) if instance else _address("add")
    return form_values(client.get(address)) | changes


def _new_event(client, **changes):
    values = {"title_kk": UNSAVED, "title_ru": "Несохранённое", "summary_kk": "Қысқаша",
              "category": factories.CategoryFactory().pk,
              "occurrences-0-first_day": "05.06.2025"}  # fmt: skip
    return _form(client, **values | changes)


def _page(client, answer, code="kk"):
    """The framed page in one language, as the browser would fetch it."""
    frame = answer["Location"].partition("?")[0]
    return client.get(f"{frame}{code}/")


# The unsaved form


def test_a_form_that_was_never_saved_is_shown_as_the_page_it_would_make(client, account):
    client.force_login(account("secretariat"))
    category = factories.CategoryFactory()
    values = _new_event(client, category=category.pk, body_kk="<h2>Тарау</h2><p>Мәтін</p>")

    answer = client.post(_address("add_preview"), values)
    frame = client.get(answer["Location"])
    pages = [_page(client, answer, code).content.decode() for code in ("kk", "ru", "en")]

    assert answer.status_code == 302
    assert UNSAVED in frame.content.decode()
    assert f"<h1>{UNSAVED}</h1>" in pages[0].replace("\n", "").replace("      ", "")
    assert "2025 жылғы 5\xa0маусым" in pages[0]
    assert '<h2 id="chapter-1">Тарау</h2>' in pages[0]
    assert "Несохранённое" in pages[1]
    assert 'lang="kk"' in pages[2]
    assert not Event.objects.exists()


def test_a_preview_of_a_change_writes_nothing_at_all(client, account, settings):
    user = account("secretariat")
    client.force_login(user)
    event = factories.OccurrenceFactory().event
    families = factories.AudienceFactory()
    values = _form(
        client, event,
        title_kk=UNSAVED, slug="jana-mekenzhay", audiences=families.pk,
        attendance_mode="online",
        **{f"occurrences-0-{name}": "07.08.2025" for name in ("first_day", "last_day")},
    )  # fmt: skip
    with_file = values | {"image": _file(), "occurrences-0-image": _file()}
    before = contents_of_all_tables()

    answer = client.post(_address("preview", event), with_file)
    page = _page(client, answer).content.decode()

    assert contents_of_all_tables() == before
    assert not settings.MEDIA_ROOT.exists()
    assert UNSAVED in page
    assert "2025 жылғы 7\xa0тамыз" in page
    assert families.title_kk in page
    assert not Change.objects.exists()
    assert client.get("/kk/events/jana-mekenzhay/").status_code == 404


def _file():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("picture.jpg", b"not kept")


def test_a_form_with_mistakes_gets_them_in_words_and_nothing_is_written(client, account):
    client.force_login(account("secretariat"))
    values = _new_event(
        client, title_kk=" ", title_ru="", slug="Бос орын", category="",
        **{"occurrences-0-first_day": "31.06.2025"},
    )  # fmt: skip
    before = contents_of_all_tables()

    answer = client.post(_address("add_preview"), values)

    assert contents_of_all_tables() == before
    assert answer.status_code == 200
    assert [place for place, _mistake in answer.context["mistakes"]] == [
        "Санаты", "Веб-мекенжай", "Атауы [kk]", "Күндері 1, Бірінші күні",
    ]  # fmt: skip
    assert "Ештеңе жоғалған жоқ" in answer.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"title_kk": "NUL \0"},
        {"title_kk": "x" * 10_000},
        {"occurrences-TOTAL_FORMS": ""},
        {"occurrences-TOTAL_FORMS": "x"},
        {"category": "999999999999999999999"},
    ],
)
def test_a_mangled_form_gets_an_answer_and_no_failure(client, account, values):
    client.force_login(account("secretariat"))

    answer = client.post(_address("add_preview"), _new_event(client) | values)

    assert answer.status_code == 200
    assert answer.context["mistakes"]


@pytest.mark.parametrize(
    "kind",
    [
        "pages_page", "history_stage", "history_milestone", "history_assemblysession",
        "history_person", "history_body", "history_document", "events_event",
    ],
)  # fmt: skip
def test_every_publishable_form_has_a_button_that_shows_it(client, account, kind):
    maker = {
        "pages_page": factories.PageFactory,
        "history_stage": factories.StageFactory,
        "history_milestone": factories.MilestoneFactory,
        "history_assemblysession": factories.SessionFactory,
        "history_person": factories.PersonFactory,
        "history_body": factories.BodyFactory,
        "history_document": factories.DocumentFactory,
        "events_event": lambda **fields: (
            factories.OccurrenceFactory(event=factories.EventFactory(**fields)).event
        ),
    }[kind]
    instance = maker(draft=True)
    client.force_login(account("secretariat"))
    change = reverse(f"admin:{kind}_change", args=[instance.pk])
    form = client.get(change)
    address = reverse(f"admin:{kind}_preview", args=[instance.pk])

    answer = client.post(address, form_values(form))

    assert f'formaction="{address}" formtarget="_blank"' in form.content.decode()
    assert answer.status_code == 302, answer.context["mistakes"]
    assert _page(client, answer).status_code == 200
    assert (
        reverse(f"admin:{kind}_add_preview")
        in client.get(reverse(f"admin:{kind}_add")).content.decode()
    )


# The frame


def test_only_the_framed_page_may_be_framed_and_only_by_the_site_itself(client, account):
    client.force_login(account("secretariat"))
    answer = client.post(_address("add_preview"), _new_event(client))

    frame, page = client.get(answer["Location"]), _page(client, answer)

    assert (frame["X-Frame-Options"], page["X-Frame-Options"]) == ("DENY", "SAMEORIGIN")
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert 'rel="canonical"' not in page.content.decode()


def test_the_frame_has_links_to_each_language_and_width(client, account):
    client.force_login(account("secretariat"))
    answer = client.post(_address("add_preview"), _new_event(client))
    frame = answer["Location"].partition("?")[0]

    shown = client.get(f"{frame}?language=ru&width=360").content.decode()

    assert f'class="preview-frame preview-frame--360" src="{frame}ru/"' in shown
    for link in ("?language=en&amp;width=360", "?language=ru&amp;width=1280"):
        assert f'href="{link}"' in shown
    for odd in ("?language=xx&width=9999", "?language=%00&width=%00"):
        assert client.get(f"{frame}{odd}").status_code == 200


def test_a_preview_is_for_the_one_who_asked_and_for_some_minutes(client, account):
    from django.core.cache import cache

    client.force_login(account("secretariat"))
    answer = client.post(_address("add_preview"), _new_event(client))
    own = _page(client, answer)
    client.force_login(account(None, is_superuser=True))
    of_another = [_page(client, answer), client.get(answer["Location"])]
    client.logout()
    of_a_stranger = _page(client, answer)
    client.force_login(account("secretariat"))
    cache.clear()
    later = client.get(answer["Location"])

    assert own.status_code == 200
    assert [page.status_code for page in of_another] == [404, 404]
    assert of_a_stranger.status_code == 302
    assert "/admin/login/" in of_a_stranger["Location"]
    assert later.status_code == 404
    assert "15 минут" in later.content.decode()
    assert _page(client, answer, "xx").status_code == 404


def test_links_in_the_frame_open_beside_it_and_languages_lead_back_to_it(client, account):
    client.force_login(account("secretariat"))
    answer = client.post(_address("add_preview"), _new_event(client))
    frame = answer["Location"].partition("?")[0]

    page = _page(client, answer).content.decode()

    assert '<base target="_blank">' in page
    assert f'<a href="{frame}?language=ru" target="_top"' in page


# On the site


def test_for_a_draft_on_the_site_is_a_preview_of_what_is_stored(client, account):
    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory(event__draft=True).event
    links = client.get(_address("change", event)).context["on_the_site"]
    before = contents_of_all_tables()

    pages = [_page(client, client.get(address), code) for code, _name, address in links]

    assert contents_of_all_tables() == before
    assert [code for code, _name, _address in links] == ["kk", "ru", "en"]
    titles = (event.title_kk, event.title_ru, event.title_en)
    assert all(title in page.content.decode() for title, page in zip(titles, pages, strict=True))


def test_for_what_is_live_on_the_site_is_its_public_page(client, account):
    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory().event

    links = client.get(_address("change", event)).context["on_the_site"]
    answer = client.get(f"{_address('preview', event)}?language=ru")

    assert [address for _code, _name, address in links] == [
        f"/{code}/events/{event.slug}/" for code in ("kk", "ru", "en")
    ]
    assert (answer.status_code, answer["Location"]) == (302, f"/ru/events/{event.slug}/")


def test_going_to_the_preview_of_a_new_form_by_its_address_says_what_to_do(client, account):
    client.force_login(account("secretariat"))

    answer = client.get(_address("add_preview"))

    assert answer.status_code == 200
    assert "форма ашық тұрған қойындыға" in answer.content.decode()


# Who may


def _everything_of(event, link):
    """Every address and POST of previews and draft links that concerns one event."""
    return [
        ("get", _address("preview", event), {}),
        ("post", _address("preview", event), {"title_kk": "Бұзылды"}),
        ("get", _address("draft_links", event), {}),
        ("post", _address("draft_links", event), {"make": "1", "languages": "kk", "days": "7"}),
        ("post", _address("draft_links", event), {"close": str(link.pk)}),
        ("post", _address("draft_links", event), {"resolve": str(link.remarks.first().pk)}),
    ]


def _link_with_a_remark(event):
    link = factories.draft_link(event)
    said = {"field": "title", "language": "kk", "name": "Бекзат", "text": f"{SECRET} ескерту"}
    link.remark(timezone.now(), **said)
    return link


def test_another_regions_editor_reaches_nothing_at_any_address(client, account, regions):
    abai, astana = regions
    texts = {"event__title_kk": SECRET, "event__title_ru": SECRET, "event__draft": True}
    others = [
        factories.OccurrenceFactory(event__region=region, **texts).event
        for region in (astana, None)
    ]
    links = {event: _link_with_a_remark(event) for event in others}
    user = account("regional-editor", regions=[abai])
    client.force_login(user)
    client.get("/admin/")
    before = contents_of_all_tables()

    for event, link in links.items():
        for method, address, values in _everything_of(event, link):
            answer = getattr(client, method)(address, values)
            assert answer.status_code in (302, 403, 404), address
            assert SECRET not in answer.content.decode(), address

    assert contents_of_all_tables() == before


def test_another_regions_rows_cannot_be_named_at_an_own_address(client, account, regions):
    abai, astana = regions
    own = factories.OccurrenceFactory(event__region=abai, event__draft=True).event
    other = factories.OccurrenceFactory(event__region=astana, event__draft=True).event
    link = _link_with_a_remark(other)
    remark = link.remarks.get()
    client.force_login(account("regional-editor", regions=[abai]))
    address = _address("draft_links", own)

    answers = [
        client.post(address, {"close": str(link.pk)}),
        client.post(address, {"resolve": str(remark.pk)}),
        client.post(address, {"close": "x"}),
        client.post(address, {"close": "9" * 40}),
        client.post(address, {"resolve": "\0"}),
    ]
    form = _form(client, own) | {"remark-dealt-with": [str(remark.pk), "x", "9" * 40]}
    saved = client.post(_address("change", own), form)

    assert [answer.status_code for answer in answers] == [404] * 5
    assert saved.status_code == 302
    remark.refresh_from_db()
    link.refresh_from_db()
    assert (remark.resolved_at, link.closed_at) == (None, None)


def test_a_preview_is_held_to_the_own_region_as_saving_is(client, account, regions):
    abai, astana = regions
    venue = factories.VenueFactory(region=astana, name_kk=SECRET)
    client.force_login(account("regional-editor", regions=[abai]))

    forged_region = client.post(_address("add_preview"), _new_event(client, region=astana.pk))
    forged_venue = client.post(
        _address("add_preview"),
        _new_event(client, region=abai.pk, **{"occurrences-0-venue": venue.pk}),
    )
    own = client.post(_address("add_preview"), _new_event(client, region=abai.pk))

    assert [answer.status_code for answer in (forged_region, forged_venue, own)] == [200, 200, 302]
    assert SECRET not in forged_venue.content.decode()


def test_a_proposed_change_to_what_is_live_is_previewed_and_changes_nothing(
    client, account, regions
):
    event = factories.OccurrenceFactory(event__region=regions[0]).event
    client.force_login(account("regional-editor", regions=[regions[0]]))

    form = client.get(_address("change", event)).content.decode()
    answer = client.post(_address("preview", event), {"title_kk": "Бұзылды"})

    assert answer.status_code == 200
    assert "preview-button" in form
    assert type(event).objects.get(pk=event.pk).title_kk == event.title_kk


def test_a_translator_previews_the_own_language_and_makes_no_links(client, account):
    event = factories.OccurrenceFactory(event__draft=True).event
    link = _link_with_a_remark(event)
    link.remark(timezone.now(), field="title", language="en", name="B", text="A typo")
    client.force_login(account("translator", languages=["en"]))
    values = {"title_en": "A new title", "title_kk": "Бұзылды", "summary_en": "Short"}

    preview = client.post(_address("preview", event), values)
    made, closed = (
        client.post(_address("draft_links", event), values)
        for values in ({"make": "1", "languages": "kk", "days": "7"}, {"close": str(link.pk)})
    )
    marks = {
        remark.language: client.post(
            _address("draft_links", event), {"resolve": str(remark.pk)}
        ).status_code
        for remark in Remark.objects.all()
    }
    page = client.get(_address("draft_links", event)).content.decode()

    assert "A new title" in _page(client, preview, "en").content.decode()
    assert "Бұзылды" not in _page(client, preview, "kk").content.decode()
    assert (made.status_code, closed.status_code) == (403, 403)
    assert marks == {"kk": 404, "en": 302}
    assert link.path not in page
    assert DraftLink.objects.count() == 1


def test_a_stranger_is_asked_to_sign_in(client):
    event = factories.EventFactory(draft=True)

    for method, address, values in _everything_of(event, _link_with_a_remark(event)):
        answer = getattr(client, method)(address, values)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


# Draft links


def test_an_editor_makes_a_link_sends_it_sees_what_comes_back_and_closes_it(
    client, account, regions
):
    abai, _astana = regions
    event = factories.OccurrenceFactory(event__region=abai, event__draft=True).event
    user = account("regional-editor", regions=[abai])
    client.force_login(user)
    address = _address("draft_links", event)

    made = client.post(address, {"make": "1", "languages": ["kk", "ru"], "days": "14"}, follow=True)
    link = DraftLink.objects.get()
    client.logout()
    opened = client.get(link.path)
    client.post(link.path, {"name": "Бекзат", "text": "Қате бар", "field": "title"})
    client.post(link.path, {"name": "Бекзат", "approve": "yes"})
    client.force_login(user)
    shown = client.get(address).content.decode()
    client.post(address, {"close": str(link.pk)})

    assert f'value="{settings.SITE_URL}{link.path}"' in made.content.decode()
    assert (link.languages, link.created_by) == (["kk", "ru"], user)
    assert (link.expires_at - link.created_at).days == 14
    assert opened.status_code == 200
    for told in ("Қате бар", "1 рет ашылды", "Бекзат мәтінді мақұлдады: Қазақша"):
        assert told in shown
    assert client.get(link.path).status_code == 410
    assert link.path not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": "0"}, "days"),
        ({"days": "61"}, "days"),
        ({"days": "x\0"}, "days"),
        ({"days": ""}, "days"),
        ({"languages": []}, "languages"),
        ({"languages": ["de"]}, "languages"),
    ],
)
def test_a_link_that_cannot_be_made_says_why(client, account, values, field):
    client.force_login(account("secretariat"))
    event = factories.EventFactory(draft=True)

    answer = client.post(
        _address("draft_links", event), {"make": "1", "languages": ["kk"], "days": "7"} | values
    )

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not DraftLink.objects.exists()


def test_no_draft_link_is_made_of_what_is_public(client, account):
    client.force_login(account("secretariat"))
    event = factories.EventFactory()

    answer = client.post(
        _address("draft_links", event), {"make": "1", "languages": "kk", "days": "7"}
    )

    assert "жоба сілтемесінің орнына беттің өз мекенжайын" in answer.content.decode()
    assert not DraftLink.objects.exists()


def test_the_page_says_which_links_show_an_older_state(client, account):
    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory(event__draft=True).event
    factories.draft_link(event)
    address = _address("draft_links", event)
    before = client.get(address).content.decode()

    event.occurrences.first().delete()
    after = client.get(address).content.decode()

    changed = "жоба нұсқа содан бері өзгерді"
    assert (changed in before, changed in after) == (False, True)


# Remarks in the form


def test_a_remark_stands_under_its_field_and_is_dealt_with_by_saving(client, account):
    user = account("secretariat")
    client.force_login(user)
    event = factories.OccurrenceFactory(event__draft=True).event
    link = factories.draft_link(event)
    at = timezone.now()
    said = {"language": "ru", "name": "Айгүл"}
    title = link.remark(at, field="title", text="В названии <опечатка>", **said)
    chapter = link.remark(at, field="body:1", chapter="Глава", text="Нужен источник", **said)
    whole = link.remark(at, field="", text="Хорошо", **said)
    link.approve(at, **said)

    page = client.get(_address("change", event))
    form = page.context["adminform"].form
    values = form_values(page) | {"remark-dealt-with": [str(title.pk), str(whole.pk)]}
    saved = client.post(_address("change", event), values)
    left = client.get(_address("change", event))

    assert "В названии &lt;опечатка&gt;" in form["title_ru"].help_text
    assert "«Глава»" in form["body_ru"].help_text
    assert "опечатка" not in form["title_kk"].help_text
    assert [remark.pk for remark in page.context["remarks_elsewhere"]] == [whole.pk]
    assert "Айгүл мәтінді мақұлдады: Русский" in page.content.decode()
    assert saved.status_code == 302
    assert {*Remark.objects.open()} == {chapter}
    assert Remark.objects.get(pk=title.pk).resolved_by == user
    assert "опечатка" not in left.context["adminform"].form["title_ru"].help_text


def test_a_tick_survives_a_form_with_a_mistake(client, account):
    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory(event__draft=True).event
    remark = factories.draft_link(event).remark(
        timezone.now(), field="title", language="kk", name="Бекзат", text="Қате"
    )
    values = _form(client, event, slug="Бос орын") | {"remark-dealt-with": str(remark.pk)}

    answer = client.post(_address("change", event), values)

    assert answer.status_code == 200
    assert f'value="{remark.pk}" checked' in answer.content.decode()
    assert Remark.objects.open().count() == 1


def test_a_preview_marks_no_remark_as_dealt_with(client, account):
    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory(event__draft=True).event
    remark = factories.draft_link(event).remark(
        timezone.now(), field="title", language="kk", name="Бекзат", text="Қате"
    )

    client.post(
        _address("preview", event), _form(client, event) | {"remark-dealt-with": str(remark.pk)}
    )

    assert Remark.objects.open().count() == 1


def test_the_screens_cost_no_more_queries_when_there_are_more_remarks(client, account):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(account("secretariat"))
    event = factories.OccurrenceFactory(event__draft=True).event
    link = factories.draft_link(event)
    link.remark(timezone.now(), field="title", language="kk", name="Б", text="Алғашқы")
    addresses = (_address("change", event), _address("draft_links", event))

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = [count(address) for address in addresses]
    for number in range(15):
        factories.draft_link(event).remark(
            timezone.now(), field="title", language="ru", name="Б", text=str(number)
        )

    assert [count(address) for address in addresses] == few
    assert few[0] <= 40

"""The picture library of the admin, by HTTP, with something there that could leak."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assembly_site.pictures import uploads
from assembly_site.pictures.models import Picture
from events.models import Event

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

SECRET = "Құпия-xq7"
LIBRARY = "/admin/pictures/picture/"
UPLOAD = "/admin/pictures/picture/upload/"


def _file(name="alan.jpg", content=None):
    return SimpleUploadedFile(name, factories.jpeg() if content is None else content)


def _form(picture):
    return reverse("admin:pictures_picture_change", args=[picture.pk])


def _titles(response):
    return sorted(picture.title for picture in response.context["cl"].result_list)


@pytest.fixture
def regions():
    return factories.RegionFactory(slug="abai"), factories.RegionFactory(slug="astana")


@pytest.fixture
def secretariat(client, account):
    user = account("secretariat")
    client.force_login(user)
    return user


# Looking ------------------------------------------------------------------------------------


def test_the_library_is_a_list_of_thumbnails_that_says_what_is_missing(client, secretariat):
    factories.PictureFactory(title="Аян", bare=True)
    factories.EventFactory(picture=factories.PictureFactory(title="Боран"))

    text = client.get(LIBRARY).content.decode()

    items = re.findall(r'<li class="library__item">.*?</li>', text, flags=re.DOTALL)
    said = {
        re.search(r'library__title"[^>]*>([^<]+)', item)[1]: re.findall(r"<p[^>]*>([^<]+)", item)
        for item in items
    }
    assert said == {
        "Боран": ["Авторы: Қ. Әбішев", "Өңірі көрсетілмеген", "1 жерде қолданылып тұр"],
        "Аян": [
            "Авторы: Қ. Әбішев",
            "Өңірі көрсетілмеген",
            "Қазақша және орысша сипаттамасы жоқ",
            "Еш жерде қолданылмайды",
        ],
    }
    assert '<ul class="library" role="list">' in text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("q=кулаш", ["Аян"]),
        ("q=Қазан басында", ["Аян", "Боран", "Дала"]),
        ("alt=missing", ["Ғалым"]),
        ("alt=decorative", []),
        ("use=none", ["Аян", "Ғалым"]),
        ("use=some", ["Боран", "Дала"]),
        ("use=public", ["Боран"]),
        ("use=nonsense", ["Аян", "Боран", "Дала", "Ғалым"]),
        ("added_by=1e9", ["Аян", "Боран", "Дала", "Ғалым"]),
    ],
)
def test_the_library_is_narrowed_by_words_and_filters(client, secretariat, question, found):
    factories.PictureFactory(title="Аян", people="Күләш Байсейітова")
    factories.EventFactory(picture=factories.PictureFactory(title="Боран"))
    factories.EventFactory(picture=factories.PictureFactory(title="Дала"), draft=True)
    factories.PictureFactory(title="Ғалым", bare=True)

    assert _titles(client.get(f"{LIBRARY}?{question}")) == sorted(found)


def test_the_library_is_narrowed_by_region_and_by_who_added(client, secretariat, account, regions):
    other = account("regional-editor", regions=[regions[0]], first_name="Айгүл", last_name="Сейіт")
    factories.PictureFactory(title="Аян", region=regions[0], added_by=other)
    factories.PictureFactory(title="Боран", region=regions[1], added_by=secretariat)

    page = client.get(LIBRARY)

    assert _titles(client.get(f"{LIBRARY}?region={regions[0].pk}")) == ["Аян"]
    assert _titles(client.get(f"{LIBRARY}?region=none")) == []
    assert _titles(client.get(f"{LIBRARY}?added_by={secretariat.pk}")) == ["Боран"]
    assert "Айгүл Сейіт" in page.content.decode()


def test_screens_cost_no_more_queries_when_there_is_more(client, secretariat, regions):
    picture = factories.PictureFactory(region=regions[0], added_by=secretariat)
    factories.EventFactory(picture=picture, draft=True)
    addresses = (LIBRARY, _form(picture), UPLOAD)

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = [count(address) for address in addresses]
    for _ in range(5):
        more = factories.PictureFactory(region=factories.RegionFactory(), added_by=secretariat)
        factories.EventFactory(picture=more)
        factories.EventFactory(picture=picture)
    many = [count(address) for address in addresses]

    assert many == few
    assert [number <= 25 for number in few] == [True, True, True]


def test_the_kazakh_screens_have_no_english_word(client, secretariat):
    picture = factories.PictureFactory()
    factories.EventFactory(picture=picture)
    client.post("/admin/language/", {"language": "kk", "next": "/admin/"})
    found = {}
    for address in (LIBRARY, UPLOAD, _form(picture), f"{_form(picture)[:-7]}delete/"):
        text = unescape(client.get(address).content.decode())
        visible = re.sub(
            r"<(script|style|svg|textarea)\b.*?</\1>|<!--.*?-->|<[^>]+>", " ", text, flags=re.DOTALL
        )
        # What stands in attributes is read out too; the script fills the places in braces.
        visible += " ".join(re.findall(READ_OUT, text))
        visible = re.sub(r"{\w+}", "", visible)
        words = set(re.findall(r"[A-Za-z]{3,}", visible)) - NO_WORDS
        if words:
            found[address] = words

    assert found == {}


READ_OUT = r'(?:aria-label|title|alt|data-says|data-label)="([^"]*)'
# Names of formats and of the account.
NO_WORDS = {"JPEG", "PNG", "WebP", "English", "secretariat"}


# Many at once -------------------------------------------------------------------------------


def _batch(*files, **changes):
    return {"pictures": list(files), "credit": "Қ. Әбішев", "licence": "CC BY 4.0"} | changes


def test_many_pictures_are_added_at_once(client, secretariat):
    response = client.post(UPLOAD, _batch(_file("Наурыз_2025.jpg"), _file("Той.jpg")))

    assert response.status_code == 200
    assert list(
        Picture.objects.order_by("pk").values_list("title", "credit", "licence", "added_by")
    ) == [
        ("Наурыз 2025", "Қ. Әбішев", "CC BY 4.0", secretariat.pk),
        ("Той", "Қ. Әбішев", "CC BY 4.0", secretariat.pk),
    ]
    assert "2 сурет қосылды" in response.content.decode()
    assert LogEntry.objects.filter(user=secretariat).count() == 2


def test_two_broken_among_sixty_are_named_and_the_others_kept(client, secretariat, monkeypatch):
    monkeypatch.setattr(Picture, "save", Picture.save_base)  # sixty times six copies take a minute
    whole = factories.jpeg((300, 200))
    files = [_file(f"{number}.jpg", whole) for number in range(58)]
    files.insert(7, _file("жартысы.jpg", whole[:-1500]))
    files.insert(40, _file("мәтін.jpg", b"not a picture"))

    response = client.post(UPLOAD, _batch(*files))

    report = response.context["report"]
    assert (len(report.added), Picture.objects.count()) == (58, 58)
    assert [refused.name for refused in report.refused] == ["жартысы.jpg", "мәтін.jpg"]
    text = response.content.decode()
    assert [refused.why in text for refused in report.refused] == [True, True]


def test_more_than_sixty_are_named_and_not_taken(client, secretariat, monkeypatch):
    monkeypatch.setattr("assembly_site.backoffice.admin.picture_upload.MAX_FILES", 2)

    response = client.post(UPLOAD, _batch(*[_file(f"{number}.jpg") for number in range(3)]))

    report = response.context["report"]
    assert (len(report.added), [refused.name for refused in report.refused]) == (2, ["2.jpg"])


def test_far_too_many_files_get_a_sentence_and_no_bare_error(client, secretariat, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3

    response = client.post(UPLOAD, _batch(*[_file(f"{number}.jpg") for number in range(4)]))

    assert response.status_code == 413
    assert "Ең көбі 60 файл таңдаңыз." in response.content.decode()
    assert not Picture.objects.exists()


def test_a_file_of_200_megabytes_is_refused_and_the_others_kept(client, secretariat, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    huge = _file("үлкен.jpg", b"\xff\xd8\xff" + b"x" * 2_000_000)

    response = client.post(UPLOAD, _batch(_file("бірінші.jpg"), huge, _file("соңғы.jpg")))

    report = response.context["report"]
    assert [picture.title for picture in report.added] == ["бірінші", "соңғы"]
    assert [refused.name for refused in report.refused] == ["үлкен.jpg"]
    assert "1,9" in report.refused[0].why


def test_a_form_without_author_or_files_says_so_and_keeps_what_was_typed(client, secretariat):
    response = client.post(UPLOAD, {"licence": "CC BY 4.0"})

    assert sorted(response.context["form"].errors) == ["credit", "pictures"]
    assert "CC BY 4.0" in response.content.decode()


def test_the_script_gets_data_about_each_file(client, secretariat):
    def send(**values):
        return client.post(UPLOAD, _batch(**values), headers={"Accept": "application/json"})

    added = send(pictures=[_file("Той.jpg")])
    refused = send(pictures=[_file("мәтін.jpg", b"not a picture")])
    incomplete = send(pictures=[_file()], credit="")

    picture = Picture.objects.get()
    assert added.json() == {
        "added": [{"title": "Той", "address": _form(picture), "thumbnail": picture.image.card}],
        "refused": [],
    }
    assert [one["name"] for one in refused.json()["refused"]] == ["мәтін.jpg"]
    assert (incomplete.status_code, list(incomplete.json())) == (400, ["why"])


def _send_both_ways(client, *files):
    """The answers to the form and to the script."""
    page = client.post(UPLOAD, _batch(*files))
    for file in files:
        file.seek(0)
    data = client.post(UPLOAD, _batch(*files), headers={"Accept": "application/json"})
    return page, data


def test_an_upload_without_the_token_is_refused_in_a_sentence(secretariat):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretariat)

    page, data = _send_both_ways(strict, _file())

    sentence = "Ештеңе жазылған жоқ."
    assert (page.status_code, sentence in page.content.decode()) == (403, True)
    assert (data.status_code, sentence in data.json()["why"]) == (403, True)
    assert not Picture.objects.exists()


def test_an_old_token_and_far_too_many_files_give_the_sentence_about_the_files(
    secretariat, settings
):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretariat)

    page, data = _send_both_ways(strict, _file(), _file())

    sentence = "Ең көбі 60 файл таңдаңыз."
    assert (page.status_code, sentence in page.content.decode()) == (413, True)
    assert (data.status_code, sentence in data.json()["why"]) == (413, True)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("most", [100, 1])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_who_was_signed_out_meanwhile_hears_that_nothing_was_kept(client, settings, most, language):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = most
    client.post("/admin/language/", {"language": language, "next": "/admin/"})

    page, data = _send_both_ways(client, _file(), _file())

    assert (page.status_code, page["Location"]) == (302, f"/admin/login/?next={UPLOAD}")
    assert {
        "kk": "сондықтан бірде-бір сурет сақталған жоқ.",
        "ru": "Сеанс завершился, поэтому ни одно изображение не сохранено.",
        "en": "You were signed out, so no picture was kept.",
    }[language] in client.get(page["Location"]).content.decode()
    assert (data.status_code, list(data.json())) == (401, ["why"])
    assert not Picture.objects.exists()


def test_who_may_not_add_pictures_does_not_upload_them(client, account):
    client.force_login(account("translator", languages=["en"]))

    answers = [client.get(UPLOAD), client.post(UPLOAD, _batch(_file()))]

    assert [response.status_code for response in answers] == [403, 403]
    client.logout()
    assert client.post(UPLOAD, _batch(_file()))["Location"].startswith("/admin/login/")
    assert not Picture.objects.exists()


# One picture --------------------------------------------------------------------------------


def _change(client, picture, **changes):
    values = form_values(client.get(_form(picture)))
    values.pop("image")
    return client.post(_form(picture), values | changes)


def test_the_point_is_two_numbers_and_the_crops_stand_beside(client, secretariat):
    picture = factories.PictureFactory()

    response = _change(client, picture, focal_point_0="12", focal_point_1="80")

    assert response.status_code == 302, response.context["errors"]
    picture = Picture.objects.get()
    assert picture.focal_point == "0.12x0.8"
    text = client.get(_form(picture)).content.decode()
    crops = ("card", "wide", "portrait", "social")
    assert [getattr(picture.image, name) in text for name in crops] == [True, True, True, True]
    assert 'cx="12%" cy="80%"' in text


@pytest.mark.parametrize("value", ["101", "-1", "", "abc", "1.5", "1e3"])
def test_a_point_beyond_the_picture_is_refused_at_its_field(client, secretariat, value):
    picture = factories.PictureFactory()

    response = _change(client, picture, focal_point_0=value)

    assert list(response.context["adminform"].form.errors) == ["focal_point"]
    assert Picture.objects.get().focal_point == "0.5x0.5"


def test_a_new_file_takes_the_place_of_the_old_one(client, secretariat):
    picture = factories.PictureFactory()
    event = factories.EventFactory(picture=picture)

    response = _change(client, picture, image=_file("жаңа.jpg", factories.jpeg((900, 700))))

    assert response.status_code == 302, response.context["errors"]
    event.refresh_from_db()
    assert (event.picture_id, event.picture.width) == (picture.pk, 900)


def test_who_added_a_picture_is_written_down_once(client, secretariat, account):
    values = form_values(client.get(reverse("admin:pictures_picture_add")))
    values |= {"title": "Той", "credit": "Қ. Әбішев", "image": _file()}

    client.post(reverse("admin:pictures_picture_add"), values)
    picture = Picture.objects.get()
    client.force_login(account(None, is_superuser=True))
    _change(client, picture, title="Үлкен той")

    picture.refresh_from_db()
    assert (picture.title, picture.added_by) == ("Үлкен той", secretariat)


# Publishing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("show", ["picture", "gallery"])
def test_an_event_is_not_published_with_a_picture_without_words(client, secretariat, show):
    picture = factories.PictureFactory(bare=True)
    event = factories.OccurrenceFactory(event__draft=True).event
    address = reverse("admin:events_event_change", args=[event.pk])
    values = form_values(client.get(address)) | {show: picture.pk}

    as_draft = client.post(address, values)
    published = client.post(address, values | {"status": "published"})

    assert as_draft.status_code == 302, as_draft.context["errors"]
    form = published.context["adminform"].form
    assert list(form.errors) == [show]
    assert f'<a href="{_form(picture)}#id_decorative">' in published.content.decode()
    assert Event.objects.get().status == "draft"


def test_no_way_of_publishing_goes_round_the_words(client, secretariat):
    """Neither the review of one nor the deed for many; both lead to the picture."""
    picture = factories.PictureFactory(bare=True)
    event = factories.OccurrenceFactory(event__status="in-review", event__publish_at=None).event
    event.gallery.add(picture)
    review = reverse("admin:events_event_review", args=[event.pk])

    answers = [
        client.post(review, {"_publish": "1"}),
        client.post(
            reverse("admin:events_event_changelist"),
            {"action": "bulk_publish", "_selected_action": [event.pk]},
            follow=True,
        ),
    ]

    link = f'<a href="{_form(picture)}#id_decorative">'
    assert [link in answer.content.decode() for answer in answers] == [True, True]
    assert Event.objects.get().status == "in-review"


def test_a_bad_picture_taken_out_of_the_report_no_longer_stops_the_event(client, secretariat):
    event = factories.OccurrenceFactory(event__draft=True).event
    event.gallery.add(factories.PictureFactory(bare=True))
    address = reverse("admin:events_event_change", args=[event.pk])
    values = form_values(client.get(address)) | {"gallery": [], "status": "published"}

    response = client.post(address, values)

    assert response.status_code == 302, response.context["errors"]


def test_a_stage_is_not_published_with_a_picture_without_words(client, secretariat):
    stage = factories.StageFactory(draft=True, picture=factories.PictureFactory(bare=True))
    address = reverse("admin:history_stage_change", args=[stage.pk])
    values = form_values(client.get(address)) | {"status": "published"}

    response = client.post(address, values)

    assert list(response.context["adminform"].form.errors) == ["picture"]


def test_a_picture_that_visitors_see_does_not_lose_its_words(client, secretariat):
    picture = factories.PictureFactory()
    factories.EventFactory(picture=picture)

    response = _change(client, picture, alternative_kk="")

    assert list(response.context["adminform"].form.errors) == ["alternative_kk"]


# Where used, and deleting -------------------------------------------------------------------


def _uses(response):
    uses = response.context["uses"]
    return [(use.name, use.address) for use in uses.named], uses.hidden


def test_where_a_picture_is_used_names_no_draft_of_another_region(client, account, regions):
    abai, astana = regions
    picture = factories.PictureFactory(region=abai)
    own = factories.EventFactory(picture=picture, region=abai, draft=True)
    secret = factories.EventFactory(
        picture=picture, region=astana, draft=True, title_kk=SECRET, title_ru=SECRET
    )
    secret.gallery.add(picture)
    factories.StageFactory(picture=picture, draft=True, title_kk=SECRET, title_ru=SECRET)
    client.force_login(account("regional-editor", regions=[abai]))

    page = client.get(_form(picture))
    client.force_login(account("secretariat"))
    full = client.get(_form(picture))

    own_form = reverse("admin:events_event_change", args=[own.pk])
    assert _uses(page) == ([(own.title_kk, own_form)], 3)
    assert SECRET not in page.content.decode()
    assert (len(full.context["uses"].named), full.context["uses"].hidden) == (4, 0)


def test_what_everybody_may_read_is_named_and_leads_to_its_page(client, account, regions):
    abai, astana = regions
    picture = factories.PictureFactory(region=abai)
    event = factories.EventFactory(picture=picture, region=astana)
    client.force_login(account("regional-editor", regions=[abai]))

    page = client.get(_form(picture))

    assert _uses(page) == ([(event.title_kk, event.get_absolute_url())], 0)


def test_a_picture_in_use_is_not_deleted_and_says_where_it_is(client, secretariat):
    picture, unused = factories.PictureFactory(), factories.PictureFactory()
    event = factories.EventFactory(picture=picture, draft=True)
    address = reverse("admin:pictures_picture_delete", args=[picture.pk])
    both = {
        "action": "delete_selected", "_selected_action": [picture.pk, unused.pk], "post": "yes",
    }  # fmt: skip

    for response in (
        client.get(address),
        client.post(address, {"post": "yes"}),
        client.post(LIBRARY, both),
    ):
        link = reverse("admin:events_event_change", args=[event.pk])
        assert f'<a href="{link}">{event.title_kk}</a>' in response.content.decode()
    assert Picture.objects.count() == 2


def test_pictures_that_nothing_shows_are_deleted(client, secretariat):
    first, second = factories.PictureFactory(), factories.PictureFactory()

    client.post(reverse("admin:pictures_picture_delete", args=[first.pk]), {"post": "yes"})
    client.post(
        LIBRARY, {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    )

    assert not Picture.objects.exists()


# Taking back --------------------------------------------------------------------------------


def _delete_by_every_door(client, picture):
    """What the view of one and the deed for many answer; both would delete it."""
    one = client.post(reverse("admin:pictures_picture_delete", args=[picture.pk]), {"post": "yes"})
    many = client.post(
        LIBRARY, {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"}
    )
    return one.status_code, many.status_code


@pytest.fixture
def editor(client, account, regions):
    user = account("regional-editor", regions=[regions[0]])
    client.force_login(user)
    return user


def test_an_editor_takes_back_own_pictures_that_nothing_shows(client, editor, regions):
    first, second = (
        factories.PictureFactory(region=regions[0], added_by=editor) for _number in range(2)
    )

    page = client.get(_form(first))
    client.post(reverse("admin:pictures_picture_delete", args=[first.pk]), {"post": "yes"})
    client.post(
        LIBRARY, {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    )

    assert page.context["has_delete_permission"]
    assert not Picture.objects.exists()


def test_no_other_picture_is_deleted_by_an_editor(client, editor, regions, account):
    abai, astana = regions
    other = account("regional-editor", regions=[abai])
    kept = {
        "of a colleague": factories.PictureFactory(region=abai, added_by=other),
        "of nobody": factories.PictureFactory(region=abai),
        "in another region": factories.PictureFactory(region=astana, added_by=editor),
        "in no region": factories.PictureFactory(added_by=editor),
        "in a draft": factories.PictureFactory(region=abai, added_by=editor),
        "in a report": factories.PictureFactory(region=abai, added_by=editor),
    }
    factories.EventFactory(picture=kept["in a draft"], region=astana, draft=True)
    factories.EventFactory(draft=True).gallery.add(kept["in a report"])

    answers = {name: _delete_by_every_door(client, kept[name]) for name in kept}

    assert Picture.objects.count() == len(kept)
    # What is of another region is as if it were not there.
    assert answers == {
        "of a colleague": (403, 403), "of nobody": (403, 403), "in another region": (302, 302),
        "in no region": (302, 302), "in a draft": (403, 200), "in a report": (403, 200),
    }  # fmt: skip


@pytest.mark.parametrize("field", ["picture", "gallery"])
def test_a_picture_of_a_proposed_change_is_not_taken_back(client, editor, regions, field):
    picture = factories.PictureFactory(region=regions[0], added_by=editor)
    event = factories.OccurrenceFactory(event__region=regions[0]).event
    address = reverse("admin:events_event_change", args=[event.pk])
    proposed = client.post(address, form_values(client.get(address)) | {field: picture.pk})
    assert proposed.status_code == 302, proposed.context["errors"]

    answers = _delete_by_every_door(client, picture)

    assert (answers, Picture.objects.count()) == ((403, 403), 1)
    assert not client.get(_form(picture)).context["has_delete_permission"]


def test_one_picture_that_is_not_the_own_keeps_the_whole_choice(client, editor, regions):
    own = factories.PictureFactory(region=regions[0], added_by=editor)
    other = factories.PictureFactory(region=regions[0])

    answer = client.post(
        LIBRARY,
        {"action": "delete_selected", "_selected_action": [own.pk, other.pk], "post": "yes"},
    )

    assert (answer.status_code, Picture.objects.count()) == (403, 2)


@pytest.mark.parametrize(
    ("role", "options"), [("historian", {}), ("translator", {"languages": ["en"]})]
)
def test_who_has_no_region_takes_nothing_back(client, account, role, options):
    user = account(role, **options)
    picture = factories.PictureFactory(added_by=user)
    client.force_login(user)

    _delete_by_every_door(client, picture)

    assert Picture.objects.exists()


# Scope --------------------------------------------------------------------------------------


@pytest.fixture
def strangers(client, account, regions):
    """Pictures of another region and of none; the client is an editor of the first region."""
    abai, astana = regions
    pictures = [
        factories.PictureFactory(title=SECRET, credit=SECRET, region=region)
        for region in (astana, None)
    ]
    client.force_login(account("regional-editor", regions=[abai]))
    return pictures


def test_no_address_shows_another_regions_pictures(client, strangers):
    autocomplete = reverse("admin:autocomplete") + "?app_label=events&model_name=event&field_name="
    addresses = [
        LIBRARY,
        f"{LIBRARY}?q={SECRET[:4]}",
        f"{LIBRARY}?alt=missing",
        f"{LIBRARY}?region={strangers[0].region_id}",
        UPLOAD,
        reverse("admin:pictures_picture_add"),
        *(f"{autocomplete}{field}&term={SECRET[:4]}" for field in ("picture", "gallery")),
        *(
            reverse(f"admin:pictures_picture_{view}", args=[picture.pk])
            for view in ("change", "delete", "history")
            for picture in strangers
        ),
        *(f"/admin/pictures/picture/{picture.pk}/" for picture in strangers),
    ]

    for address in addresses:
        assert SECRET not in client.get(address, follow=True).content.decode(), address


def test_no_post_changes_another_regions_pictures(client, strangers, regions):
    before = list(Picture.objects.order_by("pk").values())
    forged = {
        "title": "Бұзылды", "credit": "Бұзушы", "focal_point_0": "1", "focal_point_1": "1",
        "region": regions[0].pk,
    }  # fmt: skip

    for picture in strangers:
        client.post(_form(picture), forged)
        client.post(_form(picture), forged | {"image": _file()})
        client.post(_form(picture), forged | {"_saveasnew": "1", "image": b""})
        client.post(reverse("admin:pictures_picture_delete", args=[picture.pk]), {"post": "yes"})
        client.post(
            LIBRARY, {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"}
        )

    assert list(Picture.objects.order_by("pk").values()) == before


def test_no_picture_is_put_into_another_region(client, strangers, regions):
    abai, astana = regions
    own = factories.PictureFactory(region=abai)
    count = Picture.objects.count()
    single = {"title": "Той", "credit": "Автор", "focal_point_0": "5", "focal_point_1": "5"}

    for region in (astana.pk, ""):
        batch = client.post(UPLOAD, _batch(_file(), region=region))
        one = client.post(
            reverse("admin:pictures_picture_add"), single | {"image": _file(), "region": region}
        )
        moved = _change(client, own, region=region)
        errors = [
            batch.context["form"].errors,
            one.context["adminform"].form.errors,
            moved.context["adminform"].form.errors,
        ]
        assert [list(error) for error in errors] == [["region"]] * 3

    own.refresh_from_db()
    assert (Picture.objects.count(), own.region) == (count, abai)


def test_an_editor_uploads_into_the_own_region(client, strangers, regions):
    page = client.get(UPLOAD)
    response = client.post(UPLOAD, _batch(_file("Той.jpg"), region=regions[0].pk))

    assert list(page.context["form"].fields["region"].choices) == [(regions[0].pk, str(regions[0]))]
    assert [picture.region for picture in response.context["report"].added] == [regions[0]]


def test_another_regions_picture_is_not_chosen_for_an_event(client, strangers, regions):
    event = factories.OccurrenceFactory(event__draft=True, event__region=regions[0]).event
    address = reverse("admin:events_event_change", args=[event.pk])

    for field in ("picture", "gallery"):
        values = form_values(client.get(address)) | {field: strangers[0].pk}
        response = client.post(address, values)
        assert list(response.context["adminform"].form.errors) == [field]


def test_what_visitors_see_is_changed_by_nobody_who_may_not_publish(client, account, regions):
    picture = factories.PictureFactory(region=regions[0])
    factories.EventFactory(picture=picture, region=regions[0])
    before = Picture.objects.values().get()

    for role, options in (
        ("regional-editor", {"regions": [regions[0]]}),
        ("historian", {}),
    ):
        client.force_login(account(role, **options))
        page = client.get(_form(picture))
        answer = client.post(_form(picture), {"title": "Бұзылды", "image": _file()})
        assert (page.status_code, page.context["is_locked"], answer.status_code) == (200, True, 403)
        text = page.content.decode()
        assert [word for word in ("focal_point_0", "originals/") if word in text] == []

    assert Picture.objects.values().get() == before


def test_a_translator_describes_a_picture_in_the_own_language_alone(client, account):
    picture = factories.PictureFactory(bare=True)
    client.force_login(account("translator", languages=["en"]))

    page = client.get(_form(picture))
    client.post(_form(picture), {"alternative_en": "A girl plays the dombra", "focal_point_0": "1"})

    picture.refresh_from_db()
    assert {name[-2:] for name in page.context["adminform"].form.fields} == {"en"}
    assert "originals/" not in page.content.decode()
    assert (picture.alternative_en, picture.focal_point) == ("A girl plays the dombra", "0.5x0.5")


def test_a_translator_fills_what_is_missing_in_a_picture_that_visitors_see(client, account):
    picture = factories.PictureFactory(alternative_en="", caption_en="", caption_ru="")
    factories.EventFactory(picture=picture)
    before = Picture.objects.values().get()
    client.force_login(account("translator", languages=["en"]))

    page = client.get(_form(picture))
    answer = client.post(
        _form(picture),
        {
            "alternative_en": "A girl plays the dombra",
            "alternative_kk": "Бұзылды", "caption_ru": "Испорчено", "title": "Бұзылды",
            "credit": "Бұзылды", "focal_point_0": "1", "focal_point_1": "1", "decorative": "on",
            "image": _file("басқа.jpg", factories.jpeg((900, 700))),
        },
    )  # fmt: skip

    assert sorted(page.context["adminform"].form.fields) == ["alternative_en", "caption_en"]
    assert (answer.status_code, page.context["has_delete_permission"]) == (302, False)
    assert "originals/" not in page.content.decode()
    assert Picture.objects.values().get() == before | {"alternative_en": "A girl plays the dombra"}


def test_a_translator_rewrites_no_text_that_visitors_read(client, account):
    """What stands is skipped while something is missing, and refused when nothing is."""
    picture = factories.PictureFactory(alternative_en="A girl", caption_en="")
    factories.EventFactory(picture=picture)
    client.force_login(account("translator", languages=["en"]))

    page = client.get(_form(picture))
    filled = client.post(_form(picture), {"alternative_en": "", "caption_en": "Almaty, 2025"})
    full = client.get(_form(picture))
    refused = client.post(_form(picture), {"alternative_en": "", "caption_en": ""})

    assert list(page.context["adminform"].form.fields) == ["caption_en"]
    assert (filled.status_code, refused.status_code) == (302, 403)
    assert (full.context["has_gaps"], full.context["has_change_permission"]) == ([], False)
    picture.refresh_from_db()
    assert (picture.alternative_en, picture.caption_en) == ("A girl", "Almaty, 2025")


def test_a_mistake_beside_the_translators_field_is_said_above_the_form(client, account):
    picture = factories.PictureFactory(alternative_en="A girl", caption_en="")
    factories.EventFactory(picture=picture)
    # Written before there was a rule: for whoever writes Kazakh to mend.
    Picture.objects.update(alternative_kk="фото")
    client.force_login(account("translator", languages=["en"]))

    copied = client.post(_form(picture), {"caption_en": "A girl"})
    taken = client.post(_form(picture), {"caption_en": "Almaty, 2025"})

    assert list(copied.context["adminform"].form.errors) == ["__all__"]
    assert taken.status_code == 302, taken.context["errors"]

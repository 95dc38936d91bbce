"""What a picture is held to: its words, its copies, and what shows it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from PIL import Image

from assembly_site.pictures.copies import FORMATS
from assembly_site.pictures.descriptions import describes
from assembly_site.pictures.models import Picture
from assembly_site.pictures.uses import owners

from .. import factories

pytestmark = pytest.mark.django_db

# All that shows a picture.
OWNERS = [
    factories.EventFactory,
    factories.StageFactory,
    factories.MilestoneFactory,
    factories.SessionFactory,
    factories.PersonFactory,
    factories.BodyFactory,
]


def _copies(settings):
    return sorted(
        str(path.relative_to(settings.MEDIA_ROOT))
        for path in (settings.MEDIA_ROOT / "__processed__").rglob("*.*")
    )


def _named_by(picture):
    return sorted(getattr(picture.image, name).removeprefix("/media/") for name in FORMATS)


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    """Runs what waits for the end of the transaction, as in real life."""

    def save(picture):
        with django_capture_on_commit_callbacks(execute=True):
            picture.save()
        return Picture.objects.get(pk=picture.pk)

    return save


def test_when_the_point_moves_the_copies_are_made_again_and_the_old_ones_go(saved, settings):
    picture = factories.PictureFactory()
    before = _copies(settings)

    picture.focal_point = "0.1x0.9"
    fresh = saved(picture)

    after = _copies(settings)
    assert after == _named_by(fresh)
    # Of those that are not cut the name follows the point too, as the library of copies makes it.
    assert set(before) & set(after) == set()


def test_the_crops_follow_the_point(saved, settings):
    """Blue above and gold below: a wide crop shows one of them or the other."""
    picture = factories.PictureFactory(
        image=SimpleUploadedFile("tall.jpg", factories.jpeg((600, 2400)))
    )
    colours = []
    for point in ("0.5x0", "0.5x1"):
        picture.focal_point = point
        fresh = saved(picture)
        with Image.open(settings.MEDIA_ROOT / fresh.image.wide[7:]) as image:
            colours.append(image.getpixel((640, 360))[2] > 100)

    assert colours == [True, False]


def test_a_replaced_file_keeps_the_number_and_the_links_and_leaves_no_copy_behind(saved, settings):
    picture = factories.PictureFactory()
    event = factories.EventFactory(picture=picture)

    picture.image = SimpleUploadedFile("new.jpg", factories.jpeg((1000, 800)))
    fresh = saved(picture)

    event.refresh_from_db()
    assert (event.picture, fresh.width, fresh.height) == (picture, 1000, 800)
    assert _copies(settings) == _named_by(fresh)


def test_a_deleted_picture_is_served_no_more(django_capture_on_commit_callbacks, settings):
    first, second = factories.PictureFactory(), factories.PictureFactory()

    with django_capture_on_commit_callbacks(execute=True):
        first.delete()
        Picture.objects.filter(pk=second.pk).delete()

    assert _copies(settings) == []


@pytest.mark.parametrize("show", ["picture", "gallery"])
def test_a_picture_that_is_shown_is_not_deleted(show):
    picture = factories.PictureFactory()
    event = factories.EventFactory(draft=True)
    getattr(event, show).add(picture) if show == "gallery" else setattr(event, show, picture)
    event.save()

    with pytest.raises(ProtectedError):
        picture.delete()
    with pytest.raises(ProtectedError):
        Picture.objects.all().delete()

    assert Picture.objects.count() == 1


def test_all_that_shows_pictures_is_tested_here():
    known = {factory._meta.model for factory in OWNERS}

    assert {owner.model for owner in owners(Picture)} == known


def test_the_library_knows_every_use():
    unused, shown, live = (factories.PictureFactory() for _ in range(3))
    factories.EventFactory(draft=True, picture=shown)
    factories.EventFactory(picture=live).gallery.add(live, shown)
    for factory in OWNERS[1:]:
        factory(picture=live)

    counted = dict(Picture.objects.with_uses().values_list("pk", "uses"))

    assert counted == {unused.pk: 0, shown.pk: 2, live.pk: 2 + len(OWNERS[1:])}
    assert set(Picture.objects.unused()) == {unused}
    assert set(Picture.objects.used()) == {shown, live}
    assert set(Picture.objects.live()) == {shown, live}


def test_a_picture_may_wait_in_the_library_without_words():
    picture = factories.PictureFactory(bare=True)

    picture.full_clean()

    assert picture.undescribed_languages == ["kk", "ru"]
    assert list(Picture.objects.undescribed()) == [picture]


def test_a_decorative_picture_needs_no_words():
    picture = factories.PictureFactory(bare=True, decorative=True)

    assert (picture.undescribed_languages, picture.why_not_ready()) == ([], "")
    assert list(Picture.objects.undescribed()) == []


@pytest.mark.parametrize(
    ("text", "caption", "expected"),
    [
        ("Алаңда қазан басында тұрған әйелдер", "", True),
        ("Женщины у казана", "Праздник Наурыз", True),
        ("", "", True),
        ("IMG_2034.jpg", "", False),
        ("IMG 2034", "", False),
        ("DSC-0017", "", False),
        ("naurız-2025.jpeg", "", False),
        ("Сурет.", "", False),
        ("ФОТО", "", False),
        ("Photograph", "", False),
        ("Праздник Наурыз", "Праздник наурыз.", False),
    ],
)
def test_what_describes_a_picture(text, caption, expected):
    assert describes(text, caption) is expected


def test_a_text_that_describes_nothing_is_refused_at_its_field():
    picture = factories.PictureFactory(alternative_ru="IMG_2034.jpg", alternative_en="photo")

    with pytest.raises(ValidationError) as refused:
        picture.full_clean()

    assert set(refused.value.error_dict) == {"alternative_ru", "alternative_en"}


@pytest.mark.parametrize(
    ("words", "is_ready"),
    [
        ({}, True),
        ({"alternative_en": ""}, True),
        ({"alternative_ru": ""}, False),
        ({"alternative_kk": ""}, False),
        ({"alternative_kk": "", "alternative_ru": "", "decorative": True}, True),
    ],
)
def test_a_picture_is_ready_for_visitors_when_it_is_described_in_kazakh_and_russian(
    words, is_ready
):
    assert (factories.PictureFactory(**words).why_not_ready() == "") is is_ready


@pytest.mark.parametrize("factory", OWNERS)
def test_nothing_is_published_with_a_picture_that_is_not_described(factory):
    picture = factories.PictureFactory(bare=True)
    published, draft = factory(picture=picture), factory(draft=True, picture=picture)

    draft.clean()
    with pytest.raises(ValidationError) as refused:
        published.clean()

    assert list(refused.value.error_dict) == ["picture"]
    (sentence,) = refused.value.message_dict["picture"]
    assert f'href="/admin/pictures/picture/{picture.pk}/change/' in sentence


def test_the_pictures_of_a_report_are_asked_for_their_words_too():
    event = factories.EventFactory()
    event.gallery.add(factories.PictureFactory(), factories.PictureFactory(bare=True))

    with pytest.raises(ValidationError) as refused:
        event.clean()

    assert list(refused.value.error_dict) == ["gallery"]


LOSSES = [
    ({}, {"alternative_kk": ""}, ["alternative_kk"]),
    ({}, {"alternative_kk": "", "alternative_ru": ""}, ["alternative_kk", "alternative_ru"]),
    ({}, {"alternative_en": ""}, []),
    ({}, {"alternative_kk": "", "decorative": True}, []),
    ({}, {"alternative_kk": "Жаңа сипаттама"}, []),
    ({"bare": True, "decorative": True}, {"decorative": False}, ["decorative"]),
]


@pytest.mark.parametrize(("before", "change", "lost"), LOSSES)
@pytest.mark.parametrize("status", ["published", "draft"])
def test_what_visitors_see_keeps_its_words(before, change, lost, status):
    picture = factories.PictureFactory(**before)
    factories.MilestoneFactory(picture=picture, draft=status == "draft")
    for name, value in change.items():
        setattr(picture, name, value)

    try:
        picture.clean()
        found = []
    except ValidationError as refused:
        found = sorted(refused.error_dict)

    assert found == (lost if status == "published" else [])


def test_a_picture_is_content_of_the_pages_that_show_it(client):
    """Its words reach visitors at once: the version of the content changes with them."""
    picture = factories.PictureFactory()
    event = factories.OccurrenceFactory(event__picture=picture).event
    address = event.get_absolute_url()
    first = client.get(address)["ETag"]

    picture.alternative_kk = "Домбыра тартып отырған қыз"
    picture.save()
    page = client.get(address)

    assert page["ETag"] != first
    assert "Домбыра тартып отырған қыз" in page.content.decode()

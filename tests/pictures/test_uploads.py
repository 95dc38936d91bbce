"""Everything uploaded is hostile until proven otherwise."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from assembly_site.pictures import uploads
from assembly_site.pictures.copies import FORMATS
from assembly_site.pictures.models import Picture

pytestmark = pytest.mark.django_db


def _jpeg(size=(800, 600), exif=None):
    stream = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.new("RGB", size, "#00859b").save(stream, "JPEG", **options)
    return stream.getvalue()


def _png_claiming(width, height):
    """A PNG of a few bytes whose header promises many pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def _post(client, content, name="photo.jpg", **changes):
    values = {
        "title": "Сурет",
        "image": SimpleUploadedFile(name, content),
        "focal_point": "0.5x0.5",
        "alternative_kk": "Алаңда тұрған адамдар",
        "credit": "Автор",
    }
    return client.post(reverse("admin:pictures_picture_add"), values | changes)


HOSTILE = {
    "a text named .jpg": (b"just a text", "photo.jpg", "JPEG"),
    "a broken picture": (_jpeg()[:300], "photo.jpg", "JPEG"),
    "an SVG with a script": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "a.svg", "JPEG"),
    "a picture of 100 megapixels": (_png_claiming(10_000, 10_000), "big.png", "10000"),
    "an empty file": (b"", "photo.jpg", "бос"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_at_the_field(client, account, kind):
    content, name, word = HOSTILE[kind]
    client.force_login(account("secretariat"))
    client.post("/admin/language/", {"language": "kk", "next": "/admin/"})

    response = _post(client, content, name)

    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["image"]
    assert "Алаңда тұрған адамдар" in response.content.decode()
    assert not Picture.objects.exists()
    if kind != "a broken picture":
        assert word in errors["image"][0].replace("\u00a0", "")


def test_a_file_that_is_too_large_is_refused_before_it_is_decoded(client, account, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    client.force_login(account("secretariat"))

    response = _post(client, _jpeg())

    assert list(response.context["adminform"].form.errors) == ["image"]


def test_a_photograph_gets_its_copies_without_the_cameras_data(client, account, settings):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    client.force_login(account("secretariat"))

    response = _post(client, _jpeg((2000, 1500), exif=exif))

    assert response.status_code == 302, response.context["errors"]
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (2000, 1500)
    copies = list((settings.MEDIA_ROOT / "__processed__").rglob("*.*"))
    assert len(copies) == len(FORMATS)
    for copy in copies:
        content = copy.read_bytes()
        assert b"SecretCamera" not in content
        with Image.open(copy) as image:
            assert not image.getexif()


def test_the_copies_follow_the_focal_point(client, account):
    client.force_login(account("secretariat"))
    _post(client, _jpeg((2000, 1500)))
    picture = Picture.objects.get()
    before = picture.image.wide

    picture.focal_point = "0.1x0.9"
    picture.save()

    fresh = Picture.objects.get()
    assert fresh.image.wide != before
    assert fresh.image.storage.exists(fresh.image.wide.removeprefix("/media/"))


def test_a_picture_is_described_or_marked_as_decorative(client, account):
    client.force_login(account("secretariat"))

    refused = _post(client, _jpeg(), alternative_kk="")
    taken = _post(client, _jpeg(), alternative_kk="", decorative="on")

    assert list(refused.context["adminform"].form.errors) == ["alternative_kk"]
    assert taken.status_code == 302


def test_every_copy_can_be_made(client, account):
    """An unknown processor would be an error only at the first upload."""
    client.force_login(account("secretariat"))

    _post(client, _jpeg())

    picture = Picture.objects.get()
    assert all(getattr(picture.image, name) for name in FORMATS)


def test_the_original_is_neither_linked_nor_served(client, account, settings):
    client.force_login(account("secretariat"))
    _post(client, _jpeg())
    picture = Picture.objects.get()

    page = client.get(reverse("admin:pictures_picture_change", args=[picture.pk]))

    assert "originals/" not in page.content.decode()
    assert client.get(picture.image.url).status_code == 404

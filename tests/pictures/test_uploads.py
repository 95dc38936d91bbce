"""Everything uploaded is hostile until proven otherwise."""

import io
import struct
import zlib
from importlib import reload

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import clear_url_caches, reverse
from PIL import Image, ImageCms

from assembly_site.pictures import uploads
from assembly_site.pictures.copies import FORMATS
from assembly_site.pictures.models import Picture

from .. import factories
from ..factories import jpeg

pytestmark = pytest.mark.django_db


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
        "focal_point_0": "50",
        "focal_point_1": "50",
        "alternative_kk": "Алаңда тұрған адамдар",
        "credit": "Автор",
    }
    return client.post(reverse("admin:pictures_picture_add"), values | changes)


def _copies(settings):
    return sorted((settings.MEDIA_ROOT / "__processed__").rglob("*.*"))


HOSTILE = {
    "a text named .jpg": (b"just a text", "photo.jpg", "JPEG"),
    "a picture without its end": (jpeg((2000, 1500))[:-4000], "photo.jpg", "бүлінген"),
    "a picture with only a head": (jpeg()[:300], "photo.jpg", "бүлінген"),
    "an SVG with a script": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "a.svg", "JPEG"),
    "a photograph of an iPhone": (b"\0\0\0\x24ftypheic\0\0\0\0mif1", "IMG_1.heic", "HEIC"),
    "a photograph of a camera": (b"II*\0\x10\0\0\0CR\x02\0", "_MG_1.cr2", "RAW"),
    "a picture of 100 megapixels": (_png_claiming(10_000, 10_000), "big.png", "10000"),
    "a picture for ants": (jpeg((120, 90)), "ant.jpg", "120"),
    "a strip": (jpeg((4000, 210)), "strip.jpg", "жіңішке"),
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
    assert word in errors["image"][0].replace("\u00a0", "")
    assert "Алаңда тұрған адамдар" in response.content.decode()
    assert not Picture.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_decoded(client, account, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    client.force_login(account("secretariat"))

    response = _post(client, jpeg())

    assert list(response.context["adminform"].form.errors) == ["image"]


def test_of_a_file_that_is_too_large_nothing_is_kept(rf, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    large = SimpleUploadedFile("large.jpg", b"x" * 3_000_000)
    small = SimpleUploadedFile("small.jpg", b"y" * 50_000)

    request = rf.post("/", {"large": large, "small": small})
    files = request.FILES

    assert {name: (files[name].size, len(files[name].read())) for name in files} == {
        "large": (3_000_000, 0),
        "small": (50_000, 50_000),
    }
    request.close()


def _with_all_that_a_camera_writes():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 24.0, 40.0), 3: "E", 4: (80.0, 13.0, 39.0)})
    xmp = b"<x:xmpmeta><exif:GPSLatitude>SecretPlace</exif:GPSLatitude></x:xmpmeta>"
    return jpeg((2000, 1500), exif=exif, xmp=xmp, comment=b"SecretComment")


def test_no_copy_tells_the_place_the_time_or_the_camera(client, account, settings):
    original = _with_all_that_a_camera_writes()
    client.force_login(account("secretariat"))

    response = _post(client, original)

    assert response.status_code == 302, response.context["errors"]
    assert [secret in original for secret in SECRETS] == [True, True, True]
    copies = _copies(settings)
    assert len(copies) == len(FORMATS)
    for copy in copies:
        content = copy.read_bytes()
        assert [secret for secret in SECRETS if secret in content] == []
        with Image.open(copy) as image:
            assert dict(image.getexif()) == {}
            assert dict(image.getexif().get_ifd(0x8825)) == {}
            assert "xmp" not in image.info


SECRETS = (b"SecretCamera", b"SecretPlace", b"SecretComment")


def test_a_photograph_taken_upright_stands_upright(client, account, settings):
    """The camera writes it lying, gold at the right, and says: turn it (EXIF orientation 6)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    client.force_login(account("secretariat"))

    _post(client, jpeg((1600, 1000), exif=exif))

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (1000, 1600)
    large = settings.MEDIA_ROOT / picture.image.large.removeprefix("/media/")
    with Image.open(large) as image:
        assert image.size == (1000, 1600)
        left, right = (image.getpixel((x, 800))[2] for x in (100, 900))
    assert (left < 60, right > 120) == (True, True)


def test_a_photograph_for_print_gets_the_colours_of_a_screen(client, account, settings):
    """Four inks and a profile that names them: as a profile of three colours it would be wrong."""
    stream = io.BytesIO()
    Image.new("CMYK", (800, 600), (0, 0, 0, 0)).save(
        stream,
        "JPEG",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    client.force_login(account("secretariat"))

    response = _post(client, stream.getvalue())

    assert response.status_code == 302, response.context["errors"]
    for copy in _copies(settings):
        with Image.open(copy) as image:
            assert (image.mode, "icc_profile" in image.info) == ("RGB", False)


def test_a_logo_keeps_its_clear_ground_on_pages_and_gets_a_white_one_where_shared(
    client, account, settings
):
    stream = io.BytesIO()
    Image.new("RGBA", (800, 600), (0, 0, 0, 0)).save(stream, "PNG")
    client.force_login(account("secretariat"))

    _post(client, stream.getvalue(), "logo.png")

    picture = Picture.objects.get()
    pixels = {}
    for name in ("card", "social"):
        with Image.open(settings.MEDIA_ROOT / getattr(picture.image, name)[7:]) as image:
            pixels[name] = (image.mode, image.getpixel((10, 10))[-1])
    assert pixels == {"card": ("RGBA", 0), "social": ("RGB", 255)}


def test_a_long_kazakh_name_of_a_file_becomes_a_short_ascii_one(client, account):
    client.force_login(account("secretariat"))

    response = _post(client, jpeg(), "Қазақстан халқы Ассамблеясының " * 4 + ".jpg")

    assert response.status_code == 302
    name = Picture.objects.get().image.name
    assert name.isascii()
    assert name.split("/")[-1] == ("qazaqstan-halqy-assambleyasynyn-qazaqstan-halqy.jpeg")


def test_every_copy_can_be_made(client, account):
    """An unknown processor would be an error only at the first upload."""
    client.force_login(account("secretariat"))

    _post(client, jpeg())

    picture = Picture.objects.get()
    assert all(getattr(picture.image, name) for name in FORMATS)


def test_the_original_is_neither_linked_nor_served(client, account):
    client.force_login(account("secretariat"))
    _post(client, jpeg())
    picture = Picture.objects.get()

    page = client.get(reverse("admin:pictures_picture_change", args=[picture.pk]))

    assert "originals/" not in page.content.decode()
    assert client.get(picture.image.url).status_code == 404


@pytest.fixture
def addresses_of_development(settings):
    """The server of development gives out the copies; the tests' own addresses have none."""
    # Imported here: at the top it would be read before the tests turn DEBUG off.
    from assembly_site import urls

    settings.DEBUG = True
    reload(urls)
    clear_url_caches()
    yield
    settings.DEBUG = False
    reload(urls)
    clear_url_caches()


def test_the_server_of_development_serves_the_copies_alone(client, addresses_of_development):
    picture = factories.PictureFactory()
    original = picture.image.name

    answers = [
        client.get(address)
        for address in (
            picture.image.card,
            f"/media/{original}",
            f"/media/__processed__/../{original}",
            f"/media/__processed__/%2e%2e/{original}",
        )
    ]
    for answer in answers:
        answer.close()

    assert [answer.status_code for answer in answers] == [200, 404, 400, 400]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Наурыз_мерекесі-2025.jpg", "Наурыз мерекесі 2025"),
        ("IMG_2034.JPG", "IMG 2034"),
        ("a\x0bb\u2028c.png", "a b c"),
        ("___.png", "Атаусыз сурет"),
    ],
)
def test_a_title_is_made_from_the_name_of_the_file(name, title):
    assert uploads.title_from(name) == title


def _two(kind):
    """Two pictures in one file: a photograph with its depth, a moving picture."""
    stream = io.BytesIO()
    first, second = (Image.new("RGB", (800, 600), colour) for colour in ("#00859b", "#fec50c"))
    first.save(stream, kind, save_all=True, append_images=[second])
    return stream.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("MPO", "phone.exe"), ("WEBP", "moving.webp")])
def test_of_several_pictures_in_one_file_the_first_is_shown(client, account, kind, name):
    client.force_login(account("secretariat"))

    response = _post(client, _two(kind), name)

    assert response.status_code == 302, response.context["errors"]
    assert Picture.objects.get().width == 800

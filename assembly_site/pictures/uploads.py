"""What may be uploaded as a picture. Everything uploaded is hostile until proven otherwise."""

import io
import re
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from assembly_site.languages.texts import printable

from .copies import Unclosed

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 60  # in one go
MAX_PIXELS = 50_000_000
MIN_SIDE = 200
MAX_RATIO = 10  # a strip is no picture, and a copy of it would have no height
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"

# Pillow warns above this and refuses above twice of it; we refuse earlier, with a sentence.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# The first bytes of photographs that a browser cannot show.
PHONE = re.compile(rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])", re.DOTALL)
CAMERA = re.compile(
    rb"II\*\0|MM\0\*|II[RUS][OS\0]|FUJIFILM|FOVb|....ftypcrx", re.DOTALL
)  # TIFF and its kin: CR2, NEF, ARW, DNG; ORF, RW2; RAF; X3F; CR3

NOT_A_PICTURE = [
    (
        PHONE,
        _(
            "This is a HEIC photograph of a telephone, which browsers cannot show. Save it as JPEG "
            "first: send it to yourself by e-mail, or choose the most compatible format in the "
            "settings of the camera."
        ),
    ),
    (
        CAMERA,
        _(
            "This is a RAW or TIFF file of a camera. Open it in the program that came with the "
            "camera and save it as JPEG."
        ),
    ),
    (
        re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP", re.DOTALL),
        _("The file is broken: a part of it is missing. Copy it from the camera once more."),
    ),
    (
        re.compile(rb""),
        _(
            "This is not a JPEG, PNG or WebP picture. Open it in a picture program and save it "
            "as JPEG."
        ),
    ),
]


class LargeFiles(FileUploadHandler):
    """Counts the bytes of each file and keeps none once there are more than are taken.

    Stands first among the handlers. The form gets an empty file with the size of the one that was
    sent, and so says the right sentence; the rest of the request arrives as usual.
    """

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start + len(raw_data) <= MAX_BYTES else None

    def file_complete(self, file_size):
        if file_size <= MAX_BYTES:
            return None
        for handler in self.request.upload_handlers:
            handler.upload_interrupted()
        return InMemoryUploadedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type, file_size, None
        )


class PictureFormField(forms.ImageField):
    """Looks at the size and the first bytes before anything is decoded."""

    # What a file is stands in its first bytes and not in the last letters of its name.
    default_validators = []

    def to_python(self, data):
        if getattr(data, "size", 0):  # an empty file gets the plain answer of FileField
            self._refuse_large_file(data)
            self._refuse_unknown_or_large_picture(data)
        return super().to_python(data)

    def _refuse_large_file(self, data):
        if data.size > MAX_BYTES:
            raise ValidationError(
                _("The file has %(size)s; at most %(most)s is taken. Save the picture smaller."),
                code="too-many-bytes",
                params={"size": filesizeformat(data.size), "most": filesizeformat(MAX_BYTES)},
            )

    def _refuse_unknown_or_large_picture(self, data):
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        data.seek(0)
        try:
            with Image.open(Unclosed(data), formats=FORMATS) as image:
                self._refuse_size(*image.size)
                # Read to its end, in an eighth of the size where the format allows that.
                image.draft("RGB", (image.width // 8, image.height // 8))
                image.load()
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            data.seek(0)
            raise ValidationError(_what_it_is(data.read(16)), code="not-a-picture") from error
        finally:
            Image.MAX_IMAGE_PIXELS = limit
            data.seek(0)

    def _refuse_size(self, width, height):
        params = {"width": width, "height": height}
        if width * height > MAX_PIXELS:
            raise ValidationError(
                _(
                    "The picture is %(width)s × %(height)s pixels, more than %(most)s million. "
                    "Save it smaller: 4000 pixels on the long side are enough."
                ),
                code="too-many-pixels",
                params=params | {"most": MAX_PIXELS // 1_000_000},
            )
        if min(width, height) < MIN_SIDE:
            raise ValidationError(
                _(
                    "The picture is %(width)s × %(height)s pixels: too small to be shown. Find a "
                    "larger one; each side has at least %(least)s."
                ),
                code="too-few-pixels",
                params=params | {"least": MIN_SIDE},
            )
        if max(width, height) > MAX_RATIO * min(width, height):
            raise ValidationError(
                _(
                    "The picture is %(width)s × %(height)s pixels: too narrow to be cut to the "
                    "shapes of the site. Cut out the part that matters."
                ),
                code="too-narrow",
                params=params,
            )


def _what_it_is(start: bytes):
    return next(sentence for pattern, sentence in NOT_A_PICTURE if pattern.match(start))


def title_from(name: str) -> str:
    """A title made from the name of a file: its words, without extension and underscores."""
    words = re.sub(r"[_\W]+", " ", printable(PurePath(name).stem)).strip()
    return words[:160] or gettext("Picture without a name")

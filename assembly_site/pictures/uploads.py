"""What may be uploaded as a picture. Everything uploaded is hostile until proven otherwise."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")

# Pillow warns above this and refuses above twice of it; we refuse earlier, with a sentence.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class PictureFormField(forms.ImageField):
    """Looks at the size and the first bytes before anything is decoded."""

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
        try:
            with Image.open(_Unclosed(data), formats=FORMATS) as image:
                width, height = image.size
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _(
                    "This is not a JPEG, PNG or WebP picture, or it is broken. "
                    "Photographs in HEIC or RAW must be saved as JPEG first."
                ),
                code="not-a-picture",
            ) from error
        finally:
            Image.MAX_IMAGE_PIXELS = limit
            data.seek(0)
        if width * height > MAX_PIXELS:
            raise ValidationError(
                _(
                    "The picture is %(width)s × %(height)s pixels, more than %(most)s million. "
                    "Save it smaller: 4000 pixels on the long side are enough."
                ),
                code="too-many-pixels",
                params={"width": width, "height": height, "most": MAX_PIXELS // 1_000_000},
            )


class _Unclosed:
    """Lets Pillow read the upload but not close it."""

    def __init__(self, data):
        self._data = data

    def read(self, *args):
        return self._data.read(*args)

    def seek(self, *args):
        return self._data.seek(*args)

    def tell(self):
        return self._data.tell()

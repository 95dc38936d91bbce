"""The copies made of each picture: WebP around the focal point, without the camera's data.

The original is kept as it came and is never served: it may hold the place and the time.
"""

import io

from imagefield.processing_pillow import register_pillow
from PIL import (
    ExifTags,
    Image,
    ImageCms,
    WebPImagePlugin,  # noqa: F401  (known before those that try WebP files and stumble)
)

WEBP_QUALITY = 80  # imagefield's own 95 doubles the weight of a photograph for no visible gain
JPEG_QUALITY = 85


@register_pillow
def photo_webp(get_image):
    def processor(image, context):
        context.save_kwargs["format"] = "WEBP"
        image = _plain(get_image(image, context), context)
        context.save_kwargs["quality"] = WEBP_QUALITY
        return image

    return processor


@register_pillow
def photo_jpeg(get_image):
    def processor(image, context):
        context.save_kwargs["format"] = "JPEG"
        image = _plain(get_image(image, context), context)
        context.save_kwargs.update(quality=JPEG_QUALITY, progressive=True)
        if image.mode == "RGBA":
            # A logo without a ground stands on white, as on paper.
            ground = Image.new("RGB", image.size, "white")
            ground.paste(image, mask=image.getchannel("A"))
            return ground
        return image

    return processor


def _plain(image, context):
    """In RGB or RGBA, and with nothing written into it by camera or program."""
    if image.mode not in ("RGB", "RGBA"):
        # A profile describes the colours of its own mode and of no other.
        profile = context.save_kwargs.pop("icc_profile", None)
        if image.mode == "CMYK" and profile:
            image = _from_print(image, profile)
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.info = {}
    return image


def _from_print(image, profile):
    """The colours of a print shop as a screen shows them; left alone if the profile is broken."""
    try:
        return ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image


@register_pillow
def no_larger_than_needed(get_image, size):
    """Lets the decoder of JPEG skip what a small copy loses anyway: a third less work."""

    def processor(image, context):
        image.draft(None, (max(size), max(size)))
        return get_image(image, context)

    return processor


def _copy(extension, first, step):
    _name, size = step

    def specification(fieldfile, context):
        context.extension = extension
        context.processors = [
            first,
            ("no_larger_than_needed", size),
            "preserve_icc_profile",
            "autorotate",
            step,
        ]

    return specification


FORMATS = {
    "preview": _copy(".webp", "photo_webp", ("thumbnail", (480, 480))),
    "card": _copy(".webp", "photo_webp", ("crop", (640, 360))),
    "wide": _copy(".webp", "photo_webp", ("crop", (1280, 720))),
    "large": _copy(".webp", "photo_webp", ("thumbnail", (1600, 1600))),
    "portrait": _copy(".webp", "photo_webp", ("crop", (480, 600))),
    "social": _copy(".jpg", "photo_jpeg", ("crop", (1200, 630))),
}


def upright_size(file) -> tuple[int, int]:
    """Width and height as people see the picture: a phone held upright writes it lying."""
    file.seek(0)
    with Image.open(Unclosed(file)) as image:
        width, height = image.size
        lies = image.getexif().get(ExifTags.Base.Orientation, 1) >= 5
    file.seek(0)
    return (height, width) if lies else (width, height)


def forget_other_copies(image) -> None:
    """Takes away the copies made for another focal point than the present one."""
    kept = {image._process_context(make).name for make in FORMATS.values()}
    for name in _copies_of(image, image.name):
        if name not in kept:
            image.storage.delete(name)


def forget_copies(image, name: str) -> None:
    """Takes away all copies of an original, which itself stays."""
    for copy in _copies_of(image, name):
        image.storage.delete(copy)


def _copies_of(image, name):
    base = image._process_base(name)
    try:
        _folders, files = image.storage.listdir(base.path)
    except FileNotFoundError:
        return []
    return [f"{base.path}/{file}" for file in files if file.startswith(base.basename)]


class Unclosed:
    """Lets Pillow read a file but not close it."""

    def __init__(self, file):
        self._file = file

    def read(self, *args):
        return self._file.read(*args)

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

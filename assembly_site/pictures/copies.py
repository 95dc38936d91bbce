"""The copies made of each picture: WebP around the focal point, without the camera's data.

The original is kept as it came and is never served: it may hold the place and the time.
"""

from imagefield.processing_pillow import register_pillow

WEBP_QUALITY = 80  # imagefield's own 95 doubles the weight of a photograph for no visible gain
JPEG_QUALITY = 85


@register_pillow
def photo_webp(get_image):
    def processor(image, context):
        context.save_kwargs["format"] = "WEBP"
        image = get_image(image, context)
        context.save_kwargs["quality"] = WEBP_QUALITY
        return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")

    return processor


@register_pillow
def photo_jpeg(get_image):
    def processor(image, context):
        context.save_kwargs["format"] = "JPEG"
        image = get_image(image, context)
        context.save_kwargs.update(quality=JPEG_QUALITY, progressive=True)
        return image.convert("RGB")

    return processor


def _copy(extension, first, *steps):
    def specification(fieldfile, context):
        context.extension = extension
        context.processors = [first, "preserve_icc_profile", "autorotate", *steps]

    return specification


FORMATS = {
    "preview": _copy(".webp", "photo_webp", ("thumbnail", (480, 480))),
    "card": _copy(".webp", "photo_webp", ("crop", (640, 360))),
    "wide": _copy(".webp", "photo_webp", ("crop", (1280, 720))),
    "large": _copy(".webp", "photo_webp", ("thumbnail", (1600, 1600))),
    "portrait": _copy(".webp", "photo_webp", ("crop", (480, 600))),
    "social": _copy(".jpg", "photo_jpeg", ("crop", (1200, 630))),
}

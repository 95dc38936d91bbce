"""What stands for a picture where it cannot be seen, and what only looks as if it did."""

import re

from assembly_site.languages.folding import fold

# Words that say of a picture only that it is one, folded.
EMPTY_WORDS = {
    fold(word)
    for word in (
        "сурет", "фото", "фотосурет", "фотография", "картинка", "изображение", "снимок",
        "photo", "photograph", "picture", "image", "img", "pic",
    )
}  # fmt: skip
NAME_OF_A_FILE = re.compile(
    r"\S+\.(jpe?g|png|webp|heic|gif|tiff?)|(img|dsc|dscn|dscf|pxl|wa|photo)[\s_-]*\d[\d\s_-]*",
    re.IGNORECASE,
)


def describes(text: str, caption: str = "") -> bool:
    """Whether the text says what is to be seen: no file’s name, no “photo”, no copied caption."""
    folded = fold(text).strip(" .")
    if NAME_OF_A_FILE.fullmatch(text.strip()) or folded in EMPTY_WORDS:
        return False
    return not (folded and folded == fold(caption).strip(" ."))

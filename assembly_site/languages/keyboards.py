"""What was typed with the wrong keyboard layout: ghbdtn → привет, 0fpf0cnfy → қазақстан."""

import re

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
# The Kazakh layout has the Russian letters, and its own where others have figures.
_FIGURE_KEYS = "234580-=9"
_KAZAKH_LETTERS = "әіңғүқөһұ"

_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_KAZAKH = str.maketrans(_LATIN_KEYS + _FIGURE_KEYS, _RUSSIAN_KEYS + _KAZAKH_LETTERS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS + _KAZAKH_LETTERS, _LATIN_KEYS + _FIGURE_KEYS)
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-z]")


def other_layouts(text: str) -> list[str]:
    """The same keys on other layouts; nothing for a text in two scripts, or in neither."""
    text = text.casefold()
    is_cyrillic, is_latin = bool(_CYRILLIC.search(text)), bool(_LATIN.search(text))
    if is_cyrillic == is_latin:
        return []
    tables = [_TO_LATIN] if is_cyrillic else [_TO_RUSSIAN, _TO_KAZAKH]
    readings = [text.translate(table) for table in tables]
    return [one for one in dict.fromkeys(readings) if one != text]

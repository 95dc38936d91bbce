"""ASCII addresses from Kazakh, Russian and English titles."""

import re
import unicodedata

# Kazakh letters as in the usual English spelling of place names (Qazaqstan, Shymkent, Oskemen);
# Russian letters as on road signs.
TRANSLITERATION = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo",
    "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n",
    "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u",
    "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "№": "no",
}  # fmt: skip

MAX_LENGTH = 80


def transliterate(text: str) -> str:
    """Cyrillic letters (Kazakh and Russian) as Latin ones, all in lower case."""
    return "".join(TRANSLITERATION.get(letter, letter) for letter in text.lower())


def slugify(text: str, max_length: int = MAX_LENGTH) -> str:
    """An ASCII slug of at most `max_length` signs, cut between words; empty if nothing is left."""
    composed = unicodedata.normalize("NFC", text)
    latin = unicodedata.normalize("NFKD", transliterate(composed))
    words = re.findall(r"[a-z0-9]+", latin.encode("ascii", "ignore").decode())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug

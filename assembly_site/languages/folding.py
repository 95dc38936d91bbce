"""One folded form of a text for searching: the same for the index and for the query.

People type Kazakh on Russian keyboards, leave out ё and й, hear no difference in the soft and the
hard sign, and write the number of a session as XXXIV, 34 or 34-я.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .numerals import number_of

FOLDED_LETTERS = str.maketrans(
    {
        "ә": "а",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "ө": "о",
        "ұ": "у",
        "ү": "у",
        "һ": "х",
        "і": "и",
        "ъ": "",
        "ь": "",
        # Latin letters that lose more than a mark (the Kazakh alphabet of 2021).
        "ı": "y",
    }
)
# Marks above and below letters are left out: so ё is е and й is и.
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
# Marks are gone by then: й stands as и.
_ORDINAL = "(?:-?(?:я|и|е|ю|ая|ыи|ои|ое|ом|го|му|ых|ші|шы|нші|ншы|інші|ыншы)|th|st|nd|rd)"
# A word; of a number also the ending that makes it an ordinal: 34-я, 34-ші, 34th.
_WORD = re.compile(rf"\d+{_ORDINAL}(?![^\W_])|[^\W_]+")
# As sessions are counted; Cyrillic х and і are typed for the Latin letters.
_NUMERAL = re.compile(r"(?:xl|x{0,3})(?:ix|iv|v?i{0,3})")
# One letter alone is a number only if it is a capital: «V сессия», but not "v stolitse".
_LONE_NUMERAL = re.compile(r"(?<![^\W_])[IVX](?![^\W_])")
_LATIN_TWINS = str.maketrans({"х": "x", "і": "i"})


class FoldedWord(NamedTuple):
    """A word as it is looked for, and where it stands in the text that was given."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, one letter for each group of look-alikes, words alone; never raises."""
    numbered = _LONE_NUMERAL.sub(lambda match: str(number_of(match.group())), text)
    return " ".join(word for word in map(_folded, _WORD.findall(_lowered(numbered))) if word)


def folded_words(text: str) -> Iterator[FoldedWord]:
    """The words of a text, folded, with their places, for marking them where they stand."""
    lowered, places = _lowered_with_places(text)
    for match in _WORD.finditer(lowered):
        original = text[places[match.start()]]
        lone = len(match.group()) == 1 and original in "IVX"
        word = str(number_of(original)) if lone else _folded(match.group())
        if word:
            yield FoldedWord(word, places[match.start()], places[match.end() - 1] + 1)


def _lowered(text):
    # The sign of a number would become a word: «№ 70» → «no 70».
    text = unicodedata.normalize("NFKC", text.replace("№", " ")).casefold().replace("ş", "sh")
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _lowered_with_places(text):
    """The same letter by letter, with the place from which each letter came."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for lowered in _lowered(letter):
            letters.append(lowered)
            places.append(place)
    return "".join(letters), places


# Texts are made of the same words again and again: a list of events is folded thrice as fast.
@lru_cache(maxsize=20_000)
def _folded(word):
    if word[0].isdecimal():
        digits = re.match(r"\d+", word).group()
        ending = word[len(digits) :]
        word = str_of(digits) + ("" if re.fullmatch(_ORDINAL, ending) else ending)
    elif len(word) > 1:
        numeral = word.translate(_LATIN_TWINS)
        if _NUMERAL.fullmatch(numeral):
            return str(number_of(numeral.upper()))
    return word.translate(FOLDED_LETTERS)


def str_of(digits: str) -> str:
    """Decimal digits of any script as ASCII ones."""
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)

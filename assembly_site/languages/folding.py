"""One folded form of a text for searching: the same for the index and for the query.

People type Kazakh on Russian keyboards, leave out ё and й, and hear no difference in the soft
and the hard sign.
"""

import unicodedata

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
        "ё": "е",
        "й": "и",
        "ъ": "",
        "ь": "",
    }
)


def fold(text: str) -> str:
    """Lower case, one letter for each group of look-alikes, single spaces; never raises."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(composed.translate(FOLDED_LETTERS).split())

"""The stem of a folded word: where it is cut so that its other forms begin alike.

No grammar: a table of endings for each language, as they look when folded. Kazakh hangs one
ending on another (Ассамблея-сы-ның), so there they are taken off one by one.
"""

from typing import NamedTuple


class Endings(NamedTuple):
    """Endings, how many may be taken off, and how many letters must stay.

    What stays is counted by the length of the ending: of one letter, of two, of more.
    """

    endings: tuple[str, ...]
    most: int
    left: tuple[int, int, int]


def _sorted(text):
    return tuple(sorted(text.split(), key=len, reverse=True))


ENDINGS = {
    "kk": Endings(
        _sorted(
            "лары лери дары дери тары тери лар лер дар дер тар тер "
            "нын нин дын дин тын тин сынын синин сына сине сында синде сынан синен сымен симен "
            "ына ине ынын инин ында инде ынан инен ымен имен "
            "дагы деги тагы теги гы ги кы ки "
            "да де та те дан ден тан тен нан нен га ге ка ке "
            "ды ди ты ти ны ни мен бен пен сы си ын ин ы и"
        ),
        4,
        (4, 5, 4),
    ),
    "ru": Endings(
        _sorted(
            "иями ями ами ием иом иям иях ого его ому ему ыми ими "
            "ая яя ое ее ыи ии ои еи ых их ую юю ым им ом ем ев ов ам ям ах ях ие ия ию ью ье ья "
            "а я о е у ю ы и"
        ),
        1,
        (3, 4, 4),
    ),
    "en": Endings(_sorted("s es ies ing ed e y"), 1, (4, 4, 4)),
}


def stem(word: str, language: str) -> str:
    """A folded word without its endings; short words and numbers stay as they are."""
    if not word.isalpha():
        return word
    endings, most, left = ENDINGS[language]
    for _ in range(most):
        shorter = next(
            (
                word.removesuffix(one)
                for one in endings
                if word.endswith(one) and len(word) - len(one) >= left[min(len(one), 3) - 1]
            ),
            word,
        )
        if shorter == word:
            break
        word = shorter
    return word

"""Where a Kazakh or Russian word may be divided at the end of a line.

Typesetters know the places for Russian and English; for Kazakh no table is at hand. One rule by
syllables serves both here.
"""

import re
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"

VOWELS = "аәеёиоөуұүыіэюя"
NEVER_FIRST = {"kk": "ьъ", "ru": "ьъй"}
LAND = "стан"  # whole in Қазақстан, Түркістан
LEAST = 3  # letters on either side; fewer look like a mistake in a title

WORD = re.compile("[а-яёәғқңөұүһі]+", re.IGNORECASE)


def with_soft_hyphens(text: str, language: str) -> str:
    """The text with a soft hyphen wherever a word may be divided; other languages as they are."""
    if language not in NEVER_FIRST:
        return text
    return WORD.sub(lambda match: SOFT_HYPHEN.join(parts(match.group(), language)), text)


def parts(word: str, language: str) -> list[str]:
    """The parts of a word, none shorter than three letters: «қаты-нас-тар-дың».

    Each syllable has one vowel, and of the consonants between two vowels the last one begins the
    next syllable. After a vowel «у» is a consonant: «тау», «бауыр».
    """
    letters = word.lower()
    vowels = [
        place
        for place, letter in enumerate(letters)
        if letter in VOWELS and not (letter == "у" and place and letters[place - 1] in VOWELS)
    ]
    found, start = [], 0
    for before, after in pairwise(vowels):
        cut = max(before + 1, after - 1)
        if letters[cut] in NEVER_FIRST[language]:
            cut += 1
        if letters.startswith(LAND, cut - 1):
            cut -= 1
        if cut - start >= LEAST and len(word) - cut >= LEAST:
            found.append(word[start:cut])
            start = cut
    return [*found, word[start:]]

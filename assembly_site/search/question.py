"""What was typed, and all that it may mean."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from assembly_site.languages.endings import stem
from assembly_site.languages.folding import fold, folded_words
from assembly_site.languages.keyboards import other_layouts
from assembly_site.languages.latin import cyrillic_readings

MOST_WORDS = 12
# Short words that stand in every second text.
COMMON_WORDS = {
    "и", "в", "во", "на", "о", "об", "от", "по", "с", "со", "для", "к", "из", "за", "у", "не",
    "мен", "жане", "бен", "пен",
    "the", "of", "and", "in", "on", "a", "an", "to", "for", "by", "at", "i", "v", "o", "s", "k",
    "na",
}  # fmt: skip
SHORT = 3
# Fewer letters on another layout may be anything.
FEWEST_ON_A_LAYOUT = 4
# How many slips are forgiven in a word of so many letters.
SLIPS = ((9, 2), (4, 1))
CORRECTIONS_KEPT = 3

Needles = tuple[str, ...]


class Meaning(NamedTuple):
    """One thing that a word may mean: all its needles must be found.

    `step` says how far it is from what was typed: 0 the word itself.
    """

    needles: Needles
    step: int


TYPED, SYNONYM, CYRILLIC, SLIP = range(4)
Word = tuple[Meaning, ...]


class Reading(NamedTuple):
    """A text and its words, each with its meanings; of each one must be found."""

    text: str
    words: tuple[Word, ...]


class Question:
    """What may be asked of the index. `readings` are empty when there is no word to look for."""

    def __init__(
        self,
        text: str,
        language: str,
        synonyms: Iterable[list[str]] = (),
        *,
        unfinished: bool = False,
    ):
        """`synonyms` are groups of folded phrases; of an `unfinished` text the last word may go
        on."""
        self.text = text
        self.folded = fold(text)
        self.language = language
        self.synonyms = list(synonyms)
        self._synonyms = _by_stems(self.synonyms, language)
        self._unfinished = unfinished
        self.words = _words_of(self.folded)
        last = self.folded.rpartition(" ")[2]
        if unfinished and len(last) > 1 and self.words[-1] != last:
            self.words.append(last)  # «на» may become «Назарбаев»
        self._as_typed = [
            text[word.start : word.end] for word in folded_words(text) if word.text in self.words
        ][: len(self.words)]
        self.typed = Reading(self.folded, self._meanings(self.words))
        self.layouts = [
            layout
            for layout in other_layouts(text)
            if sum(map(str.isalpha, fold(layout))) >= FEWEST_ON_A_LAYOUT
        ]
        self.repaired = [
            Reading(folded, self._meanings(_words_of(folded))) for folded in map(fold, self.layouts)
        ]

    @property
    def readings(self) -> list[Reading]:
        """As it was typed, and as the same keys would read on another layout."""
        return [one for one in (self.typed, *self.repaired) if one.words]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for: no word, or one letter alone."""
        return not self.words or (len(self.folded) == 1 and not self.folded.isdecimal())

    def without(self, place: int) -> tuple[str, Reading]:
        """The question without one of its words: as it was typed, and as it is read."""
        words = _without(self.words, place)
        return " ".join(_without(self._as_typed, place)), Reading(
            " ".join(words), self._meanings(words)
        )

    def _meanings(self, words):
        found, place = [], 0
        while place < len(words):
            size, phrases = self._phrase_at(words, place)
            if phrases:
                typed = tuple(
                    needle
                    for word in words[place : place + size]
                    for needle in self._needles(word, is_last=False)
                )
                others = (self._needles_of_phrase(phrase) for phrase in phrases)
                found.append((Meaning(typed, TYPED), *(Meaning(one, SYNONYM) for one in others)))
                if size == 1:
                    found[-1] += tuple(self._in_cyrillic(words[place]))
                place += size
            else:
                is_last = place == len(words) - 1
                word = words[place]
                found.append(
                    (
                        Meaning(self._needles(word, is_last=is_last), TYPED),
                        *self._in_cyrillic(word),
                    )
                )
                place += 1
        return tuple(found)

    def _phrase_at(self, words, place):
        """The longest phrase of the synonyms that begins here, and what else is said for it."""
        for size in range(min(MOST_WORDS, len(words) - place), 0, -1):
            stems = tuple(stem(word, self.language) for word in words[place : place + size])
            if stems in self._synonyms:
                return size, self._synonyms[stems]
        return 1, ()

    def _needles(self, word, *, is_last):
        if self._unfinished and is_last and len(word) > 1:
            return (f" {word}",)
        if word.isdecimal() or len(word) < SHORT:
            return (f" {word} ",)
        return (f" {stem(word, self.language)}",)

    def _needles_of_phrase(self, phrase):
        # An abbreviation is a whole word: «анк» is not the beginning of «анкета».
        return tuple(
            f" {word} " if len(word) <= SHORT else f" {stem(word, self.language)}"
            for word in phrase.split()
            if word not in COMMON_WORDS
        )

    def _in_cyrillic(self, word):
        for reading in cyrillic_readings(word) if len(word) >= SHORT else ():
            yield Meaning((f" {stem(reading, self.language)}",), CYRILLIC)
            for phrase in self._synonyms.get((stem(reading, self.language),), ()):
                yield Meaning(self._needles_of_phrase(phrase), CYRILLIC)

    # Slips

    def pieces(self) -> Needles:
        """Needles of which a slip spoils only some; empty where no slip can be told."""
        return tuple(
            dict.fromkeys(
                piece for forms in self._forms() for form in forms for piece in _pieces(form)
            )
        )

    def corrected(self, vocabulary: Iterable[str]) -> Reading | None:
        """The question with the nearest words of a vocabulary; None when none is near enough."""
        known = sorted({*vocabulary})
        words, texts, is_corrected = [], [], False
        for word, forms in zip(self.words, self._forms(), strict=True):
            if not forms or any(one.startswith(stem(word, self.language)) for one in known):
                meanings, text = self._meanings([word])[0], word
            else:
                near = _nearest(forms, known)
                if not near:
                    return None
                is_corrected = True
                meanings = tuple(Meaning((f" {stem(one, self.language)}",), SLIP) for one in near)
                text = near[0]
            words.append(meanings)
            texts.append(text)
        return Reading(" ".join(texts), tuple(words)) if is_corrected else None

    def _forms(self) -> Iterator[tuple[str, ...]]:
        """For each word what may have been meant before the slip: it, and it in Cyrillic."""
        layouts = [one.text.split() for one in self.repaired]
        for place, word in enumerate(self.words):
            others = [one[place] for one in layouts if len(one) == len(self.words)]
            forms = (word, *cyrillic_readings(word), *others)
            yield tuple(one for one in dict.fromkeys(forms) if one.isalpha() and _slips(one))


def fits(folded: str, reading: Reading) -> bool:
    """Whether a padded folded text holds some meaning of each word of a reading."""
    return bool(reading.words) and all(
        any(all(needle in folded for needle in meaning.needles) for meaning in word)
        for word in reading.words
    )


def _without(words, place):
    return [word for number, word in enumerate(words) if number != place]


def _words_of(folded):
    words = folded.split()
    telling = [word for word in words if word not in COMMON_WORDS]
    return (telling or words)[:MOST_WORDS]


def _by_stems(synonyms, language):
    """For each phrase, by the stems of its words, the other phrases of its groups."""
    found = {}
    for group in synonyms:
        for phrase in group:
            words = [word for word in phrase.split() if word not in COMMON_WORDS]
            stems = tuple(stem(word, language) for word in words)
            others = [one for one in group if one != phrase]
            found[stems] = [*found.get(stems, []), *others]
    return found


def _slips(word):
    return next((count for letters, count in SLIPS if len(word) >= letters), 0)


def _pieces(word):
    """The beginning, the middle and the end: one slip leaves one of them, two slips mostly too."""
    yield f" {word[:3]}" if len(word) > 5 else f" {word[:2]}"
    yield word[-3:]
    if len(word) > 5:
        middle = len(word) // 2
        yield word[middle - 2 : middle + 1]


def _nearest(forms, known):
    """The words with the fewest slips between; of many, the most alike."""
    found = []
    for form in forms:
        most = _slips(form)
        for word in known:
            if len(word) < 3 or (abs(len(word) - len(form)) > most and not len(word) > len(form)):
                continue
            # The beginning of a longer word too: what was typed may lack the ending.
            whole = OSA.distance(form, word, score_cutoff=most)
            begun = OSA.distance(form, word[: len(form)], score_cutoff=most)
            slips = min(whole, begun + 0.5)
            if slips <= most:
                found.append((slips, word[0] != form[0], len(word), word))
    found.sort()
    return [word for slips, _first, _size, word in found if slips <= found[0][0] + 0.5][
        :CORRECTIONS_KEPT
    ]

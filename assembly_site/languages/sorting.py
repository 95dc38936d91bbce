"""The order of the Kazakh alphabet; code points put Ақмола after Атырау."""

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_PLACES = {letter: place for place, letter in enumerate(KAZAKH_ALPHABET)}
_BEYOND = len(_PLACES)


def kazakh_key(text: str) -> list[int]:
    """A key for `sorted`: Kazakh letters in their order, all other signs after them."""
    return [_PLACES.get(letter, _BEYOND + ord(letter)) for letter in text.lower()]


def kazakh_sort_text(text: str) -> str:
    """The same order as a plain ASCII text, for a column that the database sorts by."""
    return "".join(f"{min(place, 0xFFFFF):05x}" for place in kazakh_key(text)[:40])

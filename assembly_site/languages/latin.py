"""Kazakh and Russian words in Latin letters, read as Cyrillic: Qazaqstan, sessiya, Tokayev."""

_COMMON = {
    "shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ts": "ц",
    "yo": "е", "yu": "ю", "ya": "я", "ye": "е", "iya": "ия", "iia": "ия",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и",
    "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р",
    "s": "с", "t": "т", "u": "у", "v": "в", "w": "у", "x": "х", "z": "з",
}  # fmt: skip
# «y» is ы in Kazakh and й, which folds to и, in Russian.
TABLES = (
    {**_COMMON, "y": "ы", "ay": "аи", "ey": "еи", "oy": "ои", "uy": "уи"},
    {**_COMMON, "y": "и", "ia": "ия", "ay": "аи", "ey": "еи", "oy": "ои", "uy": "уи"},
)  # fmt: skip
_LONGEST = 4


def cyrillic_readings(word: str) -> list[str]:
    """What a folded Latin word may be in folded Cyrillic; nothing for any other word."""
    if not (word.isascii() and word.isalpha()):
        return []
    # Between vowels «y» only says how the next one sounds: Nazarbayev, assambleya.
    spelled = word.replace("aye", "ae").replace("oye", "oe")
    return list(dict.fromkeys(_read(spelled, table) for table in TABLES))


def _read(word, table):
    letters, place = [], 0
    while place < len(word):
        size = next(size for size in range(_LONGEST, 0, -1) if word[place : place + size] in table)
        piece = word[place : place + size]
        # «ay» before a vowel belongs to it: «aya» is ая and not аиа.
        if size == 2 and piece[1] == "y" and word[place + 2 : place + 3] in tuple("aeou"):
            size, piece = 1, piece[0]
        letters.append(table[piece])
        place += size
    return "".join(letters)

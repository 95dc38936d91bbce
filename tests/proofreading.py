"""How a proofreader looks at a text: what is surely wrong, by language, with the words around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What a text is decides how it is read.
TITLE = "title"  # a title, a name, a label: no full stop at the end
SENTENCES = "sentences"  # whole sentences, perhaps in Markdown
PHRASE = "phrase"  # a message of a catalogue and whatever may be either
# A title or a publisher as it was published. Its style is not ours; its letters are read all the
# same, for a look-alike is no style: who searches for the word does not find it.
QUOTED = "quoted"


@dataclass(frozen=True)
class Text:
    place: str
    language: str
    text: str
    role: str


@dataclass(frozen=True)
class Sign:
    """A pattern that is wrong wherever it stands."""

    pattern: str
    mistake: str
    languages: tuple[str, ...] = ("kk", "ru", "en")


LATIN = "A-Za-zÀ-ʯ"
CYRILLIC = "Ѐ-ӿ"
LETTER = f"{LATIN}{CYRILLIC}"
LIKE_CYRILLIC = "aceiopxyABCEHIKMOPTXY"
# Figures of Roman numerals for which Cyrillic letters are typed by mistake.
LIKE_NUMERALS = "ІХСМ"

LETTERS = [
    Sign(
        f"[{LATIN}]+[{CYRILLIC}]|[{CYRILLIC}]+[{LATIN}]",
        "Latin and Cyrillic in one word",
        ("kk", "ru"),
    ),
    Sign(f"[{CYRILLIC}]+", "a Cyrillic letter in an English text", ("en",)),
    Sign(
        f"(?<![{LETTER}\\d.@/’–-])(?<![{LATIN}] )(?![IXCM]+\\b)[{LIKE_CYRILLIC}]+"
        f"(?![{LETTER}\\d.@/’–-]| [{LATIN}])",
        "a Latin word that may be meant in Cyrillic",
        ("kk", "ru"),
    ),
    Sign(
        f"\\b(?=[СМ]*[ІХ])[{LIKE_NUMERALS}]{{2,}}\\b|\\bІ\\b(?!\\.)",
        "a Roman numeral in Cyrillic letters",
        ("kk", "ru"),
    ),
    Sign(r"[\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufffd]", "an invisible sign"),
]

SPACES = [
    Sign(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)", "two spaces"),
    Sign(r"(?m)[ \t\u00a0]+$", "a space at the end of a line"),
    Sign(r"(?m)^[ \t\u00a0]+", "a space at the beginning of a line"),
    Sign(r"\s[,.;:!?…](?![\w.])", "a space before a sign"),
    Sign(f"[,;!?][{LETTER}]|[{LETTER}],\\d|:[a-zа-яәғқңөұүһі]", "no space after a sign"),
    Sign(f"[{LETTER}]{{2}}\\.[{LETTER}]{{2}}", "no space after a full stop"),
    Sign(r"[«“(]\s|\s[»”)]", "a space inside quotation marks or brackets"),
    Sign(f"[{LETTER}\\d][«“(]|[»”)][{LETTER}\\d]", "no space beside quotation marks or brackets"),
    Sign(r"[^\s\]]\[\d+\]|\[\d+\][^\s[.,;:)]", "a note mark needs a space around it"),
]

DASHES = [
    Sign(r"(?<!^)\s-\s|--", "a hyphen for a dash"),
    Sign(r"(?<![\w-])(\d{4}-\d{4}|\d{1,2}-\d{1,2})(?![\w-])", "a hyphen for the dash of a range"),
    Sign(r"\S[–—]\s|\s[–—]\S", "a dash with a space on one side"),
    Sign("—", "the dash of Kazakh is –", ("kk",)),
    Sign(r"\s–\s|\S—\S", "the dash of Russian is — with spaces", ("ru",)),
    Sign(r"\s[–—]\s|—", "a dash in English, where a comma or a colon is better", ("en",)),
    Sign(r"\.\.\.", "three dots for an ellipsis"),
]

QUOTES = [
    Sign('"', "a straight quotation mark"),
    Sign("'", "a straight apostrophe"),
    Sign("[“”„‟‘’‹›]", "quotation marks are «…»", ("kk", "ru")),
    Sign("[«»„‟]", "quotation marks are “…”", ("en",)),
]

NUMBERS = [
    Sign(r"(?<![\w.])N[o°º]?\.?\s?\d", "N for №", ("kk", "ru")),
    Sign(r"№\S", "no space after №", ("kk", "ru")),
    Sign("№", "№ in English: write No.", ("en",)),
    Sign(r"\d[^\W\d_]", "a figure glued to a word", ("kk", "ru")),
    Sign(r"\d(?!(st|nd|rd|th|s)\b)[^\W\d_]", "a figure glued to a word", ("en",)),
    Sign(r"[^\W\d_]\d", "a figure glued to a word"),
    Sign(r"\d{4}\s?-\s?(жыл(?!дар)|ж\.)", "a year takes no hyphen", ("kk",)),
    Sign(r"\d-жылды[қғ]", "an anniversary takes no hyphen: 30 жылдығы", ("kk",)),
    Sign(r"\d{4} жылдың \d", "a date is written 2025 жылғы 1 наурыз", ("kk",)),
    Sign(r"\b[IVXLC]+-(сессия|ғасыр|том|съез)", "a Roman numeral takes no hyphen", ("kk",)),
    Sign(r"\d-(ая|ой|ый|ого|ому|ое|ые|ых|ым|ими)\b", "an ending of one letter: 5-я", ("ru",)),
    Sign(r"\d{4}’s", "no apostrophe: 1990s", ("en",)),
]

WORDS = [
    Sign(f"(?i)\\b([{LETTER}]+)[ \\t\u00a0]+\\1\\b", "a word twice"),
    Sign("!(?![»”])", "an exclamation mark"),  # what is quoted may have one
    Sign(r"[,;:]{2}|(?<!\.)\.\.(?!\.)|\?\?", "a sign twice"),
]

# Words that the house does without, and how often a text may still have them.
UNWANTED = {
    "kk": [
        (r"\bболып табыла\w+", 1),
        (r"\bжүзеге асыры\w+", 1),
        (r"\bерекше маңыз\w* ие", 0),
        (r"\bойып тұрып орын ал\w+", 0),
        (r"\bКа[зс]ахстан\w*", 0),
    ],
    "ru": [
        (r"\bв рамках\b", 0),
        (r"\bбыл[аои]? проведен\w*|\bбыл[аои]? проведён\w*", 0),
        (r"(?<!, )\bданн(ый|ая|ое|ого|ой|ому|ую|ом)\b", 0),
        (r"\bявля(ется|ются|лся|лась|лось|лись)\b", 1),
        (r"\bосуществля\w+|\bосуществл[её]н\w*", 1),
        (r"\bзнаков\w+ событи\w+", 0),
        (r"\bна сегодняшний день\b", 0),
        (r"\bимеет место\b", 0),
    ],
    "en": [
        (r"\bvibrant\b", 0),
        (r"\btapestry\b", 0),
        (r"\btestament to\b", 0),
        (r"\bpivotal\b", 0),
        (r"\bdelve\w*", 0),
        (r"\bunderscor\w+", 0),
        (r"\bshowcas\w+", 0),
        (r"\bin the framework\b|\bwithin the framework\b", 0),
        (r"\bplay\w* an? (key|crucial|vital|important) role\b", 0),
        (r"\b(color|honor|labor|center)(s|ed|ing)?\b", 0),
    ],
}  # fmt: skip

PAIRS = {"«": "»", "“": "”", "(": ")", "[": "]"}

ALPHABET = [
    Sign(
        f"(?![А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі])[{CYRILLIC}]",
        "a letter that is in neither alphabet",
        ("kk", "ru"),
    ),
]

STYLE = [*ALPHABET, *SPACES, *DASHES, *QUOTES, *NUMBERS, *WORDS]

# What is no text: addresses, mark-up, codes, and what programs put in.
NO_TEXT = re.compile(
    r"https?://\S*[^\s.,;:)]|\b[\w.-]+@[\w.-]+|</?[a-z][^>]*>|&[a-z]+;|%\(\w+\)[a-z]|%[sd%]|\{\w*\}|`[^`]*`"
    r"|\b[A-Za-z0-9-]+(\.[a-z0-9-]+)*\.(kz|com|org|net|ru|ics|csv|xlsx?|json|pdf|txt|xml|tv)\b"
    r"|\?\w+=\w+|(?<!\S)/[\w./-]*[\w/]"
)
STAND_IN = "¤"

# Words that are right although a rule says otherwise, each with the reason.
NAMES = {
    "Mac": "the computer",
    "OK": "the button of the browser",
    "HEIC": "a format of pictures",
    "AA": "a level of WCAG",
    "EXPO": "the exhibition, which Kazakh and Russian write in Latin letters",
    "IPv4": "a protocol",
    "IPv6": "a protocol",
    ":?.!": "Django’s list of signs after which a label gets no colon",
    "ДосStar": "a team’s own spelling of its name",
    "Ost–Kristall.kaz": "a camp’s own spelling of its name",
    "2025-06-05T15:00+05:00": "an example of ISO 8601",
    "Vласть": "the newspaper’s own spelling of its name",
    "Учитель Казахстана": "a Russian newspaper named in a Kazakh text",
    "Bir El – Bir Mudde": "the group’s name has its dash in every script",
    "Ассамблея аруы – 2025": "a Kazakh name in a Russian text",
    "Абай облысында, в области Абай": "an example for editors in two languages",
}

KAZAKH_NAME = re.compile("«[^«»]*[әғқңөұүһіӘҒҚҢӨҰҮҺІ][^«»]*»")


def mistakes(text: Text) -> Iterator[str]:
    """One line a mistake: what is wrong, and the words around it."""
    plain = _read_over(NO_TEXT.sub(STAND_IN, text.text))
    lines = re.sub(r"(?m)^(- |## )", "", plain)
    for sign in LETTERS if text.role == QUOTED else [*LETTERS, *STYLE]:
        if text.language in sign.languages:
            # A Kazakh name keeps its own dash in a Russian text.
            read = KAZAKH_NAME.sub(_dashless, lines) if text.language == "ru" else lines
            for match in re.finditer(sign.pattern, read):
                yield f"{sign.mistake}: {_around(read, match)}"
    if text.role == QUOTED:
        return
    yield from _unbalanced(plain)
    yield from _unwanted(plain, text.language)
    if text.role == SENTENCES:
        yield from _unfinished(plain)
    if text.role == TITLE and re.search(r"\w{3,}\.$", plain):
        yield f"a full stop after a title: …{plain[-40:]}"


def _read_over(text):
    for name in NAMES:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", STAND_IN, text)
    return text


def _dashless(match):
    return match.group().replace(" – ", " ")


def _around(text, match):
    start, end = max(match.start() - 20, 0), match.end() + 20
    return f"…{text[start:end]}…".replace("\n", "¶")


def _unbalanced(text):
    stack = []
    for place, sign in enumerate(text):
        if sign in PAIRS:
            stack.append((PAIRS[sign], place))
        elif sign in PAIRS.values():
            if not stack or stack[-1][0] != sign:
                yield f"“{sign}” without its other half: …{text[max(place - 20, 0) : place + 20]}…"
                return
            stack.pop()
    if stack:
        place = stack[-1][1]
        yield f"“{text[place]}” without its other half: …{text[place : place + 40]}…"


def _unwanted(text, language):
    for pattern, allowed in UNWANTED[language]:
        found = list(re.finditer(f"(?i){pattern}", text))
        for match in found[allowed:]:
            yield f"a word that the house does without: {_around(text, match)}"


def _unfinished(text):
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("## "):
            if paragraph.rstrip().endswith("."):
                yield f"a full stop after a chapter: {paragraph}"
        elif not paragraph.startswith("- ") and not re.search(
            r"[.?…:][»”*)]*(\s*\[\d+\])*$", paragraph
        ):
            yield f"no full stop at the end: …{paragraph[-40:]}"

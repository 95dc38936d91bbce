"""Titles, summaries and bodies in three languages, composed of a kind, a theme and a place."""

import tomllib
from pathlib import Path
from random import Random

from assembly_site.languages.texts import LANGUAGE_CODES, columns
from assembly_site.places.models import Region

WORDS = tomllib.loads(
    (Path(__file__).parents[1] / "content" / "made-up-words.toml").read_text(encoding="utf-8")
)

Texts = dict[str, str]  # a text by the code of its language
Town = dict[str, Texts]  # its `name`, and `where`: the name as an answer to "where?"


def kind_of(category) -> dict:
    """The words and the habits of a category's events."""
    return WORDS["kinds"].get(category.slug, WORDS["kinds"]["other"])


def towns_of(region: Region) -> list[Town]:
    known = WORDS["towns"].get(region.slug)
    if known:
        return known
    centre = {code: getattr(region, f"centre_{code}") or region.name for code in LANGUAGE_CODES}
    words = {code: {"centre": text} for code, text in centre.items()}
    return [{"name": centre, "where": sentence("elsewhere", words)}]


def event_texts(kind: dict, town: Town | None, chance: Random) -> dict[str, str]:
    """The columns of title, summary, organiser and body; without a town: all over the country."""
    noun, scene = chance.choice(kind["nouns"]), chance.choice(kind["scenes"])
    theme = WORDS["themes"][chance.choice(kind["themes"])]
    where = town["where"] if town else WORDS["sentences"]["everywhere"]
    title = "title_with_place" if town and chance.random() < 0.6 else "title"
    words = {
        code: {
            "kind": noun[code],
            "name": theme["name"][code],
            "topic": theme["topic"][code],
            "place": where[code],
            "of_place": _of_place(where["kk"]),
            "scene": _capital(scene[code].format(place=where[code])),
        }
        for code in LANGUAGE_CODES
    }
    summary = sentence("summary", words)
    return {
        **in_columns("title", sentence(title, words)),
        **in_columns("summary", summary),
        **in_columns("organiser", chance.choice(WORDS["lists"]["organisers"])),
        **in_columns("body", _body(summary, chance.sample(WORDS["lists"]["details"], 2))),
    }


def report_texts(participants: int) -> dict[str, str]:
    words = {code: {"number": participants} for code in LANGUAGE_CODES}
    texts = sentence("participants", words)
    return in_columns("report", {code: f"<p>{text}</p>" for code, text in texts.items()})


def sentence(name: str, words: dict[str, dict]) -> Texts:
    """A sentence of the table with the words of each language put in."""
    patterns = WORDS["sentences"][name]
    return {code: patterns[code].format(**words[code]) for code in LANGUAGE_CODES}


def in_columns(name: str, texts: Texts) -> dict[str, str]:
    """Texts as values of the columns of a translated field."""
    return dict(zip(columns(name), (texts[code] for code in LANGUAGE_CODES), strict=True))


def _body(summary, details):
    made_up = WORDS["sentences"]["made_up"]
    return {
        code: f"<p>{summary[code]}</p><ul>"
        + "".join(f"<li><p>{detail[code]}</p></li>" for detail in details)
        + f"</ul><p>{made_up[code]}</p>"
        for code in LANGUAGE_CODES
    }


def _of_place(where):
    """«Семейде» → «Семейдегі», «Алматыда» → «Алматыдағы»."""
    return where + ("ғы" if where.endswith("а") else "гі")


def _capital(text):
    return text[:1].upper() + text[1:]

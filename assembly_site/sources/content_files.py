"""A content file as it stands: one object, and the mistakes that were found in it."""

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings


class ContentError(Exception):
    """Sentences, each of which names a file, the place in it and the mistake."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class ContentFile:
    """One object as it stands in its file, or in its table of a file that holds several."""

    path: Path
    key: str
    data: dict
    table: str = ""
    mistakes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The path from the project's folder, as a person would look for it."""
        if self.path.is_relative_to(settings.BASE_DIR):
            return str(self.path.relative_to(settings.BASE_DIR))
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def digest(self) -> str:
        text = json.dumps(self.data, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def mistake(self, place: str, sentence: str) -> None:
        """Notes a mistake, so that the next ones are found as well."""
        self.mistakes.append(self.sentence(place, sentence))

    def error(self, place: str, sentence: str) -> ContentError:
        """A mistake after which the object cannot be read further."""
        return ContentError(self.sentence(place, sentence))

    def sentence(self, place: str, sentence: str) -> str:
        place = ", ".join(filter(None, (self.table, place))) or "the whole"
        return f"{self}, “{place}”: {sentence}"


def read_folder(folder: Path) -> list[ContentFile]:
    """One file an object, in the order of their names."""
    files = []
    for path in sorted(folder.glob("*.toml")):
        file = ContentFile(path, path.stem, {})
        file.data = _parse(file)
        files.append(file)
    return files


def read_tables(path: Path) -> list[ContentFile]:
    """One file with a table for each object."""
    whole = ContentFile(path, path.stem, {})
    tables = []
    for key, table in _parse(whole).items():
        if isinstance(table, dict):
            tables.append(ContentFile(path, key, table, table=key))
        else:
            whole.mistake(
                key, f"this stands in no table: write it below a line such as [{path.stem}-name]."
            )
    return [whole, *tables] if whole.mistakes else tables


def _parse(file):
    try:
        return tomllib.loads(file.path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        file.mistake("file", "this is not UTF-8: save the file again in that encoding.")
    except tomllib.TOMLDecodeError as error:
        what, line, column = _where(str(error))
        file.mistake(
            f"line {line}" if line else "end of the file",
            f"this is not valid TOML ({what}{column}): each field is written as name = value, "
            "each text in quotation marks that are closed, and no field twice.",
        )
    return {}


def _where(message):
    parts = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message, re.DOTALL)
    if parts is None:
        return message, "", ""
    return parts.group(1), parts.group(2), f", column {parts.group(3)}"

"""Reads the site's starting content from its files; docs/content.md tells how they are written.

A kind of object is a subclass of `Loader`. Loading is idempotent: an object is written again only
if its file changed and nobody has touched the object since the last load.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from markdown_it import MarkdownIt

from assembly_site.languages.dates import PartialDate
from assembly_site.languages.texts import LANGUAGE_CODES, columns
from assembly_site.publishing.models import LoadedContent, Publishable, Status

from .models import Citation, Source

_markdown = MarkdownIt("commonmark", {"html": False})

# Written by the site itself; an editor's hand does not show in them.
OWN_FIELDS = {
    "id", "created_at", "updated_at", "first_day", "last_day", "sequence", "uid", "starts_at",
    "ends_at", "sort_name", "target_id", "target_type",
}  # fmt: skip


class ContentError(Exception):
    """One sentence that names the file, the field and the mistake."""

    def __init__(self, path: Path, place: str, sentence: str):
        super().__init__(f"{path.parent.name}/{path.name}, “{place}”: {sentence}")


@dataclass
class ContentFile:
    """One object as it stands in its file."""

    path: Path
    key: str
    data: dict

    @property
    def digest(self) -> str:
        text = json.dumps(self.data, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def error(self, place: str, sentence: str) -> ContentError:
        return ContentError(self.path, place, sentence)

    def require(self, name: str):
        if name not in self.data:
            raise self.error(name, "this field is missing.")
        return self.data[name]

    def texts(self, name: str, table: dict | None = None, *, markdown: bool = False) -> dict:
        """The columns of a translated field; all three languages or none."""
        table = self.data if table is None else table
        if name not in table:
            return dict.fromkeys(columns(name), "")
        texts = table[name]
        missing = [code for code in LANGUAGE_CODES if not str(texts.get(code, "")).strip()]
        if missing:
            raise self.error(name, f"the text is missing in {', '.join(missing)}.")
        cleaned = (texts[code].strip() for code in LANGUAGE_CODES)
        return dict(
            zip(columns(name), map(_markdown.render, cleaned) if markdown else cleaned, strict=True)
        )

    def partial_date(self, name: str, table: dict | None = None) -> PartialDate | None:
        value = (self.data if table is None else table).get(name)
        if value is None:
            return None
        try:
            return PartialDate.parse(str(value))
        except ValidationError as error:
            raise self.error(name, error.messages[0]) from error

    def day(self, name: str, table: dict) -> date | None:
        value = self.partial_date(name, table)
        if value and value.precision != "day":
            raise self.error(name, f"“{value}” is not a full date.")
        return value and value.first_day


def read_folder(folder: Path) -> list[ContentFile]:
    """One file an object, in the order of their names."""
    return [ContentFile(path, path.stem, _parse(path)) for path in sorted(folder.glob("*.toml"))]


def read_tables(path: Path) -> list[ContentFile]:
    """One file with a table for each object."""
    return [ContentFile(path, key, table) for key, table in _parse(path).items()]


def _parse(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(path, "file", f"this is not valid TOML: {error}") from error


@dataclass
class Tally:
    """What a load did: how many objects of each outcome, and what to tell the person."""

    written: int = 0
    unchanged: int = 0
    skipped: list[str] = field(default_factory=list)


class Loader:
    """How one kind of file becomes one kind of object."""

    kind = ""
    model: type[models.Model]
    # Relations whose rows belong to the object: they count as its own when asking for changes.
    children: tuple[str, ...] = ("citations",)

    def files(self) -> list[ContentFile]:
        raise NotImplementedError

    def values(self, file: ContentFile) -> dict:
        """Field values of the object, relations to loaded objects included."""
        raise NotImplementedError

    def existing(self, file: ContentFile):
        """An object that a migration or a hand made before the first load, if any."""
        return

    def write_children(self, instance, file: ContentFile) -> None:
        """The rows that hang on the object, besides its citations."""

    def link(self, instance, file: ContentFile) -> None:
        """Ties to objects that may be loaded later than this one."""

    def load(self, at: datetime) -> tuple[Tally, list]:
        """Writes what must be written; gives the tally and the objects still to be linked."""
        tally, written = Tally(), []
        for file in self.files():
            record = LoadedContent.objects.filter(kind=self.kind, key=file.key).first()
            instance = record and self.model._default_manager.filter(pk=record.object_id).first()
            if record and instance is None:
                tally.skipped.append(f"{self.kind} {file.key}: deleted by an editor")
            elif instance and self.fingerprint(instance) != record.fingerprint:
                tally.skipped.append(f"{self.kind} {file.key}: changed by an editor")
            elif instance and record.file_digest == file.digest:
                tally.unchanged += 1
            else:
                written.append((self._write(instance or self.existing(file), file, at), file))
                tally.written += 1
        return tally, written

    def finish(self, instance, file: ContentFile) -> None:
        """Links the object and notes how it was left."""
        self.link(instance, file)
        fresh = self.model._default_manager.get(pk=instance.pk)
        LoadedContent.objects.update_or_create(
            kind=self.kind,
            key=file.key,
            defaults={
                "object_id": instance.pk,
                "file_digest": file.digest,
                "fingerprint": self.fingerprint(fresh),
            },
        )

    def _write(self, instance, file, at):
        instance = instance or self.model()
        for name, value in self.values(file).items():
            setattr(instance, name, value)
        if "slug" in file.data:
            instance.slug = file.data["slug"]
        if isinstance(instance, Publishable):
            instance.status = file.data.get("status", Status.PUBLISHED)
            instance.note = file.data.get("note", "")
            if instance.status == Status.PUBLISHED:
                instance.publish_at = instance.publish_at or at
        self.save(instance, file)
        LoadedContent.objects.update_or_create(
            kind=self.kind,
            key=file.key,
            defaults={"object_id": instance.pk, "file_digest": file.digest},
        )
        self._write_citations(instance, file)
        self.write_children(instance, file)
        return instance

    @staticmethod
    def save(instance, file: ContentFile) -> None:
        """Saves after the checks that an editor's form would make."""
        try:
            instance.full_clean()
        except ValidationError as error:
            place, sentences = next(iter(error.message_dict.items()))
            raise file.error(place, f"{type(instance).__name__}: {sentences[0]}") from error
        instance.save()

    def fingerprint(self, instance) -> str:
        """Changes with every field and child row that an editor can change."""
        rows = [instance]
        for name in self.children:
            if hasattr(instance, name):
                rows += list(getattr(instance, name).all())
        fields = [
            {name: value for name, value in row["fields"].items() if name not in OWN_FIELDS}
            for row in serializers.serialize("python", rows)
        ]
        return hashlib.sha256(json.dumps(fields, sort_keys=True, default=str).encode()).hexdigest()

    def _write_citations(self, instance, file):
        if not _has_field(type(instance), "citations"):
            return
        instance.citations.all().delete()
        for number, table in enumerate(file.data.get("citations", []), start=1):
            citation = Citation(
                target=instance,
                source=self._source(file, table),
                number=number,
                supports=", ".join(table.get("supports", [])),
                state=table.get("state", "unchecked"),
                checked_on=file.day("read", table) if table.get("state") == "checked" else None,
                **file.texts("statement", table),
            )
            self.save(citation, file)

    def _source(self, file, table):
        if "title" not in table:
            raise file.error("citations", "a citation has no title.")
        known = {"url": table["url"]} if table.get("url") else {
            "url": "", "title": table["title"], "publisher": table.get("publisher", "")
        }  # fmt: skip
        source = Source.objects.filter(**known).first() or Source()
        source.title = source.title or table["title"]
        source.publisher = source.publisher or table.get("publisher", "")
        source.url = table.get("url", "")
        source.language = source.language or table.get("language", "")
        source.published_on = source.published_on or file.partial_date("published", table)
        source.read_on = source.read_on or file.day("read", table)
        self.save(source, file)
        return source


def loaded(kind: str, key, file: ContentFile, model: type[models.Model]):
    """The object that another file's key points at. Raises ContentError for a dead reference."""
    record = LoadedContent.objects.filter(kind=kind, key=str(key)).first()
    if record is None:
        raise file.error(kind, f"there is no {kind} “{key}”.")
    return model._default_manager.filter(pk=record.object_id).first()


def _has_field(model, name):
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True

"""Reads the site's starting content from its files; docs/content.md tells how they are written.

A kind of object is a subclass of `Loader`. Loading is idempotent: an object is written again only
if its file changed and nobody has touched the object since the last load.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.core import serializers
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models, transaction

from assembly_site.languages.texts import columns
from assembly_site.publishing.models import LoadedContent, Publishable, Slugged, Status

from .content_fields import (
    Choice,
    Field,
    FullDate,
    LanguageCode,
    PartOfDate,
    Surroundings,
    Tables,
    Texts,
    Word,
    Words,
    mistakes_in,
    values_of,
)
from .content_files import ContentError, ContentFile, read_folder, read_tables
from .models import Citation, Source

__all__ = [
    "ContentError",
    "ContentFile",
    "Loader",
    "StartingContent",
    "Tally",
    "Waiting",
    "loaded",
    "read_folder",
    "read_tables",
]

# Written by the site itself; an editor's hand does not show in them.
OWN_FIELDS = {
    "id", "created_at", "updated_at", "first_day", "last_day", "sequence", "uid", "starts_at",
    "ends_at", "sort_name", "target_id", "target_type",
}  # fmt: skip

PUBLISHABLE_FIELDS = {"status": Choice(choices=Status), "note": Word()}
SLUGGED_FIELDS = {"slug": Word()}
SOURCE_FIELDS = {
    "title": Word(required=True),
    "publisher": Word(),
    "url": Word(),
    "archive": Word(column="archive_url"),
    "unreachable": FullDate(column="unreachable_since"),
    "language": LanguageCode(),
    "published": PartOfDate(column="published_on"),
    "read": FullDate(column="read_on"),
}
CITATION_FIELDS = {
    "supports": Words(choices=("date", "place", "number", "name", "text")),
    "state": Choice(choices=Citation.State, default=Citation.State.UNCHECKED),
    "statement": Texts(),
}


@dataclass
class Tally:
    """What a load did: how many objects of each outcome, and what to tell the person."""

    written: int = 0
    unchanged: int = 0
    skipped: list[str] = field(default_factory=list)


class Waiting(Exception):
    """The object that this one points at is not there: its file is wrong, or it was deleted."""


class Loader:
    """How one kind of file becomes one kind of object."""

    kind = ""
    model: type[models.Model]
    # Known to other files by its number, where others are known by the name of their file.
    numbered = False
    # What a file of this kind may hold, besides what every object of such a model has.
    fields: dict[str, Field] = {}
    # Relations whose rows belong to the object: they count as its own when asking for changes.
    children: tuple[str, ...] = ("citations",)

    def files(self) -> list[ContentFile]:
        raise NotImplementedError

    def called(self, file: ContentFile) -> str:
        """The name by which other files point at this one."""
        return str(file.data.get("number", file.key)) if self.numbered else file.key

    def all_fields(self) -> dict[str, Field]:
        """The table of this kind, with what comes from the model's being publishable or sourced."""
        fields = dict(self.fields)
        if issubclass(self.model, Publishable):
            fields |= PUBLISHABLE_FIELDS
        if issubclass(self.model, Slugged):
            # A kind that needs its address in the file says so in its own table.
            fields = SLUGGED_FIELDS | fields
        if _has_field(self.model, "citations"):
            fields["citations"] = Tables(
                models=(Source, Citation), fields=SOURCE_FIELDS | CITATION_FIELDS
            )
        return fields

    def check(self, file: ContentFile, keys: dict[str, set[str]]) -> None:
        """Notes every mistake that shows without the database."""
        citations = file.data.get("citations")
        around = Surroundings(
            (self.model,), keys, len(citations) if isinstance(citations, list) else 0
        )
        for place, sentence in mistakes_in(self.all_fields(), file.data, around):
            file.mistake(place, sentence)
        for number, table in enumerate(citations if around.citations else [], start=1):
            if isinstance(table, dict):
                for place, sentence in _half_said(table):
                    file.mistake(f"citations {number}, {place}", sentence)

    def values(self, file: ContentFile) -> dict:
        """Field values of the object, relations to loaded objects included."""
        return self.read(self.fields, self.model, file, file.data)

    @staticmethod
    def read(fields: dict[str, Field], model: type[models.Model], file: ContentFile, table: dict):
        """The columns of `model` that a table of the file fills."""

        def follow(column, kind, key):
            return loaded(kind, key, file, model._meta.get_field(column).related_model)

        return values_of(fields, table, follow)

    def existing(self, file: ContentFile):
        """An object that a migration or a hand made before the first load, if any."""
        return

    def write_children(self, instance, file: ContentFile) -> None:
        """The rows that hang on the object, besides its citations."""

    def link(self, instance, file: ContentFile) -> None:
        """Ties to objects that may be loaded later than this one."""

    def load(
        self,
        files: list[ContentFile],
        at: datetime,
        tell: Callable[[int], None],
        *,
        afresh: bool,
    ) -> tuple[Tally, list]:
        """Writes what must be written; gives the tally and the objects still to be linked.

        A file with mistakes is left out; those that the models find are noted in it. `tell` gets
        the number of files done. `afresh` writes what is unchanged or edited as well.
        """
        tally, written = Tally(), []
        for number, file in enumerate(files, start=1):
            if not file.mistakes:
                try:
                    with noting_mistakes(file):
                        self._load_one(file, at, tally, written, afresh)
                except Waiting as waiting:
                    tally.skipped.append(f"{self.kind} {file.key}: {waiting} is not there")
            tell(number)
        return tally, written

    def _load_one(self, file, at, tally, written, afresh):
        record = LoadedContent.objects.filter(kind=self.kind, key=file.key).first()
        instance = record and self.model._default_manager.filter(pk=record.object_id).first()
        if record and instance is None:
            tally.skipped.append(f"{self.kind} {file.key}: deleted by an editor")
        elif instance and not afresh and self.fingerprint(instance) != record.fingerprint:
            tally.skipped.append(f"{self.kind} {file.key}: changed by an editor")
        elif instance and not afresh and record.file_digest == file.digest:
            tally.unchanged += 1
        else:
            written.append((self._write(instance or self.existing(file), file, at), file))
            tally.written += 1

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

    def save(self, instance, file: ContentFile, place: str = "") -> None:
        """Saves after the checks that an editor's form would make.

        `place` is where the object stands in the file, if it is not the whole of it.
        """
        try:
            instance.full_clean()
        except ValidationError as error:
            fields = self._fields_of(type(instance))
            raise ContentError(
                *(
                    file.sentence(", ".join(filter(None, (place, _name_of(column, fields)))), text)
                    for column, texts in error.message_dict.items()
                    for text in texts
                )
            ) from error
        instance.save()

    def _fields_of(self, model):
        fields = self.all_fields()
        tables = (one for one in fields.values() if isinstance(one, Tables))
        return next((one.fields for one in tables if model in one.models), fields)

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
            place = f"citations {number}"
            values = self.read(CITATION_FIELDS, Citation, file, table)
            source = self._source(file, table, place)
            citation = Citation(
                target=instance,
                source=source,
                number=number,
                **values | {"supports": ", ".join(values["supports"])},
            )
            if citation.state == Citation.State.CHECKED:
                citation.checked_on = SOURCE_FIELDS["read"].read(table["read"])
            self.save(citation, file, place)

    def _source(self, file, table, place):
        values = self.read(SOURCE_FIELDS, Source, file, table)
        known = ("url",) if values["url"] else ("url", "title", "publisher")
        source = Source.objects.filter(**{name: values[name] for name in known}).first() or Source()
        for name, value in values.items():
            # What an earlier file or an editor said of the same source stands.
            setattr(source, name, getattr(source, name) or value)
        self.save(source, file, place)
        return source


class StartingContent:
    """The files of all kinds, in the order in which one kind needs another."""

    def __init__(self, loaders: list[Loader]):
        self.kinds = [(loader, loader.files()) for loader in loaders]

    def check(self) -> None:
        """Finds every mistake that shows without the database."""
        keys = {
            loader.kind: {loader.called(file) for file in files} for loader, files in self.kinds
        }
        for loader, files in self.kinds:
            readable = [file for file in files if not file.mistakes]
            for file in readable:
                loader.check(file, keys)
            _note_doubles(readable, lambda file: file.data.get("slug"), "slug")
            _note_doubles(readable, loader.called, "number" if loader.numbered else "")

    @property
    def mistakes(self) -> list[str]:
        return [one for _loader, files in self.kinds for file in files for one in file.mistakes]

    def load(self, at: datetime, progress, *, afresh: bool = False) -> None:
        """Writes all kinds, ties them to each other, and tells `progress` of each step.

        Must run in a transaction, which the caller undoes when there are `mistakes`.
        """
        to_finish = []
        for loader, files in self.kinds:
            tally, written = loader.load(
                files, at, partial(progress.step, loader.kind, len(files)), afresh=afresh
            )
            progress.end(loader.kind, files, tally)
            to_finish += [(loader, *pair) for pair in written]
        if self.mistakes:
            return
        for number, (loader, instance, file) in enumerate(to_finish, start=1):
            with noting_mistakes(file):
                loader.finish(instance, file)
            progress.step("ties", len(to_finish), number)


@contextmanager
def noting_mistakes(file: ContentFile):
    """Undoes what was half written when the file turns out to be wrong."""
    try:
        with transaction.atomic():
            yield
    except ContentError as error:
        file.mistakes += error.sentences


def loaded(kind: str, key, file: ContentFile, model: type[models.Model]):
    """The object that another file's key points at; None when an editor deleted it.

    Raises Waiting when it was not loaded.
    """
    record = LoadedContent.objects.filter(kind=kind, key=str(key)).first()
    if record is None:
        raise Waiting(f"{kind} {key}")
    return model._default_manager.filter(pk=record.object_id).first()


def _half_said(citation: dict):
    """What the state of a citation asks for and does not find."""
    if citation.get("state") == Citation.State.CHECKED and "read" not in citation:
        yield "read", 'a checked source was read on a day: write it, such as read = "2026-11-24".'
    if citation.get("state") == Citation.State.DISPUTED and "statement" not in citation:
        yield "statement", "this source says otherwise: write in a sentence what it says."


def _note_doubles(files: Iterable[ContentFile], name_of: Callable, place: str) -> None:
    first: dict[str, ContentFile] = {}
    for file in files:
        name = name_of(file)
        if name is None:
            continue
        if name in first:
            file.mistake(
                place, f"“{name}” stands in {first[name]} as well: give one of them another."
            )
        first.setdefault(name, file)


def _name_of(column: str, fields: dict[str, Field]) -> str:
    """What the files call a column of the model."""
    if column == NON_FIELD_ERRORS:
        return ""
    for name, one in fields.items():
        stem = one.column or name
        if column == stem:
            return name
        if column in columns(stem):
            return f"{name}.{column.removeprefix(f'{stem}_')}"
    return column


def _has_field(model, name):
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True

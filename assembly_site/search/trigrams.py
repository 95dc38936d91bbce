"""The indexes over the folded texts: FTS5 on SQLite, pg_trgm on PostgreSQL; one for a language.

Migrations make them. Whoever lets Django alter the table of entries on SQLite later must call
`make` again in the same migration: Django writes such a table anew, and its triggers are lost.
"""

from assembly_site.languages.texts import LANGUAGE_CODES

TABLE = "search_entry"
COLUMNS = ("folded_title", "folded_others", "folded_words", "folded_summary", "folded_body")

_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)


def make(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in _postgresql() if vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for code in LANGUAGE_CODES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {texts_of(code)}")
        return
    for code in LANGUAGE_CODES:
        for moment in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {texts_of(code)}_{moment}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {texts_of(code)}")


def texts_of(language: str) -> str:
    """The name of the index of a language."""
    return f"search_texts_{language}"


def _postgresql():
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    operators = ", ".join(f"{name} gin_trgm_ops" for name in COLUMNS)
    for code in LANGUAGE_CODES:
        yield (
            f"CREATE INDEX {texts_of(code)} ON {TABLE} USING gin ({operators}) "
            f"WHERE language = '{code}'"
        )


def _sqlite():
    """An index without texts of its own (external content), kept by triggers.

    So it changes in the transaction of the entry, by whatever way the entry is written.
    """
    for code in LANGUAGE_CODES:
        texts = texts_of(code)
        yield (
            f"CREATE VIRTUAL TABLE {texts} USING fts5({_NAMES}, content='{TABLE}', "
            "content_rowid='id', tokenize='trigram')"
        )
        # No value stands in these statements: all names are ours.
        remove = (
            f"INSERT INTO {texts}({texts}, rowid, {_NAMES}) "  # noqa: S608
            f"VALUES ('delete', old.id, {_OLD});"
        )
        add = f"INSERT INTO {texts}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608
        for moment, row, statements in (
            ("insert", "new", add), ("delete", "old", remove), ("update", "old", remove + add),
        ):  # fmt: skip
            yield (
                f"CREATE TRIGGER {texts}_{moment} AFTER {moment.upper()} ON {TABLE} "
                f"WHEN {row}.language = '{code}' BEGIN {statements} END"
            )

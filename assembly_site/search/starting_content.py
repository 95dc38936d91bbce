"""The synonyms from their file."""

from dataclasses import dataclass
from pathlib import Path

from assembly_site.sources.content_fields import Field
from assembly_site.sources.starting_content import Loader, read_tables

from .models import Synonym

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, kw_only=True)
class Phrases(Field):
    """At least two phrases that mean the same; an editor's form divides them by commas."""

    def mistakes(self, name, value, around):
        if not isinstance(value, list) or len(value) < 2:
            yield name, 'a list of at least two is due: write ["Алма-Ата", "Алматы"].'
            return
        for one in value:
            if not isinstance(one, str) or not one.strip() or "," in one:
                yield name, f"“{one}” is not a phrase: each is a text without a comma."

    def read(self, value):
        return ", ".join(value)


class SynonymLoader(Loader):
    kind = "synonym"
    model = Synonym
    fields = {"words": Phrases(required=True)}

    def files(self):
        return read_tables(CONTENT / "synonyms.toml")


LOADERS = [SynonymLoader]

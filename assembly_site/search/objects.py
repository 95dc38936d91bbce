"""The objects of one kind that hold some words, for lists that have filters of their own."""

from .engines import COLUMNS, engine
from .models import Entry, Synonym
from .question import Question

# Not the long text: a list of titles and summaries would not show why something is in it.
IN_LISTS = COLUMNS[:4]


def keys_found(kind: str, text: str, language: str) -> list[int] | None:
    """The keys of the objects; None where there is no word to look for.

    Whether they are public is for the caller to say: an object may have entries before its time.
    """
    question = Question(text, language, Synonym.objects.groups())
    if question.is_empty:
        return None
    fitting = engine().fitting(language, question.readings, IN_LISTS)
    entries = Entry.objects.current().filter(fitting, kind=kind)
    return list(entries.values_list("object_id", flat=True))

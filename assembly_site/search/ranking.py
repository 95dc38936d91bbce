"""In which order entries answer a question: the same on every database.

Exact title, then title, then the words beside it (place, kind, date), summary, text. Among those
that fit equally well, what is ahead stands before what is past.
"""

from collections.abc import Iterable
from datetime import date

from .models import Entry
from .question import COMMON_WORDS, Reading

TITLE, OTHER_TITLES, WORDS, SUMMARY, BODY = range(5)


def ranked(entries: Iterable[Entry], readings: list[Reading], today: date) -> list[Entry]:
    """The entries, which all fit one of the readings, best first."""
    return sorted(entries, key=lambda entry: _key(entry, readings, today))


def _key(entry, readings, today):
    columns = (
        entry.folded_title, entry.folded_others, entry.folded_words, entry.folded_summary,
    )  # fmt: skip
    return min(
        _fit(entry, columns, reading, number, entry.is_past(today))
        for number, reading in enumerate(readings)
    ) + _among_equals(entry, today)


def _fit(entry, columns, reading, number, is_past):
    """How well a reading fits: smaller is better."""
    hits = [_best(columns, word) for word in reading.words]
    worst = max(column for column, _step, _inexact in hits)
    title, phrase = columns[TITLE], f" {reading.text} "
    over = min(_uncovered(one, reading) for one in (title, *columns[OTHER_TITLES].split("\n")))
    is_meant = reading.text in entry.keys.split("\n")
    has_phrase = len(reading.words) > 1 and any(phrase in text for text in columns[: worst + 1])
    return (
        not (is_meant or title == phrase),
        over > 0 or worst > OTHER_TITLES,
        worst,
        not title.startswith(phrase) if len(reading.words) > 1 else False,
        not has_phrase,
        sum(column for column, _step, _inexact in hits),
        sum(step for _column, step, _inexact in hits),
        number,
        is_past,
        over,
        sum(inexact for _column, _step, inexact in hits),
    )


def _uncovered(title, reading):
    """How many telling words of a title nobody asked for."""
    needles = [needle for word in reading.words for meaning in word for needle in meaning.needles]
    return sum(
        word not in COMMON_WORDS and not any(f" {word} ".startswith(one) for one in needles)
        for word in title.split()
    ) or (0 if title else len(reading.words))


def _best(columns, word):
    """Where a word is found best: column, step of the meaning, and whether as a beginning only."""
    return min(
        (
            max(_column_of(columns, needle) for needle in meaning.needles),
            meaning.step,
            sum(not _is_whole(columns, needle) for needle in meaning.needles),
        )
        for meaning in word
    )


def _column_of(columns, needle):
    # What matched and stands in none of these stands in the text, which is not read here.
    return next((place for place, text in enumerate(columns) if needle in text), BODY)


def _is_whole(columns, needle):
    return any(f"{needle.rstrip()} " in text for text in columns)


def _among_equals(entry, today):
    is_past = entry.is_past(today)
    if entry.last_day is None:
        day = 0
    else:
        # The soonest first of what is ahead, the latest first of what is past.
        day = -entry.last_day.toordinal() if is_past else entry.last_day.toordinal()
    return entry.weight, day, len(entry.folded_title), entry.kind, entry.object_id

from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.dates import (
    PartialDate,
    write_circa,
    write_date,
    write_quarter,
    write_span,
    write_weekday,
)

SPANS = [
    ("1995", None, "1995 жыл", "1995 г.", "1995"),
    ("1995", "2002", "1995–2002 жылдар", "1995–2002 гг.", "1995–2002"),
    ("1995-03", None, "1995 жылғы наурыз", "март 1995 г.", "March 1995"),
    ("1995-03-01", None, "1995 жылғы 1 наурыз", "1 марта 1995 г.", "1 March 1995"),
    ("2026-06-05", "2026-06-07", "2026 жылғы 5–7 маусым", "5–7 июня 2026 г.", "5–7 June 2026"),
    (
        "2026-05-30",
        "2026-06-02",
        "2026 жылғы 30 мамыр – 2 маусым",
        "30 мая — 2 июня 2026 г.",
        "30 May – 2 June 2026",
    ),
    (
        "2025-12-30",
        "2026-01-02",
        "2025 жылғы 30 желтоқсан – 2026 жылғы 2 қаңтар",
        "30 декабря 2025 г. — 2 января 2026 г.",
        "30 December 2025 – 2 January 2026",
    ),
    (
        "2025-01",
        "2025-02",
        "2025 жылғы қаңтар – ақпан",
        "январь — февраль 2025 г.",
        "January – February 2025",
    ),
]


@pytest.mark.parametrize(("first", "last", "kk", "ru", "en"), SPANS)
def test_spans_are_written_in_words_of_each_language(first, last, kk, ru, en):
    last = PartialDate.parse(last) if last else None
    written = [write_span(PartialDate.parse(first), last, code) for code in ("kk", "ru", "en")]

    assert [text.replace("\u00a0", " ") for text in written] == [kk, ru, en]


def test_an_estimate_says_so():
    assert write_circa("1992 жыл", "kk") == "шамамен 1992 жыл"


def test_quarters_and_weekdays_have_words_too():
    assert write_quarter(2026, 2, "kk") == "2026 жылғы II тоқсан"
    assert write_weekday(date(2026, 6, 6), "ru").replace("\u00a0", " ") == "суббота, 6 июня"
    assert write_weekday(date(2026, 6, 6), "kk").replace("\u00a0", " ") == "6 маусым, сенбі"


def test_a_plain_date_reads_like_a_partial_one():
    assert write_date(date(2025, 3, 1), "en") == write_date(PartialDate(2025, 3, 1), "en")


@pytest.mark.parametrize("text", ["1995", "03.1995", "1995-03", "01.03.1995", "1995-3-1"])
def test_editors_may_write_dates_as_they_are_used_to(text):
    assert PartialDate.parse(text).year == 1995


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31.06.2025", "“31.06.2025” is not a date: that month has 30 days."),
        ("2025-13", "“2025-13” is not a date: there is no month 13."),
        ("00.06.2025", "“00.06.2025” is not a date."),
        (
            "soon",
            "“soon” is not a date. Write a year (1995), a month (03.1995) or a day (01.03.1995).",
        ),
    ],
)
def test_an_impossible_date_is_refused_with_a_sentence(text, sentence):
    from django.utils import translation

    with translation.override("en"), pytest.raises(ValidationError) as caught:
        PartialDate.parse(text)

    with translation.override("en"):
        assert caught.value.messages == [sentence]


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["year", "month", "day"]))
def test_what_is_written_as_iso_is_read_back_the_same(day, precision):
    value = {
        "year": PartialDate(day.year),
        "month": PartialDate(day.year, day.month),
        "day": PartialDate(day.year, day.month, day.day),
    }[precision]

    assert PartialDate.parse(value.isoformat()) == value


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_stored_texts_sort_as_the_days_do(one, other):
    texts = [PartialDate(day.year, day.month, day.day).isoformat() for day in (one, other)]

    assert (texts[0] < texts[1]) == (one < other)


@given(st.text(max_size=30))
def test_any_other_text_is_refused_and_never_breaks(text):
    with suppress(ValidationError):
        PartialDate.parse(text)

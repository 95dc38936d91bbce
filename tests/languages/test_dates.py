import re
from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.dates import (
    MONTHS,
    MONTHS_DECLINED,
    MONTHS_IN_DATES,
    PartialDate,
    month_name,
    write_about,
    write_date,
    write_quarter,
    write_since,
    write_span,
    write_term,
    write_until,
    write_weekday,
    write_when,
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


LANGUAGES = ("kk", "ru", "en")


def _in_every_language(write, *dates):
    parsed = [PartialDate.parse(one) if one else None for one in dates]
    return [write(*parsed, language=code).replace("\u00a0", " ") for code in LANGUAGES]


@pytest.mark.parametrize(
    ("first", "last", "kk", "ru", "en"),
    [
        ("1995", None, "1995 жылы", "в 1995 г.", "in 1995"),
        ("1995-03", None, "1995 жылғы наурызда", "в марте 1995 г.", "in March 1995"),
        ("1995-03-01", None, "1995 жылғы 1 наурызда", "1 марта 1995 г.", "on 1 March 1995"),
        ("1995", "2002", "1995–2002 жылдары", "в 1995–2002 гг.", "in 1995–2002"),
        (
            "2025-01",
            "2025-02",
            "2025 жылғы қаңтар – ақпан айларында",
            "в январе — феврале 2025 г.",
            "in January – February 2025",
        ),
        (
            "2026-06-05",
            "2026-06-07",
            "2026 жылғы 5–7 маусымда",
            "5–7 июня 2026 г.",
            "on 5–7 June 2026",
        ),
        (
            "2026-05-02",
            "2026-06-02",
            "2026 жылғы 2 мамырдан 2 маусымға дейін",
            "со 2 мая по 2 июня 2026 г.",
            "from 2 May to 2 June 2026",
        ),
        (
            "2008",
            "2016-11-29",
            "2008 жылдан 2016 жылғы 29 қарашаға дейін",
            "с 2008 г. по 29 ноября 2016 г.",
            "from 2008 to 29 November 2016",
        ),
        (
            "1999-12",
            "2000-01",
            "1999 жылғы желтоқсаннан 2000 жылғы қаңтарға дейін",
            "с декабря 1999 г. по январь 2000 г.",
            "from December 1999 to January 2000",
        ),
    ],
)
def test_when_something_happened_is_declined_for_a_sentence(first, last, kk, ru, en):
    assert _in_every_language(write_when, first, last) == [kk, ru, en]


@pytest.mark.parametrize(
    ("first", "last", "kk", "ru", "en"),
    [
        ("2008", None, "2008 жылдан", "с 2008 г.", "since 2008"),
        ("2019-04", None, "2019 жылғы сәуірден", "с апреля 2019 г.", "since April 2019"),
        (
            "2021-04-28",
            None,
            "2021 жылғы 28 сәуірден",
            "с 28 апреля 2021 г.",
            "since 28 April 2021",
        ),
        ("2021-04-02", None, "2021 жылғы 2 сәуірден", "со 2 апреля 2021 г.", "since 2 April 2021"),
        (None, "2016", "2016 жылға дейін", "до 2016 г.", "until 2016"),
        (None, "2016-11", "2016 жылғы қарашаға дейін", "до ноября 2016 г.", "until November 2016"),
        (
            None,
            "2016-11-29",
            "2016 жылғы 29 қарашаға дейін",
            "до 29 ноября 2016 г.",
            "until 29 November 2016",
        ),
        (
            "2008",
            "2016",
            "2008 жылдан 2016 жылға дейін",
            "с 2008 г. по 2016 г.",
            "from 2008 to 2016",
        ),
        (
            "2015-02",
            "2016-11-29",
            "2015 жылғы ақпаннан 2016 жылғы 29 қарашаға дейін",
            "с февраля 2015 г. по 29 ноября 2016 г.",
            "from February 2015 to 29 November 2016",
        ),
        (None, None, "", "", ""),
    ],
)
def test_a_term_says_since_until_or_both(first, last, kk, ru, en):
    assert _in_every_language(write_term, first, last) == [kk, ru, en]


def test_since_and_until_can_be_asked_for_by_themselves():
    assert write_since(date(2008, 10, 20), "ru") == "с\u00a020\u00a0октября 2008\u00a0г."
    assert write_until(PartialDate(2016), "kk") == "2016 жылға дейін"


@pytest.mark.parametrize(
    ("first", "last", "kk", "ru", "en"),
    [
        ("1995", None, "шамамен 1995 жыл", "около 1995 г.", "about 1995"),
        ("1995-03", None, "шамамен 1995 жылғы наурыз", "около марта 1995 г.", "about March 1995"),
        (
            "1995-03-01",
            None,
            "шамамен 1995 жылғы 1 наурыз",
            "около 1 марта 1995 г.",
            "about 1 March 1995",
        ),
        ("1995", "1999", "шамамен 1995–1999 жылдар", "около 1995–1999 гг.", "about 1995–1999"),
        (
            "1995-01",
            "1995-02",
            "шамамен 1995 жылғы қаңтар – ақпан",
            "около января — февраля 1995 г.",
            "about January – February 1995",
        ),
        (
            "1995",
            "1996-03",
            "шамамен 1995 жыл – 1996 жылғы наурыз",
            "около 1995 г. — марта 1996 г.",
            "about 1995 – March 1996",
        ),
    ],
)
def test_an_estimate_says_so(first, last, kk, ru, en):
    assert _in_every_language(write_about, first, last) == [kk, ru, en]


BACK_VOWELS, FRONT_VOWELS = "аоұыуя", "әөүіеи"


@pytest.mark.parametrize("month", range(1, 13))
def test_kazakh_endings_of_months_are_in_harmony_with_their_last_vowel(month):
    """«наурызда, наурыздан, наурызға», but «сәуірде, сәуірден, сәуірге»."""
    name = month_name(month, "kk")
    # «у» stands in words of both kinds, so the vowel before it decides: «сәуір», «маусым».
    last_vowel = [sign for sign in name if sign in BACK_VOWELS + FRONT_VOWELS][-1]
    day = PartialDate(1995, month)

    for written in (write_when(day, None, "kk"), write_since(day, "kk"), write_until(day, "kk")):
        declined = written.removesuffix(" дейін").split()[-1]
        ending = declined.removeprefix(name)
        assert declined.startswith(name)
        assert ending
        vowel = next(sign for sign in ending if sign in "ае")
        assert vowel == ("а" if last_vowel in BACK_VOWELS else "е"), declined


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
        (
            "00.06.2025",
            "“00.06.2025” is not a date. "
            "Write a year (1995), a month (03.1995) or a day (01.03.1995).",
        ),
        (
            "1 March\x00 1995, or so",
            "“1 March  1995, or so” is not a date. "
            "Write a year (1995), a month (03.1995) or a day (01.03.1995).",
        ),
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


@st.composite
def partial_dates(draw):
    """Years of four figures, months and days, close enough to each other to share their parts."""
    day = draw(st.dates(min_value=date(1994, 11, 1), max_value=date(1996, 2, 29)))
    parts = draw(st.sampled_from([1, 2, 3]))
    return PartialDate(*(day.year, day.month, day.day)[:parts])


EXACTNESS = {"year": 0, "month": 1, "day": 2}


@given(partial_dates(), partial_dates())
def test_dates_sort_as_their_texts_do_by_the_first_day_and_the_less_exact_first(one, other):
    by_rule = [(day.first_day, EXACTNESS[day.precision]) for day in (one, other)]
    texts = [one.isoformat(), other.isoformat()]

    assert (texts[0] < texts[1]) == (by_rule[0] < by_rule[1])
    assert (one < other, one <= other) == (texts[0] < texts[1], texts[0] <= texts[1])
    assert (one > other, one >= other) == (texts[0] > texts[1], texts[0] >= texts[1])


def test_a_year_stands_before_its_months_and_a_month_before_its_days():
    days = [PartialDate.parse(one) for one in ("1995-03-01", "1996", "1995-03", "1994-12", "1995")]

    assert list(map(str, sorted(days))) == ["1994-12", "1995", "1995-03", "1995-03-01", "1996"]


# Every form of a month's name, and its number.
MONTH_OF = {
    code: {
        name.lower(): number
        for names in (MONTHS[code], MONTHS_IN_DATES[code], *MONTHS_DECLINED[code].values())
        for number, name in enumerate(names.split(), start=1)
    }
    for code in LANGUAGES
}


@given(
    partial_dates(),
    st.one_of(st.none(), partial_dates()),
    st.sampled_from([write_span, write_about, write_when, write_term]),
    st.sampled_from(LANGUAGES),
)
def test_no_day_and_no_month_is_ever_invented_on_the_screen(first, last, write, code):
    known = [one for one in (first, last) if one]

    written = write(first, last, code)

    numbers = {int(number) for number in re.findall(r"\d+", written)}
    words = re.findall(r"[^\W\d]+", written.lower())
    assert numbers == {number for one in known for number in (one.year, one.day) if number}
    assert {MONTH_OF[code][word] for word in words if word in MONTH_OF[code]} == {
        one.month for one in known if one.month
    }


@given(partial_dates(), st.sampled_from(LANGUAGES))
def test_a_date_written_for_editors_is_read_back_the_same(day, code):
    backwards = ".".join(reversed(day.isoformat().split("-")))

    assert PartialDate.parse(backwards) == day
    assert PartialDate.parse(str(PartialDate.parse(backwards))) == day


@given(st.text(max_size=30))
def test_any_other_text_is_refused_and_never_breaks(text):
    with suppress(ValidationError):
        PartialDate.parse(text)

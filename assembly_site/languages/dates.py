"""Dates of which only a part may be known, and how they are written in each language.

A date is "1995", "1995-03" or "1995-03-01" and keeps that precision everywhere: no day is ever
invented. It sorts as its text does: by its first day, and of those with one first day the less
exact comes first, so 1995 stands before its months, and March 1995 before its days. Python, SQLite
and PostgreSQL agree on that.

How a date is written depends on its place in the sentence. `write_span` gives it as it stands
alone; `write_when`, `write_since`, `write_until` and `write_term` decline it for a sentence. Their
words are tables: a row a form, a column what of the date is known.
"""

import calendar
import re
from datetime import date
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .texts import printable

NO_BREAK_SPACE = "\u00a0"

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "en": "January February March April May June July August September October November December",
}
MONTHS_IN_DATES = {
    "kk": MONTHS["kk"],
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": MONTHS["en"],
}
# The endings that sentences ask for: in a month, from it on, up to it.
MONTHS_DECLINED = {
    "kk": {
        "in": "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте "
        "қазанда қарашада желтоқсанда",
        "from": "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан "
        "қыркүйектен қазаннан қарашадан желтоқсаннан",
        "to": "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке "
        "қазанға қарашаға желтоқсанға",
    },
    "ru": {
        "in": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    },
    "en": {},
}
WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
WEEKDAYS_SHORT = {
    "kk": "дс сс ср бс жм сб жс",
    "ru": "пн вт ср чт пт сб вс",
    "en": "Mon Tue Wed Thu Fri Sat Sun",
}
QUARTERS = ["I", "II", "III", "IV"]


# How a date, or a span of two, is written. y, d, m are year, day and month, y2, d2, m2 those of the
# last day; m_of is the month after a day, m_in, m_from, m_to are declined; ~ is a no-break space.
# "apart" are two dates with nothing in common: the form of each, and what stands between.
PATTERNS = {
    "kk": {
        "alone": {
            "year": "{y} жыл",
            "month": "{y} жылғы {m}",
            "day": "{y} жылғы {d}~{m}",
            "years": "{y}–{y2} жылдар",
            "months": "{y} жылғы {m} – {m2}",
            "days": "{y} жылғы {d}–{d2}~{m}",
            "days of months": "{y} жылғы {d}~{m} – {d2}~{m2}",
            "apart": ("alone", " – ", "alone"),
        },
        "when": {
            "year": "{y} жылы",
            "month": "{y} жылғы {m_in}",
            "day": "{y} жылғы {d}~{m_in}",
            "years": "{y}–{y2} жылдары",
            "months": "{y} жылғы {m} – {m2} айларында",
            "days": "{y} жылғы {d}–{d2}~{m_in}",
            "days of months": "{y} жылғы {d}~{m_from} {d2}~{m2_to} дейін",
            "apart": ("from", " ", "to"),
        },
        "from": {
            "year": "{y} жылдан",
            "month": "{y} жылғы {m_from}",
            "day": "{y} жылғы {d}~{m_from}",
        },
        "to": {
            "year": "{y} жылға дейін",
            "month": "{y} жылғы {m_to} дейін",
            "day": "{y} жылғы {d}~{m_to} дейін",
        },
    },
    "ru": {
        "alone": {
            "year": "{y}~г.",
            "month": "{m} {y}~г.",
            "day": "{d}~{m_of} {y}~г.",
            "years": "{y}–{y2}~гг.",
            "months": "{m} — {m2} {y}~г.",
            "days": "{d}–{d2}~{m_of} {y}~г.",
            "days of months": "{d}~{m_of} — {d2}~{m2_of} {y}~г.",
            "apart": ("alone", " — ", "alone"),
        },
        # After «около».
        "of": {
            "year": "{y}~г.",
            "month": "{m_of} {y}~г.",
            "day": "{d}~{m_of} {y}~г.",
            "years": "{y}–{y2}~гг.",
            "months": "{m_of} — {m2_of} {y}~г.",
            "days": "{d}–{d2}~{m_of} {y}~г.",
            "days of months": "{d}~{m_of} — {d2}~{m2_of} {y}~г.",
            "apart": ("of", " — ", "of"),
        },
        "when": {
            "year": "в~{y}~г.",
            "month": "в~{m_in} {y}~г.",
            "day": "{d}~{m_of} {y}~г.",
            "years": "в~{y}–{y2}~гг.",
            "months": "в~{m_in} — {m2_in} {y}~г.",
            "days": "{d}–{d2}~{m_of} {y}~г.",
            "days of months": "{from_day}~{d}~{m_of} по~{d2}~{m2_of} {y}~г.",
            "apart": ("from", " ", "through"),
        },
        "from": {
            "year": "с~{y}~г.",
            "month": "с~{m_of} {y}~г.",
            "day": "{from_day}~{d}~{m_of} {y}~г.",
        },
        "to": {
            "year": "до~{y}~г.",
            "month": "до~{m_of} {y}~г.",
            "day": "до~{d}~{m_of} {y}~г.",
        },
        "through": {
            "year": "по~{y}~г.",
            "month": "по~{m} {y}~г.",
            "day": "по~{d}~{m_of} {y}~г.",
        },
    },
    "en": {
        "alone": {
            "year": "{y}",
            "month": "{m} {y}",
            "day": "{d}~{m} {y}",
            "years": "{y}–{y2}",
            "months": "{m} – {m2} {y}",
            "days": "{d}–{d2}~{m} {y}",
            "days of months": "{d}~{m} – {d2}~{m2} {y}",
            "apart": ("alone", " – ", "alone"),
        },
        "when": {
            "year": "in {y}",
            "month": "in {m} {y}",
            "day": "on {d}~{m} {y}",
            "years": "in {y}–{y2}",
            "months": "in {m} – {m2} {y}",
            "days": "on {d}–{d2}~{m} {y}",
            "days of months": "from {d}~{m} to {d2}~{m2} {y}",
            "apart": ("from", " ", "through"),
        },
        "since": {"year": "since {y}", "month": "since {m} {y}", "day": "since {d}~{m} {y}"},
        "from": {"year": "from {y}", "month": "from {m} {y}", "day": "from {d}~{m} {y}"},
        "to": {"year": "until {y}", "month": "until {m} {y}", "day": "until {d}~{m} {y}"},
        "through": {"year": "to {y}", "month": "to {m} {y}", "day": "to {d}~{m} {y}"},
    },
}
# «около» and the form that follows it.
ABOUT = {"kk": ("шамамен ", "alone"), "ru": ("около ", "of"), "en": ("about ", "alone")}


class PartialDate(NamedTuple):
    """A year, perhaps with a month, perhaps with a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """From "1995", "1995-03", "1995-03-01", "03.1995" or "01.03.1995".

        Raises ValidationError with a sentence for the reader.
        """
        text = printable(text).strip()
        turned = re.fullmatch(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", text)
        if turned:
            day, month, year = turned.groups()
        else:
            straight = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
            if not straight:
                raise cls._no_date(text)
            year, month, day = straight.groups()
        return cls._checked(text, int(year), month and int(month), day and int(day))

    @classmethod
    def _checked(cls, text, year, month, day):
        if month and not 1 <= month <= 12:
            raise ValidationError(
                _("“%(value)s” is not a date: there is no month %(month)s."),
                code="no-such-month",
                params={"value": text, "month": month},
            )
        if year == 0 or month == 0 or day == 0:
            raise cls._no_date(text)
        if day and day > calendar.monthrange(year, month)[1]:
            raise ValidationError(
                _("“%(value)s” is not a date: that month has %(days)s days."),
                code="no-such-day",
                params={"value": text, "days": calendar.monthrange(year, month)[1]},
            )
        return cls(year, month, day)

    @staticmethod
    def _no_date(text):
        return ValidationError(
            _(
                "“%(value)s” is not a date. Write a year (1995), a month (03.1995) "
                "or a day (01.03.1995)."
            ),
            code="not-a-date",
            params={"value": text[:40]},
        )

    # The order of tuples fails at the first unknown part; the order of the texts is the rule.
    def __lt__(self, other):
        return self.isoformat() < other.isoformat()

    def __le__(self, other):
        return self.isoformat() <= other.isoformat()

    def __gt__(self, other):
        return self.isoformat() > other.isoformat()

    def __ge__(self, other):
        return self.isoformat() >= other.isoformat()

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """As `<time datetime>` and ISO 8601 have it: 1995, 1995-03 or 1995-03-01."""
        parts = [
            f"{self.year:04}",
            self.month and f"{self.month:02}",
            self.day and f"{self.day:02}",
        ]
        return "-".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.isoformat()


class PartialDateFormField(forms.CharField):
    """One line; takes what `PartialDate.parse` takes.

    Without a limit of letters, so that a date in words is answered by how to write it.
    """

    def __init__(self, **kwargs):
        kwargs.pop("max_length", None)
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 12, "inputmode": "numeric"}))
        kwargs.setdefault("help_text", _("A year, 03.1995 or 01.03.1995: as much as is known."))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return PartialDate.parse(text) if text else None

    def has_changed(self, initial, data):
        try:
            return PartialDate.parse(str(initial)) != PartialDate.parse(data)
        except ValidationError:
            return str(initial or "") != (data or "")


class PartialDateField(models.CharField):
    """Stores the ISO text (it sorts as it should); Python sees a PartialDate or None."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return PartialDate.parse(value) if value else None

    def to_python(self, value):
        if value is None or isinstance(value, PartialDate):
            return value
        return PartialDate.parse(value) if value else None

    def get_prep_value(self, value):
        if isinstance(value, PartialDate):
            return value.isoformat()
        return value or (None if self.null else "")

    def value_to_string(self, obj):
        return str(self.value_from_object(obj) or "")

    def validate(self, value, model_instance):
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value):
        """Parsing has checked all there is to check."""

    def formfield(self, **kwargs):
        kwargs.pop("max_length", None)
        return models.Field.formfield(
            self, **{"form_class": PartialDateFormField, "required": not self.blank, **kwargs}
        )


def check_span(first: PartialDate | None, last: PartialDate | None, field: str, sentence) -> None:
    """Raises ValidationError at `field` for a last date that the order of the texts puts first.

    `sentence` says so of a date that is before; one that is only less exact has its own.
    """
    if not (first and last) or last >= first:
        return
    if last.last_day >= first.first_day:
        sentence = _("“Until” is less exact than the beginning: write its month or day as well.")
    raise ValidationError({field: sentence})


def month_name(month: int, language: str) -> str:
    """The name as it stands alone, as inside a sentence (lower case in Kazakh and Russian)."""
    return _nth(MONTHS[language], month)


def weekday_short_name(day: date, language: str) -> str:
    return WEEKDAYS_SHORT[language].split()[day.weekday()]


def weekday_name(day: date, language: str) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


def write_day_of_year(month: int, day: int, language: str | None = None) -> str:
    """A day in no year: «1 наурыз», «1 марта», "1 March"."""
    return f"{day}{NO_BREAK_SPACE}{_nth(MONTHS_IN_DATES[_language(language)], month)}"


def write_date(value: PartialDate | date, language: str | None = None) -> str:
    """One date as it stands alone: «2026 жылғы 5 маусым», «5 июня 2026 г.», "5 June 2026"."""
    return write_span(value, None, language)


def write_span(
    first: PartialDate | date, last: PartialDate | date | None, language: str | None = None
) -> str:
    """A span of dates as it stands alone, no part said twice: «2026 жылғы 5–7 маусым»."""
    return _written("alone", first, last, language)


def write_about(
    first: PartialDate | date, last: PartialDate | date | None = None, language: str | None = None
) -> str:
    """A date that is an estimate: «шамамен 1995 жыл», «около марта 1995 г.», "about 1995"."""
    about, form = ABOUT[_language(language)]
    return about + _written(form, first, last, language)


def write_when(
    first: PartialDate | date, last: PartialDate | date | None = None, language: str | None = None
) -> str:
    """When something happened, for a sentence: «1995 жылғы наурызда», «в марте 1995 г.»."""
    return _written("when", first, last, language)


def write_since(first: PartialDate | date, language: str | None = None) -> str:
    """What began and of which no end is known: «2008 жылдан», «с 2008 г.», "since 2008"."""
    return _written("since", first, None, language)


def write_until(last: PartialDate | date, language: str | None = None) -> str:
    """What ended and of which no beginning is known: «2016 жылға дейін», «до 2016 г.»."""
    return _written("to", last, None, language)


def write_term(
    first: PartialDate | date | None,
    last: PartialDate | date | None,
    language: str | None = None,
) -> str:
    """From a date to a date, as far as they are known; empty when neither is.

    «2008 жылдан 2016 жылға дейін», «с 2008 г. по 2016 г.», "from 2008 to 2016".
    """
    if first and last:
        return (
            _written("from", first, None, language)
            + " "
            + _written("through", last, None, language)
        )
    if first:
        return write_since(first, language)
    return write_until(last, language) if last else ""


# Where a language says two things in one way.
_LIKE = {"since": "from", "through": "to"}


def _written(form, first, last, language):
    language = _language(language)
    first, last = _partial(first), _partial(last)
    forms = PATTERNS[language]
    patterns = forms.get(form) or forms[_LIKE[form]]
    shape = _shape(first, last)
    if shape == "apart":
        form_of_first, between, form_of_last = patterns[shape]
        ends = (
            _written(form_of_first, first, None, language),
            _written(form_of_last, last, None, language),
        )
        return between.join(ends)
    words = _words(first, language) | {
        f"{name[:1]}2{name[1:]}": word for name, word in _words(last or first, language).items()
    }
    return patterns[shape].format_map(words).replace("~", NO_BREAK_SPACE)


def _shape(first, last):
    """What of a date is known; of a span, what its ends have in common."""
    if last is None or last == first:
        return first.precision
    if first.precision != last.precision:
        return "apart"
    if first.precision == "year":
        return "years"
    if first.year != last.year:
        return "apart"
    if first.precision == "month":
        return "months"
    return "days" if first.month == last.month else "days of months"


def _words(value, language):
    words = {"y": value.year, "d": value.day}
    if value.month:
        forms = {"": MONTHS, "_of": MONTHS_IN_DATES}
        words |= {f"m{form}": _nth(names[language], value.month) for form, names in forms.items()}
        words |= {
            f"m_{form}": _nth(names, value.month)
            for form, names in MONTHS_DECLINED[language].items()
        }
    # «со 2 марта»: the ordinal begins with two consonants.
    words["from_day"] = "со" if value.day == 2 else "с"
    return words


def _nth(names, number):
    return names.split()[number - 1]


def _language(language):
    return language or get_language() or "kk"


def _partial(value):
    if value is None or isinstance(value, PartialDate):
        return value
    return PartialDate(value.year, value.month, value.day)


def _without_year(value, language):
    return f"{value.day}{NO_BREAK_SPACE}{_nth(MONTHS_IN_DATES[language], value.month)}"


def write_quarter(year: int, quarter: int, language: str | None = None) -> str:
    """A quarter of a year: «2026 жылғы II тоқсан»."""
    language = _language(language)
    sign = QUARTERS[quarter - 1]
    return {
        "kk": f"{year} жылғы {sign} тоқсан",
        "ru": f"{sign} квартал {year}{NO_BREAK_SPACE}г.",
        "en": f"quarter {sign} of {year}",
    }[language]


def write_day(day: date, language: str | None = None) -> str:
    """A day without its year: «6 маусым», «6 июня», "6 June"."""
    return _without_year(day, _language(language))


def write_weekday(day: date, language: str | None = None) -> str:
    """A day heading: «6 маусым, сенбі», «суббота, 6 июня», "Saturday 6 June"."""
    language = _language(language)
    name = weekday_name(day, language)
    date_text = _without_year(day, language)
    return {
        "kk": f"{date_text}, {name}",
        "ru": f"{name}, {date_text}",
        "en": f"{name} {date_text}",
    }[language]

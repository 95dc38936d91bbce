"""Dates of which only a part may be known, and how they are written in each language.

A date is "1995", "1995-03" or "1995-03-01" and keeps that precision everywhere: it sorts as
text, and no day is ever invented.
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
        text = text.strip()
        turned = re.fullmatch(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", text)
        if turned:
            day, month, year = turned.groups()
        else:
            straight = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
            if not straight:
                raise ValidationError(
                    _(
                        "“%(value)s” is not a date. Write a year (1995), a month (03.1995) "
                        "or a day (01.03.1995)."
                    ),
                    code="not-a-date",
                    params={"value": text[:40]},
                )
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
        if not 1 <= year <= 9999 or month == 0 or day == 0:
            raise ValidationError(
                _("“%(value)s” is not a date."), code="not-a-date", params={"value": text}
            )
        if day and day > calendar.monthrange(year, month)[1]:
            raise ValidationError(
                _("“%(value)s” is not a date: that month has %(days)s days."),
                code="no-such-day",
                params={"value": text, "days": calendar.monthrange(year, month)[1]},
            )
        return cls(year, month, day)

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
    """One line; takes what `PartialDate.parse` takes."""

    def __init__(self, **kwargs):
        kwargs["max_length"] = 10
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


def month_name(month: int, language: str) -> str:
    """The name as it stands alone, as inside a sentence (lower case in Kazakh and Russian)."""
    return MONTHS[language].split()[month - 1]


def weekday_short_name(day: date, language: str) -> str:
    return WEEKDAYS_SHORT[language].split()[day.weekday()]


def weekday_name(day: date, language: str) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


def _month_in_date(month, language):
    return MONTHS_IN_DATES[language].split()[month - 1]


def write_day_of_year(month: int, day: int, language: str | None = None) -> str:
    """A day in no year: «1 наурыз», «1 марта», "1 March"."""
    return f"{day}{NO_BREAK_SPACE}{_month_in_date(month, language or get_language() or 'kk')}"


def write_date(value: PartialDate | date, language: str | None = None) -> str:
    """One date in words: «2026 жылғы 5 маусым», «5 июня 2026 г.», "5 June 2026"."""
    return write_span(value, None, language)


def write_span(
    first: PartialDate | date, last: PartialDate | date | None, language: str | None = None
) -> str:
    """A range of dates in words, no part said twice: «2026 жылғы 5–7 маусым»."""
    language = language or get_language() or "kk"
    first, last = _partial(first), _partial(last)
    if last is None or last == first:
        return _SINGLE[language](first)
    if first.precision != last.precision or first.year != last.year:
        return _far_apart(first, last, language)
    if first.precision == "day" and first.month == last.month:
        return _DAYS[language](first, last)
    return _MONTHS_APART[language](first, last)


def _partial(value):
    if value is None or isinstance(value, PartialDate):
        return value
    return PartialDate(value.year, value.month, value.day)


def _far_apart(first, last, language):
    if first.precision == last.precision == "year":
        return {
            "kk": f"{first.year}–{last.year} жылдар",
            "ru": f"{first.year}–{last.year}{NO_BREAK_SPACE}гг.",
            "en": f"{first.year}–{last.year}",
        }[language]
    dash = " — " if language == "ru" else " – "
    return _SINGLE[language](first) + dash + _SINGLE[language](last)


def _single_kk(value):
    if value.precision == "year":
        return f"{value.year} жыл"
    month = month_name(value.month, "kk")
    if value.precision == "month":
        return f"{value.year} жылғы {month}"
    return f"{value.year} жылғы {value.day}{NO_BREAK_SPACE}{month}"


def _single_ru(value):
    year = f"{value.year}{NO_BREAK_SPACE}г."
    if value.precision == "year":
        return year
    if value.precision == "month":
        return f"{month_name(value.month, 'ru')} {year}"
    return f"{value.day}{NO_BREAK_SPACE}{_month_in_date(value.month, 'ru')} {year}"


def _single_en(value):
    if value.precision == "year":
        return str(value.year)
    if value.precision == "month":
        return f"{month_name(value.month, 'en')} {value.year}"
    return f"{value.day}{NO_BREAK_SPACE}{month_name(value.month, 'en')} {value.year}"


_SINGLE = {"kk": _single_kk, "ru": _single_ru, "en": _single_en}

_DAYS = {
    "kk": lambda a, b: f"{a.year} жылғы {a.day}–{b.day}{NO_BREAK_SPACE}{month_name(a.month, 'kk')}",
    "ru": lambda a, b: (
        f"{a.day}–{b.day}{NO_BREAK_SPACE}{_month_in_date(a.month, 'ru')} {a.year}{NO_BREAK_SPACE}г."
    ),
    "en": lambda a, b: f"{a.day}–{b.day}{NO_BREAK_SPACE}{month_name(a.month, 'en')} {a.year}",
}


def _without_year(value, language):
    if value.precision == "month":
        return month_name(value.month, language)
    return f"{value.day}{NO_BREAK_SPACE}{_month_in_date(value.month, language)}"


_MONTHS_APART = {
    "kk": lambda a, b: f"{a.year} жылғы {_without_year(a, 'kk')} – {_without_year(b, 'kk')}",
    "ru": lambda a, b: (
        f"{_without_year(a, 'ru')} — {_without_year(b, 'ru')} {a.year}{NO_BREAK_SPACE}г."
    ),
    "en": lambda a, b: f"{_without_year(a, 'en')} – {_without_year(b, 'en')} {a.year}",
}

_CIRCA = {"kk": "шамамен {}", "ru": "около {}", "en": "about {}"}


def write_circa(text: str, language: str | None = None) -> str:
    """Marks a written date as an estimate."""
    return _CIRCA[language or get_language() or "kk"].format(text)


def write_quarter(year: int, quarter: int, language: str | None = None) -> str:
    """A quarter of a year: «2026 жылғы II тоқсан»."""
    language = language or get_language() or "kk"
    sign = QUARTERS[quarter - 1]
    return {
        "kk": f"{year} жылғы {sign} тоқсан",
        "ru": f"{sign} квартал {year}{NO_BREAK_SPACE}г.",
        "en": f"quarter {sign} of {year}",
    }[language]


def write_day(day: date, language: str | None = None) -> str:
    """A day without its year: «6 маусым», «6 июня», "6 June"."""
    return _without_year(_partial(day), language or get_language() or "kk")


def write_weekday(day: date, language: str | None = None) -> str:
    """A day heading: «6 маусым, сенбі», «суббота, 6 июня», "Saturday 6 June"."""
    language = language or get_language() or "kk"
    name = weekday_name(day, language)
    date_text = f"{day.day}{NO_BREAK_SPACE}{_month_in_date(day.month, language)}"
    return {
        "kk": f"{date_text}, {name}",
        "ru": f"{name}, {date_text}",
        "en": f"{name} {date_text}",
    }[language]

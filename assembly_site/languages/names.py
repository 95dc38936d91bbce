"""Names of the languages in which sources are written, as a sentence needs them."""

from django.utils.translation import gettext_lazy as _

IN_LANGUAGE = {
    "kk": _("in Kazakh"),
    "ru": _("in Russian"),
    "en": _("in English"),
    "ar": _("in Arabic"),
    "az": _("in Azerbaijani"),
    "be": _("in Belarusian"),
    "bg": _("in Bulgarian"),
    "cs": _("in Czech"),
    "de": _("in German"),
    "el": _("in Greek"),
    "es": _("in Spanish"),
    "fa": _("in Persian"),
    "fr": _("in French"),
    "he": _("in Hebrew"),
    "hu": _("in Hungarian"),
    "hy": _("in Armenian"),
    "it": _("in Italian"),
    "ja": _("in Japanese"),
    "ka": _("in Georgian"),
    "ko": _("in Korean"),
    "ky": _("in Kyrgyz"),
    "mn": _("in Mongolian"),
    "nl": _("in Dutch"),
    "pl": _("in Polish"),
    "pt": _("in Portuguese"),
    "tg": _("in Tajik"),
    "tk": _("in Turkmen"),
    "tr": _("in Turkish"),
    "tt": _("in Tatar"),
    "ug": _("in Uyghur"),
    "uk": _("in Ukrainian"),
    "uz": _("in Uzbek"),
    "zh": _("in Chinese"),
}


def in_language(code: str) -> str:
    """«қазақ тілінде», «на казахском языке», "in Kazakh"; the code itself when it has no name."""
    return str(IN_LANGUAGE.get(code.partition("-")[0].lower(), code))

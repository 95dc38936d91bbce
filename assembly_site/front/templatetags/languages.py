"""The names of languages, for templates."""

from django import template
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

register = template.Library()

WRITTEN_IN = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


@register.filter
def written_in(code: str) -> str:
    """The language that a text is written in: «орыс тілінде», «на русском», "in Russian".

    Of other languages, the name alone; of an unknown code, the code.
    """
    if code in WRITTEN_IN:
        return str(WRITTEN_IN[code])
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code

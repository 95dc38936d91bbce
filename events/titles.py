"""A question to the programme in words: "Concerts in Abai Region, this weekend, free"."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assembly_site.languages.dates import write_date, write_span
from assembly_site.languages.kazakh import attributive

from .presets import PRESETS


def title_of(programme) -> str:
    """The title of a list in the active language; each part is a phrase of its own."""
    parts = [subject_of(programme), _days(programme)]
    for facet in ("audience", "language", "mode", "admission", "access", "status"):
        parts += programme.names_of(facet)
    title = ", ".join(part for part in parts if part)
    words = programme.chosen.get("q")
    return _("%(title)s: “%(words)s”") % {"title": title, "words": words} if words else title


def subject_of(programme) -> str:
    """Kinds and regions: what and where."""
    kinds = programme.names_of("category")
    what = ", ".join(kinds) or _("Events")
    regions = programme.names_of("region")
    if not regions:
        return what if kinds else _("Programme")
    where = programme.region_inside
    if not where:
        return _("%(what)s: %(where)s") % {"what": what, "where": ", ".join(regions)}
    if get_language() == "kk":
        where, what = attributive(where), what[:1].lower() + what[1:]
    return _("%(what)s %(where)s") % {"what": what, "where": where}


def _days(programme):
    first, last = programme.chosen.get("from"), programme.chosen.get("to")
    if first and last:
        return write_span(first, last)
    if first:
        return _("from %(day)s") % {"day": write_date(first)}
    if last:
        return _("until %(day)s") % {"day": write_date(last)}
    return str(PRESETS[programme.when].in_title) if "when" in programme.chosen else ""

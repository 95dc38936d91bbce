"""How others cite a page of this site: title, date, permanent link, and BibTeX of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language, gettext

from assembly_site.languages.texts import Wording, printable, wording
from assembly_site.publishing.models import Publishable, Slugged

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
LANGUAGES = {"kk": "kazakh", "ru": "russian", "en": "english"}
# Braces by name: BibTeX counts the plain ones even after a backslash.
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#_$"},
    }
)


def title_of(instance: Model) -> Wording:
    """The title of an object and the language it is really in."""
    if isinstance(instance, Slugged):
        return wording(instance, instance.slug_from)
    return Wording(str(instance), get_language())


@dataclass(frozen=True)
class Reference:
    """One page as others cite it; the days are those of the site's time."""

    title: Wording
    path: str
    changed: date
    accessed: date
    language: str

    @property
    def url(self) -> str:
        """The permanent link: after a change of the address it leads on."""
        return f"{settings.SITE_URL}{self.path}"

    @property
    def key(self) -> str:
        """ASCII, and another for each page and language: `assembly-kk-history-sessions-34`."""
        return "-".join(["assembly", *filter(None, self.path.split("/"))])

    @property
    def bibtex(self) -> str:
        site = escaped(gettext("Assembly of People of Kazakhstan"))
        fields = {
            "author": f"{{{{{site}}}}}",
            "title": f"{{{{{escaped(self.title.text)}}}}}",
            "publisher": f"{{{{{site}}}}}",
            "year": f"{{{self.changed.year}}}",
            "month": MONTHS[self.changed.month - 1],
            "howpublished": f"{{\\url{{{self.url}}}}}",
            "urldate": f"{{{self.accessed.isoformat()}}}",
            "language": f"{{{LANGUAGES[self.language]}}}",
        }
        lines = ",\n".join(f"{name} = {value}" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}\n}}"


def reference_to(instance: Publishable, at: datetime) -> Reference:
    """The reference to an object's own page, in the active language."""
    moments = (instance.updated_at, instance.publish_at)
    return Reference(
        title=title_of(instance),
        path=instance.get_absolute_url(),
        changed=timezone.localdate(max(moment for moment in moments if moment)),
        accessed=timezone.localdate(at),
        language=get_language(),
    )


def escaped(text: str) -> str:
    """A text between braces of BibTeX, in one line."""
    return " ".join(printable(text).split()).translate(SPECIAL)

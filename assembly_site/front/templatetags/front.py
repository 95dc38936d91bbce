"""What public templates need and Django does not have."""

import json
import re
from string import ascii_lowercase
from typing import NamedTuple
from urllib.parse import urlsplit

import nh3
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assembly_site.languages import dates, names
from assembly_site.languages.texts import Wording
from assembly_site.languages.texts import wording as wording_of
from assembly_site.publishing.clock import moment_of
from assembly_site.sources import notes as notes_of_object
from assembly_site.sources import references
from assembly_site.sources.references import Reference

from ..chapters import headings, without_notes

register = template.Library()

RICH_TEXT_TAGS = {
    "p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a",
}  # fmt: skip
RICH_TEXT_ATTRIBUTES = {"a": {"href"}}


@register.simple_tag
def wording(instance, name: str) -> SafeString:
    """A translated text, marked with its language where it is a fallback (WCAG 3.1.2)."""
    return in_its_language(wording_of(instance, name))


@register.simple_tag
def wording_aside(instance, name: str) -> SafeString:
    """A plain text among others on one page, without its note marks."""
    found = wording_of(instance, name)
    return in_its_language(found._replace(text=without_notes(found.text)))


@register.filter
def in_its_language(found: Wording) -> SafeString:
    """A text that knows its language, marked with it where the page speaks another."""
    if not found.text or found.language == get_language():
        return format_html("{}", found.text)
    return format_html('<span lang="{}">{}</span>', found.language, found.text)


@register.simple_tag
def is_fallback(instance, name: str) -> bool:
    """Whether the text is missing in the language of the page and another stands in."""
    found = wording_of(instance, name)
    return bool(found.text) and found.language != get_language()


@register.simple_tag(takes_context=True)
def rich(context, instance, name: str) -> SafeString:
    """A rich text with its note marks as links and its chapters as places to jump to.

    The text was sanitised when it was saved; it is sanitised again here, so that no other way
    into the database can put a script on a page.
    """
    found: Wording = wording_of(instance, name)
    if not found.text:
        return mark_safe("")
    html = nh3.clean(
        found.text, tags=RICH_TEXT_TAGS, attributes=RICH_TEXT_ATTRIBUTES, link_rel="noopener"
    )
    html = _with_chapters(_with_notes(html, instance, _marks_on_page(context)))
    html = _with_remarks(context, html, instance, name)
    if found.language != get_language():
        return mark_safe(f'<div lang="{found.language}">{html}</div>')
    return mark_safe(html)


@register.simple_tag(takes_context=True)
def plain(context, instance, name: str, notes_of=None) -> SafeString:
    """A plain text of paragraphs, with its note marks as links.

    `notes_of` is the object whose notes are meant, when the text belongs to a part of it.
    """
    found = wording_of(instance, name)
    escaped = format_html("{}", found.text)
    html = _with_notes(escaped, notes_of or instance, _marks_on_page(context))
    paragraphs = "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html) if part.strip())
    paragraphs += remark_mark(context, instance, name) if paragraphs else ""
    if found.text and found.language != get_language():
        return mark_safe(f'<div lang="{found.language}">{paragraphs}</div>')
    return mark_safe(paragraphs)


register.filter(without_notes)


@register.simple_tag
def chapters(instance, name: str) -> list[tuple[str, str]]:
    """The chapters of a rich text: (anchor, heading)."""
    return [
        (f"chapter-{number}", mark_safe(heading))
        for number, heading in enumerate(headings(wording_of(instance, name).text), start=1)
    ]


@register.simple_tag(takes_context=True)
def note_mark(context, number: int, notes: str = "") -> SafeString:
    """A mark that leads to a note: `notes` stands before the number in the note's anchor."""
    return _mark(_marks_on_page(context), f"{notes or ''}{number}", number)


@register.simple_tag(takes_context=True)
def remark_mark(context, instance, name: str) -> SafeString:
    """The mark beside a field where a reviewer may remark on it; nothing on any other page."""
    page = _draft_page_of(context, instance)
    return page.mark(name) if page else mark_safe("")


class Mark(NamedTuple):
    """A mark on the page: its anchor, and the letter that tells it from others of its number."""

    anchor: str
    letter: str


@register.simple_tag(takes_context=True)
def marks_of(context, number: int, notes: str = "") -> list[Mark]:
    """The marks above on this page that lead to a note, in their order."""
    anchors = _marks_on_page(context).get(f"{notes or ''}{number}", [])
    return [Mark(anchor, _letter(place)) for place, anchor in enumerate(anchors)]


def _letter(place):
    return ascii_lowercase[place] if place < len(ascii_lowercase) else str(place + 1)


def _marks_on_page(context) -> dict[str, list[str]]:
    """The anchors of the marks that already stand on the page that is being rendered, by note."""
    # The request, and not the context: included components get a context of their own.
    return context.request.__dict__.setdefault("marks_on_page", {})


def _mark(marks, note, number):
    anchors = marks.setdefault(note, [])
    anchors.append(f"mark-{note}-{len(anchors) + 1}" if anchors else f"mark-{note}")
    return format_html(
        '<sup class="note-mark" id="{}"><a href="#note-{}">{}</a></sup>', anchors[-1], note, number
    )


def _with_notes(html, instance, marks):
    citations = getattr(instance, "citations", None)
    numbers = {citation.number for citation in citations.all()} if citations is not None else set()

    def link(match):
        number = int(match.group(1))
        return _mark(marks, str(number), number) if number in numbers else match.group(0)

    return re.sub(r"\s*\[(\d{1,2})\]", link, html)


def _draft_page_of(context, instance):
    page = getattr(context.request, "draft_page", None)
    return page if page and instance is context.request.preview_of else None


def _with_remarks(context, html, instance, name):
    """The text with a mark after what stands before the first chapter, and after each chapter."""
    page = _draft_page_of(context, instance)
    if page is None:
        return html
    parts = re.split(r"(?=<h2 )", html)
    keys = [name, *(f"{name}:{number}" for number in range(1, len(parts)))]
    return "".join(part + page.mark(key) for part, key in zip(parts, keys, strict=True) if part)


def _with_chapters(html):
    count = 0

    def heading(_match):
        nonlocal count
        count += 1
        return f'<h2 id="chapter-{count}">'

    return re.sub(r"<h2>", heading, html)


@register.simple_tag
def structured_data(data: dict) -> SafeString:
    """A JSON-LD block; signs that could end the block are escaped, as `json_script` does."""
    if not data:
        return mark_safe("")
    text = json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.filter
def date_in_words(value) -> str:
    """A date, or a partial date, in words of the active language."""
    return dates.write_date(value) if value else ""


@register.filter
def when_in_words(value) -> str:
    """A date as a sentence needs it: «2026 жылғы 24 қарашада», «в 1995 г.», "in 1995"."""
    return dates.write_when(value) if value else ""


@register.filter
def since_in_words(value) -> str:
    """«2026 жылғы 5 наурыздан», «с 5 марта 2026 г.», "since 5 March 2026"."""
    return dates.write_since(value) if value else ""


@register.simple_tag
def term(first, last) -> str:
    """From a date to a date, as far as known: «1992 жылға дейін», «с 1992 г. по 1998 г.»."""
    return dates.write_term(first, last)


@register.filter
def in_language(code: str) -> str:
    """The language of a source: «қазақ тілінде»."""
    return names.in_language(code)


@register.filter
def moment_in_words(value) -> str:
    """A day in words and the clock time, in Astana."""
    local = timezone.localtime(value)
    return f"{dates.write_date(local.date())}, {local:%H:%M}"


@register.filter
def weekday(day) -> str:
    return dates.weekday_name(day, get_language())


@register.filter
def weekday_short(day) -> str:
    """The short name over a column of a month: «дс», «пн», "Mon"."""
    return dates.weekday_short_name(day, get_language())


@register.filter
def day_in_words(day) -> str:
    """A day with its weekday: «6 маусым, сенбі»."""
    return dates.write_weekday(day)


@register.filter
def month_in_date(day) -> str:
    """The month as it stands after a day number."""
    return dates.MONTHS_IN_DATES[get_language()].split()[day.month - 1]


@register.filter
def month(value) -> str:
    return dates.month_name(value.month, get_language())


@register.filter
def iso(value) -> str:
    """For `<time datetime>`: as much of the date as is known."""
    return value.isoformat() if value else ""


@register.filter
def sum_of_notes(citations) -> str:
    return notes_of_object.sum_in_words(citations)


@register.simple_tag(takes_context=True)
def reference_to(context, instance) -> Reference | None:
    """How others cite the object's page; None for a preview, which nobody can open later."""
    request = context.request
    if getattr(request, "preview_of", None):
        return None
    return references.reference_to(instance, moment_of(request))


@register.filter
def differences(citations) -> list[notes_of_object.Difference]:
    """Where the sources of an object differ."""
    return notes_of_object.differences(citations)


@register.simple_tag
def former_region(instance) -> SafeString:
    """The region under its name of that day, with today's in brackets when it is another."""
    region = instance.region
    former = region.name_on(instance.date)
    if former is None:
        return wording(region, "name")
    return format_html("{} ({})", wording(former, "name"), wording(region, "name"))


@register.simple_tag
def region_then(instance) -> SafeString:
    """The same where there is room to say which name is today's, and a city is named by itself."""
    region = instance.region
    return then_and_today(region.called_on(instance.date), wording_of(region, "name"))


@register.simple_tag
def body_name_on(body, day) -> SafeString:
    """The name that a body bore on a day, with today's in brackets when it is another."""
    return then_and_today(body.name_on(day), wording_of(body, "title"))


@register.simple_tag
def former_name_of(body, name) -> SafeString:
    """One former name of a body, with today's in brackets."""
    return then_and_today(name, wording_of(body, "title"))


@register.filter
def host(url: str) -> str:
    """The site of an address: what a reader trusts or not before following it."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""


@register.simple_tag
def city_then(session) -> SafeString:
    """The city of a session under its name of that day, with today's in brackets."""
    if not session.city_today:
        return format_html("{}", session.city)
    return _with_today(session.city, session.city_today)


def then_and_today(former, today: Wording) -> SafeString:
    """A former name with today's in brackets; without a former one, today's alone."""
    name = in_its_language(today)
    if former is None or former.name == today.text:
        return name
    return _with_today(wording(former, "name"), name)


def _with_today(then, today):
    now = format_html(_("today %(name)s").replace("%(name)s", "{}"), today)
    return format_html('{} <span class="today">({})</span>', then, now)


SECTIONS = ("events", "history/sessions", "history/people", "history")


@register.simple_tag(takes_context=True)
def current(context, section: str) -> SafeString:
    """Marks the part of the site in which the visitor is: the narrowest that fits."""
    request = context.get("request")
    path = request.path if request else ""
    here = next((one for one in SECTIONS if f"/{one}/" in path), None)
    return mark_safe(' aria-current="true"') if here == section else mark_safe("")

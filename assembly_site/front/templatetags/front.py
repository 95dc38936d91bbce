"""What public templates need and Django does not have."""

import json
import re

import nh3
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assembly_site.languages import dates
from assembly_site.languages.texts import Wording
from assembly_site.languages.texts import wording as wording_of

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
    if found.language != get_language():
        return mark_safe(f'<div lang="{found.language}">{html}</div>')
    return mark_safe(html)


@register.simple_tag
def rich_aside(instance, name: str) -> SafeString:
    """A rich text among others on one page: its note marks are left out, its sources follow it."""
    found = wording_of(instance, name)
    html = without_notes(
        nh3.clean(found.text, tags=RICH_TEXT_TAGS, attributes=RICH_TEXT_ATTRIBUTES)
    )
    if found.text and found.language != get_language():
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
    if found.text and found.language != get_language():
        return mark_safe(f'<div lang="{found.language}">{paragraphs}</div>')
    return mark_safe(paragraphs)


@register.filter
def without_notes(text: str) -> str:
    """A text for places that show no notes: titles, lists, descriptions for sharing."""
    return re.sub(r"(?:\s|\u00a0)*\[\d{1,2}\]", "", text)


@register.simple_tag
def chapters(instance, name: str) -> list[tuple[str, str]]:
    """The chapters of a rich text: (anchor, heading)."""
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", wording_of(instance, name).text, re.DOTALL)
    plain_headings = [without_notes(nh3.clean(heading, tags=set())) for heading in headings]
    return [
        (f"chapter-{number}", mark_safe(heading))
        for number, heading in enumerate(plain_headings, start=1)
    ]


@register.simple_tag(takes_context=True)
def is_marked(context, citation) -> bool:
    """Whether a text above on this page bears the mark of this note."""
    return citation.number in _marks_on_page(context)


def _marks_on_page(context) -> set[int]:
    """The numbers whose first mark already stands on the page that is being rendered."""
    # The request, and not the context: included components get a context of their own.
    return context.request.__dict__.setdefault("marks_on_page", set())


def _with_notes(html, instance, marked):
    citations = getattr(instance, "citations", None)
    numbers = {citation.number for citation in citations.all()} if citations is not None else set()

    def link(match):
        number = int(match.group(1))
        if number not in numbers:
            return match.group(0)
        # The first mark of a number is the place to which its note leads back.
        anchor = "" if number in marked else f' id="mark-{number}"'
        marked.add(number)
        return (
            f'<sup class="note-mark"{anchor}>'
            f'<a href="#note-{number}" aria-label="[{number}]">{number}</a></sup>'
        )

    return re.sub(r"\s*\[(\d{1,2})\]", link, html)


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


@register.simple_tag
def former_region(instance) -> SafeString:
    """The region under its name of that day, with today's in brackets when it is another."""
    region = instance.region
    former = region.name_on(instance.date)
    if former is None:
        return wording(region, "name")
    return format_html("{} ({})", wording(former, "name"), wording(region, "name"))


SECTIONS = ("events", "history/sessions", "history/people", "history")


@register.simple_tag(takes_context=True)
def current(context, section: str) -> SafeString:
    """Marks the part of the site in which the visitor is: the narrowest that fits."""
    request = context.get("request")
    path = request.path if request else ""
    here = next((one for one in SECTIONS if f"/{one}/" in path), None)
    return mark_safe(' aria-current="true"') if here == section else mark_safe("")

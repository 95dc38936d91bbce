"""Small words about events for the templates of the programme."""

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from assembly_site.languages.dates import write_day
from assembly_site.pictures.covers import cover

register = template.Library()


@register.simple_tag
def day_number(occurrence, at) -> int | None:
    """Which of its days it is now: 2 on the second of five; None when it is not on."""
    return occurrence.day_number(at)


@register.simple_tag
def take_off_address(own, event) -> str:
    """The address of a visitor's list without one of its events."""
    return own.address_without(event)


@register.filter
def until_in_words(occurrence) -> str:
    """« – 2 маусым»: the last day of an occurrence that ends in another month."""
    return f" – {write_day(occurrence.last_day)}"


@register.simple_tag
def event_cover(event) -> SafeString:
    """The drawn cover of an event; the same wherever the event is shown."""
    return mark_safe(cover(sprite=static("ornaments.svg"), **cover_of(event)))


def cover_of(event) -> dict:
    """What the cover of an event is drawn from.

    A city's outline is too small to be known by; the cover of its events goes without.
    """
    region = event.region
    has_outline = region is not None and region.kind == region.Kind.REGION
    return {
        "seed": event.slug,
        "ornament": event.category.ornament,
        "outline": region.outline if has_outline else "",
        "colour": f"stage-{event.category.colour_number}",
    }

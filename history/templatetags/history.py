"""Small words about the history for its templates."""

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from assembly_site.pictures.covers import cover

from ..figures import Figures, arranged

register = template.Library()


@register.simple_tag
def stage_cover(stage) -> SafeString:
    """The drawn cover of a stage."""
    return mark_safe(
        cover(
            seed=stage.slug,
            sprite=static("ornaments.svg"),
            ornament=stage.ornament,
            outline="",
            colour=stage.colour,
        )
    )


@register.simple_tag
def person_cover(person) -> SafeString:
    """The drawn cover of a person: the same as on the card for sharing."""
    return mark_safe(
        cover(
            seed=person.slug,
            sprite=static("ornaments.svg"),
            ornament="sun",
            outline="",
            colour="stage-5",
        )
    )


@register.simple_tag
def chair_of(session, at):
    """Who was in the chair of a session, as far as visitors may see the person."""
    return session.public_chair(at)


@register.simple_tag
def arranged_figures(figures) -> Figures:
    """Figures as series that make a chart, and single numbers; reads what was prefetched."""
    return arranged(figures)

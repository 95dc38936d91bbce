"""What is seen where the address of a page is shared."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.urls import reverse

from assembly_site.cards import SITE, address_of, card_of, site_card
from assembly_site.languages.texts import wording
from assembly_site.pictures.cards import HIGH, WIDE
from assembly_site.publishing.clock import moment_of

register = template.Library()

# Views and parts of the site without an object, and the card they share; others have the home's.
SITE_CARD_OF = {
    "events": "programme",
    "history": "timeline",
    "history:sessions": "sessions",
    "history:people": "people",
    "history:bodies": "bodies",
    "history:documents": "documents",
    "history:today": "today",
}


@register.inclusion_tag("components/sharing_picture.html", takes_context=True)
def sharing_picture(context, instance=None) -> dict:
    """The editors' picture of the object, else its card; without an object, the site's card."""
    if getattr(instance, "picture", None):
        picture = instance.picture
        alternative = "" if picture.decorative else wording(picture, "alternative").text
        return _picture(picture.image.social, alternative or str(instance))
    if instance:
        card = card_of(instance, moment_of(context.request))
        return _card(address_of(instance), card)
    slug = _site_card_of(context.request)
    return _card(reverse("card", args=[SITE, slug]), site_card(slug))


def _site_card_of(request):
    match = request.resolver_match
    names = (match.view_name, match.namespace) if match else ()
    return next((SITE_CARD_OF[name] for name in names if name in SITE_CARD_OF), "home")


def _card(path, card):
    # A changed card has another address, else networks would show the one they remember.
    return _picture(f"{path}?v={card.digest[:8]}", card.in_words)


def _picture(path, alternative):
    return {
        "url": urljoin(settings.SITE_URL, path),
        "wide": WIDE,
        "high": HIGH,
        "alternative": alternative,
    }

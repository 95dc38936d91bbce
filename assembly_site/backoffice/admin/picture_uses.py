"""Where a picture is shown, as far as whoever asks may know it."""

from typing import NamedTuple

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import ngettext

from assembly_site.pictures.models import Picture
from assembly_site.pictures.uses import owners
from assembly_site.publishing.models import Publishable


class Use(NamedTuple):
    """One object that shows the picture: what it is, and where to look at it."""

    kind: str
    part: str
    name: str
    address: str
    is_public: bool


class Uses(NamedTuple):
    """The uses this person may know of, and the number of those that are only counted."""

    named: list[Use]
    hidden: int

    def __bool__(self):
        return bool(self.named or self.hidden)

    @property
    def hidden_in_words(self) -> str:
        return ngettext(
            "%(number)s draft of others, which you may not see",
            "%(number)s drafts of others, which you may not see",
            self.hidden,
        ) % {"number": self.hidden}


def uses_of(picture: Picture, request, site: AdminSite) -> Uses:
    """One query for each kind that may show pictures, and one more where there is something."""
    named, hidden = [], 0
    for owner in owners(Picture):
        rows = list(owner.rows(picture))
        own = _own(owner.model, rows, request, site)
        for row in rows:
            address = _address(row, own)
            if address:
                kind, part = row._meta.verbose_name, owner.field.verbose_name
                is_public = _is_public(row)
                named.append(Use(str(kind), str(part), str(row), address, is_public))
            else:
                hidden += 1
    return Uses(named, hidden)


def lines(picture: Picture, uses: Uses) -> list:
    """The picture and, below it, its uses: for Django's nested lists."""
    named = [
        format_html('{}: <a href="{}">{}</a>', use.kind.capitalize(), use.address, use.name)
        for use in uses.named
    ]
    return [picture.title, [*named, *([uses.hidden_in_words] if uses.hidden else [])]]


def _own(model: type[Model], rows: list[Model], request, site: AdminSite) -> set:
    """The keys of those rows that this person meets in the admin anyway."""
    if not rows or not site.is_registered(model):
        return set()
    screens = site.get_model_admin(model)
    if not screens.has_view_permission(request):
        return set()
    seen = screens.get_queryset(request).prefetch_related(None).filter(pk__in=[r.pk for r in rows])
    return set(seen.order_by().values_list("pk", flat=True))


def _address(row: Model, own: set) -> str:
    """The form of what is the person's own, the page of what everybody may see, or nothing."""
    if row.pk in own:
        meta = row._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return row.get_absolute_url() if _is_public(row) else ""


def _is_public(row: Model) -> bool:
    return isinstance(row, Publishable) and row.is_public(timezone.now())

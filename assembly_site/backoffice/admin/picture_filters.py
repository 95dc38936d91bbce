"""By what the library of pictures is narrowed."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from assembly_site.pictures.models import PictureQuerySet
from assembly_site.places.models import Region

from ..access import own_regions


class AlternativeFilter(admin.SimpleListFilter):
    title = _("alt text")
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        return [("missing", _("without alt text")), ("decorative", _("decorative"))]

    def queryset(self, request, queryset: PictureQuerySet):
        if self.value() == "missing":
            return queryset.undescribed()
        return queryset.filter(decorative=True) if self.value() == "decorative" else queryset


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [
            ("none", _("not used anywhere")),
            ("some", _("used")),
            ("public", _("seen by visitors")),
        ]

    def queryset(self, request, queryset: PictureQuerySet):
        narrowed = {
            "none": queryset.unused,
            "some": queryset.used,
            "public": queryset.live,
        }.get(self.value())
        return narrowed() if narrowed else queryset


class RegionFilter(admin.SimpleListFilter):
    """The regions of the pictures that this editor may see."""

    title = _("region")
    parameter_name = "region"

    def lookups(self, request, model_admin):
        seen = model_admin.get_queryset(request).order_by()
        regions = Region.objects.filter(pk__in=seen.values("region"))
        without = [("none", _("Without a region"))] if own_regions(request.user) is None else []
        return [*((region.pk, str(region)) for region in regions), *without]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(region=None)
        chosen = {str(key) for key, _name in self.lookup_choices}
        return queryset.filter(region=self.value()) if self.value() in chosen else queryset


class AddedByFilter(admin.SimpleListFilter):
    """The people who added what this editor may see, and nobody else."""

    title = _("added by")
    parameter_name = "added_by"

    def lookups(self, request, model_admin):
        seen = model_admin.get_queryset(request).order_by().values("added_by")
        people = get_user_model().objects.filter(pk__in=seen).order_by("last_name", "username")
        return [(person.pk, person.get_full_name() or person.username) for person in people]

    def queryset(self, request, queryset):
        chosen = {str(key) for key, _name in self.lookup_choices}
        return queryset.filter(added_by=self.value()) if self.value() in chosen else queryset

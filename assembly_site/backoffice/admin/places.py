from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from assembly_site.languages.texts import columns
from assembly_site.places.models import PlaceName, Region, Venue

from .content import CitationInline, ScopedAdmin, side_by_side
from .fields import AccessibleFields
from .rows import RowsTogether


class PlaceNameInline(RowsTogether, AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = PlaceName
    fk_name = "region"
    extra = 0
    fields = (("of", "relation", "whole"), columns("name"), ("valid_from", "valid_to"))


@admin.register(Region)
class RegionAdmin(ScopedAdmin):
    list_display = ("name", "centre", "kind", "code")
    list_filter = ("kind",)
    search_fields = (*columns("name"), *columns("centre"))
    fieldsets = (
        (None, {"fields": (*side_by_side("name", "name_inside", "centre", "introduction"),)}),
        (
            _("On the map"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("code", "kato", "kind", "sort_order"),
                    ("latitude", "longitude"),
                    ("label_x", "label_y", "label_room"),
                    "outline",
                    "slug",
                ),
            },
        ),
    )
    inlines = (PlaceNameInline, CitationInline)


@admin.register(Venue)
class VenueAdmin(ScopedAdmin):
    region_field = "region"
    list_display = ("name", "region")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = (*columns("name"), *columns("address"))
    fieldsets = (
        (
            None,
            {"fields": (*side_by_side("name"), "region", *side_by_side("address", "directions"))},
        ),
        (_("On the map"), {"fields": (("latitude", "longitude"), "step_free")}),
    )

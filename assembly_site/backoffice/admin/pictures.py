from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import columns
from assembly_site.pictures.models import Picture

from .content import ScopedAdmin, side_by_side


@admin.register(Picture)
class PictureAdmin(ScopedAdmin):
    region_field = "region"
    list_display = ("thumbnail", "title", "credit", "region", "created_at")
    list_display_links = ("title",)
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("title", *columns("alternative"), "credit")
    fieldsets = (
        (None, {"fields": ("title", "image", "focal_point")}),
        (
            _("For those who cannot see it"),
            {"fields": ("decorative", *side_by_side("alternative"))},
        ),
        (_("Caption and author"), {"fields": (*side_by_side("caption"), ("credit", "licence"),
                                               ("source_url", "taken_on"), "region")}),
    )  # fmt: skip

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="96" height="54" loading="lazy">',
            picture.image.card,
        )

import csv

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assembly_site.publishing.journal import JournalEntry

from ..access import own_regions

# A cell that begins so is a formula to a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@admin.register(JournalEntry)
class JournalAdmin(admin.ModelAdmin):
    """Looked at, filtered and exported; never edited, by nobody."""

    list_display = ("at", "by_name", "deed", "target_type", "target_name", "region", "why")
    list_display_links = None
    list_filter = ("deed", "target_type", "region", ("at", admin.DateFieldListFilter))
    list_select_related = ("target_type",)
    search_fields = ("target_name", "by_name", "why")
    date_hierarchy = "at"
    actions = ("export",)

    def get_queryset(self, request: HttpRequest):
        queryset = super().get_queryset(request)
        regions = own_regions(request.user)
        return queryset if regions is None else queryset.of_regions(regions)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Export the chosen entries as CSV"), permissions=["view"])
    def export(self, request, queryset):
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="log.csv"'
        response.write("\ufeff")  # so that spreadsheets read the letters right
        table = csv.writer(response)
        names = ("at", "by_name", "deed", "target_type", "target_name", "region", "why")
        fields = [JournalEntry._meta.get_field(name) for name in names]
        table.writerow([str(field.verbose_name) for field in fields])
        for entry in queryset.select_related("target_type").iterator():
            table.writerow(
                [
                    timezone.localtime(entry.at).isoformat(timespec="seconds"),
                    *map(
                        _harmless,
                        (
                            entry.by_name,
                            entry.get_deed_display(),
                            entry.target_type.name,
                            entry.target_name,
                            entry.region,
                            entry.why,
                        ),
                    ),
                ]
            )
        return response


def _harmless(text):
    text = str(text)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

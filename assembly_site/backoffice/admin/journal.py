import csv

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.sorting import kazakh_key
from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.places.models import Region
from assembly_site.publishing.journal import JournalEntry

from ..access import own_regions

# A cell that begins so is a formula to a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class KindFilter(admin.SimpleListFilter):
    """The kinds of which this person's part of the log speaks, and no other."""

    title = JournalEntry._meta.get_field("target_type").verbose_name
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        told_of = model_admin.get_queryset(request).order_by().values("target_type")
        kinds = ContentType.objects.filter(pk__in=told_of)
        names = [(str(one.pk), capfirst(one.name)) for one in kinds]
        return sorted(names, key=lambda pair: kazakh_key(pair[1]))

    def queryset(self, request, queryset):
        chosen = {key for key, _name in self.lookup_choices}
        return queryset.filter(target_type=self.value()) if self.value() in chosen else queryset


class RegionFilter(admin.SimpleListFilter):
    title = JournalEntry._meta.get_field("region").verbose_name
    parameter_name = "region"

    def lookups(self, request, model_admin):
        own = own_regions(request.user)
        regions = Region.objects.all() if own is None else own
        return [(region.slug, str(region)) for region in regions]

    def queryset(self, request, queryset):
        chosen = {slug for slug, _name in self.lookup_choices}
        return queryset.filter(region=self.value()) if self.value() in chosen else queryset


@admin.register(JournalEntry)
class JournalAdmin(admin.ModelAdmin):
    """Looked at, filtered and exported; never edited, by nobody."""

    list_display = ("at", "by_name", "deed", "kind", "target_name", "region_name", "why")
    list_display_links = None
    list_filter = ("deed", KindFilter, RegionFilter, ("at", admin.DateFieldListFilter))
    list_select_related = ("target_type",)
    search_fields = ("target_name", "by_name", "why")
    date_hierarchy = "at"
    actions = ("export",)

    def get_queryset(self, request: HttpRequest):
        # The log keeps the key of a region, which may be gone by now.
        names = Region.objects.filter(slug=OuterRef("region")).values(f"name_{_language()}")
        name = Coalesce(Subquery(names[:1]), "region")
        queryset = super().get_queryset(request).annotate(name_of_region=name)
        regions = own_regions(request.user)
        return queryset if regions is None else queryset.of_regions(regions)

    @admin.display(description=_("kind"), ordering="target_type")
    def kind(self, entry):
        return capfirst(entry.target_type.name)

    @admin.display(description=_("region"), ordering="region")
    def region_name(self, entry):
        return entry.name_of_region

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
                            entry.name_of_region,
                            entry.why,
                        ),
                    ),
                ]
            )
        return response


def _language():
    code = get_language()
    return code if code in LANGUAGE_CODES else LANGUAGE_CODES[0]


def _harmless(text):
    text = str(text)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

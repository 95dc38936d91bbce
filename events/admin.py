"""The editors' screens of the programme."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from assembly_site.backoffice.access import own_regions
from assembly_site.backoffice.admin.bulk import Publish, Return
from assembly_site.backoffice.admin.content import (
    PUBLISHING,
    CitationInline,
    PublishableAdmin,
    ScopedAdmin,
    side_by_side,
)
from assembly_site.languages.texts import columns

from .bulk import Cancel, SetRegion, ShiftDates
from .models import (
    AccessProvision,
    Audience,
    Category,
    Event,
    Holiday,
    Occurrence,
    SpokenLanguage,
)


class OccurrenceInline(TranslatedFieldAdmin, admin.StackedInline):
    model = Occurrence
    extra = 0
    min_num = 1
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("first_day", "last_day", "precision"),
                    ("start_time", "end_time", "all_day", "time_to_be_confirmed"),
                    ("venue", "room"),
                    ("status", "previous_first_day", "previous_start_time"),
                    columns("reason"),
                )
            },
        ),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name == "venue":
            venues = db_field.related_model.objects.select_related("region")
            if regions is not None:
                venues = venues.filter(region__in=regions)
            kwargs["queryset"] = venues
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    region_field = "region"
    list_display = ("title", "category", "region", "when", "state", "written_languages")
    list_filter = ("status", "category", "region", "first_day")
    list_select_related = ("category", "region")
    search_fields = (*columns("title"), "plan_number")
    autocomplete_fields = ("picture", "part_of", "session", "milestone", "stage", "gallery")
    bulk_actions = (Publish(), Return(), SetRegion(), ShiftDates(), Cancel())
    inlines = (OccurrenceInline, CitationInline)
    fieldsets = (
        (_("What"), {"fields": (*side_by_side("title", "summary"), ("category", "region"))}),
        (
            _("For whom and how"),
            {
                "fields": (
                    *side_by_side("organiser"),
                    ("attendance_mode", "online_url"),
                    ("admission", "price", "registration_until"),
                    "registration_url",
                    *side_by_side("admission_note"),
                    "audiences",
                    "languages",
                    "access",
                )
            },
        ),
        (_("Text"), {"fields": side_by_side("body")}),
        (
            _("Contact"),
            {"fields": (("contact_name", "contact_phone", "contact_email"), "website")},
        ),
        (_("Picture"), {"fields": ("picture",)}),
        (
            _("Ties"),
            {
                "fields": (
                    "part_of",
                    ("session", "milestone", "stage"),
                    ("plan_year", "plan_number"),
                )
            },
        ),
        (
            _("Afterwards"),
            {
                "classes": ("collapse",),
                "fields": (*side_by_side("report"), "participants", "gallery"),
            },
        ),
        PUBLISHING,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("occurrences")

    @admin.display(description=_("dates"), ordering="first_day")
    def when(self, event):
        """The dates in words, to the precision that is known: a month shows no day."""
        return ", ".join(occurrence.when for occurrence in event.occurrences.all()) or "—"

    def save_model(self, request, obj, form, change):
        stored = Event.objects.filter(pk=obj.pk).first() if change else None
        obj.is_being_published = stored is None or not stored.is_public(timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.save_span()

    def after_restoring(self, instance):
        instance.save_span()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name in ("picture", "part_of") and regions is not None:
            # Autocomplete is scoped by the other admin; this refuses a forged choice.
            kwargs["queryset"] = db_field.related_model.objects.filter(region__in=regions)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name == "gallery" and regions is not None:
            kwargs["queryset"] = db_field.related_model.objects.filter(region__in=regions)
        if db_field.name in ("audiences", "languages", "access"):
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Category)
class CategoryAdmin(ScopedAdmin):
    list_display = ("title", "schema_type", "ornament", "order")
    search_fields = columns("title")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *side_by_side("title", "introduction"),
                    ("schema_type", "ornament", "order"),
                    "slug",
                )
            },
        ),
    )


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    list_display = ("title", "month", "day", "since", "until")
    search_fields = columns("title")
    fieldsets = (
        (None, {"fields": (*side_by_side("title"), ("month", "day"), ("since", "until"))}),
    )


@admin.register(Audience, AccessProvision, SpokenLanguage)
class TermAdmin(ScopedAdmin):
    list_display = ("title", "code", "order")
    search_fields = ("code", *columns("title"))
    fieldsets = ((None, {"fields": (*side_by_side("title"), ("code", "order"))}),)

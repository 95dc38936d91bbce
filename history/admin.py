"""The editors' screens of the history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from assembly_site.backoffice.admin.content import (
    PUBLISHING,
    PUBLISHING_WITHOUT_ADDRESS,
    CitationInline,
    PublishableAdmin,
    side_by_side,
)
from assembly_site.backoffice.admin.fields import AccessibleFields
from assembly_site.backoffice.admin.rows import RowsTogether
from assembly_site.languages.texts import columns

from .models import (
    Appointment,
    AssemblySession,
    Body,
    BodyName,
    Decision,
    Document,
    Figure,
    Milestone,
    Person,
    Stage,
)


class FigureInline(AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = Figure
    extra = 0
    fields = (("series", "value", "approximate"), columns("label"), ("date", "citation_number"))


class BodyNameInline(AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = BodyName
    extra = 0
    fields = (columns("name"), ("valid_from", "valid_to"))


class DecisionInline(RowsTogether, AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = Decision
    extra = 0
    autocomplete_fields = ("milestones", "documents", "bodies")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "state"),
                    *side_by_side("text", "outcome"),
                    ("milestones", "documents", "bodies"),
                )
            },
        ),
    )


class AppointmentInline(RowsTogether, AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = Appointment
    extra = 0
    autocomplete_fields = ("body",)
    fields = (columns("role"), ("body", "start", "end"), ("seen_from", "seen_to"))


@admin.register(Stage)
class StageAdmin(PublishableAdmin):
    list_display = ("number", "title", "start_year", "end_year", "state", "written_languages")
    list_display_links = ("title",)
    search_fields = columns("title")
    autocomplete_fields = ("picture",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "start_year", "end_year", "ornament"),
                    *side_by_side("title", "summary", "body", "change"),
                    "picture",
                )
            },
        ),
        PUBLISHING,
    )
    inlines = (FigureInline, CitationInline)


@admin.register(Milestone)
class MilestoneAdmin(PublishableAdmin):
    list_display = ("title", "date", "stage", "theme", "state", "written_languages")
    list_filter = ("status", "stage", "theme", "key")
    list_select_related = ("stage",)
    search_fields = (*columns("title"), "date")
    autocomplete_fields = ("region", "session", "people", "bodies", "picture")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("date", "end", "circa"),
                    ("stage", "theme", "key", "weight"),
                    *side_by_side("title", "summary", "body"),
                    ("region", "session"),
                    ("people", "bodies"),
                    "picture",
                )
            },
        ),
        PUBLISHING,
    )
    inlines = (CitationInline,)


@admin.register(AssemblySession)
class SessionAdmin(PublishableAdmin):
    list_display = ("number", "roman", "theme", "date", "state")
    list_filter = ("status", "stage")
    search_fields = ("number", *columns("theme"))
    autocomplete_fields = ("region", "venue", "chair", "people", "picture")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "stage"),
                    ("date", "end", "circa"),
                    ("region", "venue"),
                    *side_by_side("venue_text", "theme", "summary", "body"),
                    ("chair", "people"),
                    "participants",
                    *side_by_side("participants_note"),
                    "picture",
                )
            },
        ),
        PUBLISHING_WITHOUT_ADDRESS,
    )
    inlines = (DecisionInline, CitationInline)

    @admin.display(description=_("Roman"), ordering="number")
    def roman(self, session):
        return session.roman


@admin.register(Person)
class PersonAdmin(PublishableAdmin):
    list_display = ("name", "state", "written_languages", "updated_at")
    search_fields = columns("name")
    autocomplete_fields = ("picture",)
    fieldsets = (
        (None, {"fields": (*side_by_side("name", "summary", "body"), "picture")}),
        PUBLISHING,
    )
    inlines = (AppointmentInline, CitationInline)


@admin.register(Body)
class BodyAdmin(PublishableAdmin):
    list_display = ("title", "kind", "order", "state", "written_languages")
    list_filter = ("status", "kind")
    search_fields = columns("title")
    autocomplete_fields = ("part_of", "picture")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *side_by_side("title", "summary", "body"),
                    ("kind", "part_of", "order"),
                    ("founded", "ended"),
                    "picture",
                )
            },
        ),
        PUBLISHING,
    )
    inlines = (BodyNameInline, FigureInline, CitationInline)


@admin.register(Document)
class DocumentAdmin(PublishableAdmin):
    list_display = ("title", "kind", "number", "date", "state")
    list_filter = ("status", "kind")
    search_fields = (*columns("title"), "number")
    autocomplete_fields = ("session", "milestone", "author", "bodies")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "number"),
                    ("date", "end", "circa"),
                    *side_by_side("title", "issuer", "summary", "body"),
                    ("url", "file_language"),
                    ("author", "bodies"),
                    ("session", "milestone"),
                )
            },
        ),
        PUBLISHING,
    )
    inlines = (CitationInline,)

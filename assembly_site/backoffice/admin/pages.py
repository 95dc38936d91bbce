from django.contrib import admin

from assembly_site.languages.texts import columns
from assembly_site.pages.models import Page

from .content import PUBLISHING, CitationInline, PublishableAdmin, side_by_side


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ("title", "state", "written_languages", "in_footer", "updated_at")
    search_fields = columns("title")
    fieldsets = (
        (None, {"fields": (*side_by_side("title", "summary", "body"), ("in_footer", "order"))}),
        PUBLISHING,
    )
    inlines = (CitationInline,)

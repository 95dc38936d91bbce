from django.contrib import admin

from assembly_site.search.models import Synonym

from .content import ScopedAdmin


@admin.register(Synonym)
class SynonymAdmin(ScopedAdmin):
    list_display = ("words", "note")
    search_fields = ("words",)
    fieldsets = ((None, {"fields": ("words", "note")}),)

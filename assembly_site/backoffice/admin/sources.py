from django.contrib import admin

from assembly_site.sources.models import Source

from .content import ScopedAdmin


@admin.register(Source)
class SourceAdmin(ScopedAdmin):
    list_display = ("title", "publisher", "published_on", "read_on")
    list_filter = ("language", ("unreachable_since", admin.EmptyFieldListFilter))
    search_fields = ("title", "publisher", "url")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("publisher", "language"),
                    "url",
                    ("archive_url", "unreachable_since"),
                    ("published_on", "read_on"),
                )
            },
        ),
    )

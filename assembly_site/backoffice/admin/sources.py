from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.sources.models import Citation, Source

from ..access import own_regions
from .content import ScopedAdmin


@dataclass
class Use:
    """An object under which a source stands, as its editor meets it."""

    title: str
    kind: str
    number: int
    state: str
    address: str


@admin.register(Source)
class SourceAdmin(ScopedAdmin):
    list_display = ("title", "publisher", "published_on", "read_on", "times_cited")
    list_filter = (
        "language",
        ("unreachable_since", admin.EmptyFieldListFilter),
        "citations__state",
    )
    search_fields = ("title", "publisher", "url")
    change_form_template = "admin/source_change_form.html"
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

    def get_queryset(self, request):
        sources = super().get_queryset(request)
        if own_regions(request.user) is not None:
            sources = sources.filter(pk__in=self._seen_by(request))
        return sources.annotate(citation_count=Count("citations", distinct=True))

    def _seen_by(self, request):
        """Keys of the sources that do not stand under other regions' work alone."""
        of_regions, own = [], Q()
        for model, screen in self.admin_site._registry.items():
            if getattr(screen, "region_field", None):
                kind = ContentType.objects.get_for_model(model)
                of_regions.append(kind)
                own |= Q(target_type=kind, target_id__in=screen.get_queryset(request).values("pk"))
        elsewhere = ~Q(target_type__in=of_regions)
        cited = Citation.objects.filter(own | elsewhere).order_by().values("source")
        return Source.objects.filter(Q(citations=None) | Q(pk__in=cited)).order_by().values("pk")

    @admin.display(description=_("cited"), ordering="citation_count")
    def times_cited(self, instance):
        return instance.citation_count

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            uses = list(self._uses(request, obj))
            context["uses"] = uses
            context["uses_of_others"] = obj.citations.count() - len(uses)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _uses(self, request: HttpRequest, source: Source) -> Iterator[Use]:
        """Where the source is cited, of what the editor may see: drafts of others stay theirs."""
        citations: dict[int, list[Citation]] = {}
        for citation in source.citations.order_by("target_type", "target_id", "number"):
            citations.setdefault(citation.target_type_id, []).append(citation)
        for kind, notes in citations.items():
            model = ContentType.objects.get_for_id(kind).model_class()
            screen = self.admin_site.get_model_admin(model)
            if not screen.has_view_permission(request):
                continue
            seen = screen.get_queryset(request).in_bulk([note.target_id for note in notes])
            for note in notes:
                if note.target_id in seen:
                    yield self._use(seen[note.target_id], note)

    @staticmethod
    def _use(instance, note):
        meta = instance._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_change"
        return Use(
            str(instance),
            meta.verbose_name,
            note.number,
            note.get_state_display(),
            reverse(name, args=[instance.pk]),
        )

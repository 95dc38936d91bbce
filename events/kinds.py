"""How many public events there are of each kind, as bars."""

from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from assembly_site.languages.texts import wording
from assembly_site.pictures.charts import Bar, BarChart, bar_chart
from assembly_site.publishing.models import public_at

from .models import Category


def kinds_of_events(at: datetime) -> BarChart:
    """A bar for each kind with public events, the most frequent first; one query."""
    programme = reverse("events:programme")
    kinds = Category.objects.annotate(
        event_count=Count("events", filter=public_at(at, "events"))
    ).filter(event_count__gt=0)
    return bar_chart(
        [
            Bar(
                label=wording(kind, "title"),
                value=kind.event_count,
                url=f"{programme}?when=all&category={kind.slug}",
            )
            for kind in kinds.order_by("-event_count", "order", "slug")
        ]
    )

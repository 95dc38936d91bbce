"""The timeline as rows, for programs (JSON).

One row a milestone. The fields are documented on the open-data page; a new one is added at the
end. Dates are ISO 8601, no more of them than is known.
"""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language

from assembly_site.front import open_data
from assembly_site.languages.texts import wording
from assembly_site.sources.models import with_citations

from ..timeline import Entry


def as_json(entries: list[Entry], title: str, url: str) -> str:
    """The rows as a list called `milestones`, in an object that says what they are."""
    prefetch_related_objects([entry.milestone for entry in entries], with_citations())
    return open_data.as_json([_row(entry) for entry in entries], "milestones", title, url)


def _row(entry):
    milestone = entry.milestone
    title = wording(milestone, "title")
    region = milestone.region if milestone.region_id else None
    then = region and region.name_on(milestone.date)
    return {
        "id": milestone.pk,
        "title": title.text,
        "summary": milestone.summary,
        "language": None if title.language == get_language() else title.language,
        "date": milestone.date.isoformat(),
        "end": milestone.end.isoformat() if milestone.end else None,
        "precision": milestone.date.precision,
        "circa": milestone.circa,
        "key": milestone.key,
        "theme": milestone.theme,
        "stage": milestone.stage.slug,
        "region": region.slug if region else None,
        "region_then": then.name if then else region.name if region else None,
        "session": entry.session.number if entry.session else None,
        "url": f"{settings.SITE_URL}{milestone.get_absolute_url()}",
        "sources": [_source(citation) for citation in milestone.citations.all()],
        "updated": timezone.localtime(milestone.updated_at).isoformat(timespec="seconds"),
    }


COLUMNS = (
    "id", "title", "summary", "language", "date", "end", "precision", "circa", "key", "theme",
    "stage", "region", "region_then", "session", "url", "sources", "updated",
)  # fmt: skip
SOURCE_COLUMNS = ("title", "publisher", "url", "state")


def _source(citation):
    source = citation.source
    return {
        "title": source.title,
        "publisher": source.publisher or None,
        "url": source.url or None,
        "state": citation.state,
    }

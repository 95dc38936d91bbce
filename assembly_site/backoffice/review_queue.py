"""What waits for a decision, the longest waiting first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.models import Publishable, Status
from assembly_site.publishing.proposals import Proposal

from .access import may_publish
from .admin.review import ReviewAdmin


@dataclass
class Waiting:
    """Something submitted: by whom and when, if the log knows."""

    instance: Publishable
    kind: str
    review_url: str
    submitted: JournalEntry | None
    at: datetime

    @property
    def since(self) -> datetime:
        return self.submitted.at if self.submitted else self.instance.updated_at

    @property
    def days(self) -> int:
        return (timezone.localdate(self.at) - timezone.localdate(self.since)).days


def reviewed_kinds(user) -> Iterable[tuple[type[Publishable], ReviewAdmin]]:
    """The kinds of things that this person decides on, with their screens."""
    for model, screen in admin.site._registry.items():
        if isinstance(screen, ReviewAdmin) and may_publish(user, model):
            yield model, screen


def waiting(request: HttpRequest, at: datetime) -> list[Waiting]:
    """Everything that was submitted or proposed and is this person's to decide.

    A query a kind, and a few more.
    """
    found: dict[type, list] = {}
    screens = dict(reviewed_kinds(request.user))
    for model, screen in screens.items():
        found[model] = list(_with_regions(screen, request).filter(status=Status.IN_REVIEW))
    submitted = _last_submissions(found)
    rows = [
        Waiting(
            instance=one,
            kind=str(model._meta.verbose_name),
            review_url=screens[model]._review_url(one),
            submitted=submitted.get((model, one.pk)),
            at=at,
        )
        for model, instances in found.items()
        for one in instances
    ]
    rows += _waiting_proposals(request, screens, at)
    return sorted(rows, key=lambda row: row.since)


def _waiting_proposals(request, screens, at):
    proposals = defaultdict(list)
    for one in Proposal.objects.waiting().select_related("entry", "target_type"):
        proposals[one.kind].append(one)
    for model, screen in screens.items():
        if model not in proposals:
            continue
        wanted = [one.target_id for one in proposals[model]]
        targets = _with_regions(screen, request).in_bulk(wanted)
        for one in proposals[model]:
            yield Waiting(
                # What was deleted meanwhile is shown by what is known of it.
                instance=targets.get(one.target_id) or one.stand_in,
                kind=_("%(kind)s: proposed change") % {"kind": model._meta.verbose_name},
                review_url=screen._url("proposal", one.pk),
                submitted=one.entry,
                at=at,
            )


def _with_regions(screen, request):
    """What the person sees of a kind, each with its region, which the queue names."""
    queryset = screen.get_queryset(request).prefetch_related(None)
    has_region = any(field.name == "region" for field in screen.model._meta.fields)
    return queryset.select_related("region") if has_region else queryset


def _last_submissions(found):
    keys = defaultdict(list)
    for model, instances in found.items():
        if instances:
            keys[ContentType.objects.get_for_model(model)] = [one.pk for one in instances]
    entries = JournalEntry.objects.filter(
        deed=JournalEntry.Deed.SUBMITTED,
        target_type__in=keys,
        target_id__in=[pk for pks in keys.values() for pk in pks],
    ).order_by("pk")
    kind_of = ContentType.objects.get_for_id  # kept by Django for the life of the process
    return {
        (kind_of(entry.target_type_id).model_class(), entry.target_id): entry for entry in entries
    }


def review_queue(request: HttpRequest) -> HttpResponse:
    """The queue itself; it can be walked with the arrow keys and opened with Enter."""
    context = {
        **admin.site.each_context(request),
        "title": _("Waiting for a decision"),
        "rows": waiting(request, timezone.now()),
    }
    return TemplateResponse(request, "admin/review/queue.html", context)

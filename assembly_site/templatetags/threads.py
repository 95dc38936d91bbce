"""Threads of the history on the pages of the programme, which does not know it."""

from django import template
from django.db.models import Q

from assembly_site.publishing.clock import moment_of
from events.models import Event
from history.threads import Thread, threads_of

register = template.Library()


@register.simple_tag(takes_context=True)
def threads_to(context, event: Event) -> list[Thread]:
    """The threads on which an event lies, through the milestone that is its reason."""
    if not event.milestone_id:
        return []
    return threads_of(Q(milestones=event.milestone_id), moment_of(context["request"]))

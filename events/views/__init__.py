"""What the programme answers to a browser, a calendar, a reader, a program."""

from .changes import changes, changes_feed
from .event import event, event_calendar, page_of_event, short_link
from .feeds import programme_atom, programme_calendar, programme_csv, programme_json
from .programme import category, programme, region

__all__ = [
    "category",
    "changes",
    "changes_feed",
    "event",
    "event_calendar",
    "page_of_event",
    "programme",
    "programme_atom",
    "programme_calendar",
    "programme_csv",
    "programme_json",
    "region",
    "short_link",
]

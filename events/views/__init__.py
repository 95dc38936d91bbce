"""What the programme answers to a browser, a calendar, a reader, a program."""

from .calendar import calendar, month
from .changes import changes, changes_feed
from .embed import embed, embed_builder
from .event import event, event_calendar, page_of_event, short_link
from .feeds import programme_atom, programme_calendar, programme_csv, programme_json
from .map import programme_map
from .mine import make_link, mine, shared_calendar, shared_list
from .oembed import oembed
from .programme import category, programme, region

__all__ = [
    "calendar",
    "category",
    "changes",
    "changes_feed",
    "embed",
    "embed_builder",
    "event",
    "event_calendar",
    "make_link",
    "mine",
    "month",
    "oembed",
    "page_of_event",
    "programme",
    "programme_atom",
    "programme_calendar",
    "programme_csv",
    "programme_json",
    "programme_map",
    "region",
    "shared_calendar",
    "shared_list",
    "short_link",
]

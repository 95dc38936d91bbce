"""The editors' screens of what both apps share."""

from . import journal, pages, people, pictures, places, search, sources

__all__ = ["journal", "pages", "people", "pictures", "places", "search", "sources"]

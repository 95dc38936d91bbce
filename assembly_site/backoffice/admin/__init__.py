"""The editors' screens of what both apps share."""

from . import pages, people, pictures, places, search, sources

__all__ = ["pages", "people", "pictures", "places", "search", "sources"]

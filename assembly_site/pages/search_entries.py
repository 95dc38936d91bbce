"""What the search finds of the plain pages."""

from assembly_site.search.entries import Entries

from .models import Page


class PageEntries(Entries):
    model = Page
    type = "pages"
    kind = "page"
    weight = 450

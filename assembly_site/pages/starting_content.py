"""Plain pages from their files."""

from pathlib import Path

from assembly_site.sources.content_fields import LongTexts, Texts, Whole, Word, YesNo
from assembly_site.sources.starting_content import Loader, read_folder

from .models import Page

CONTENT = Path(__file__).parent / "content"


class PageLoader(Loader):
    kind = "page"
    model = Page
    fields = {
        "slug": Word(required=True),
        "order": Whole(default=0),
        "footer": YesNo(column="in_footer", default=True),
        "title": Texts(required=True),
        "summary": Texts(),
        "body": LongTexts(required=True),
    }

    def files(self):
        return read_folder(CONTENT)

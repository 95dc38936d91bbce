"""Plain pages from their files."""

from pathlib import Path

from assembly_site.sources.starting_content import ContentFile, Loader, read_folder

from .models import Page


class PageLoader(Loader):
    kind = "page"
    model = Page

    def files(self):
        return read_folder(Path(__file__).parent / "content")

    def values(self, file: ContentFile) -> dict:
        return {
            "order": file.data.get("order", 0),
            "in_footer": file.data.get("footer", True),
            **file.texts("title"),
            **file.texts("summary"),
            **file.texts("body", markdown=True),
        }

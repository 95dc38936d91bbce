"""Rich text: what an editor may use, and what is thrown away on save."""

from django_prose_editor.fields import ProseEditorField

# ListItem must be named beside the lists, else the sanitiser strips their items.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HardBreak": True,
}


def rich_text(verbose_name: str, **options) -> ProseEditorField:
    """A text field with an editor; scripts, styles and foreign tags are gone after save."""
    return ProseEditorField(
        verbose_name, blank=True, extensions=EXTENSIONS, sanitize=True, **options
    )

"""What the fields of all forms and of their rows have in common."""

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# A text of so many letters or more is a sentence or two, for which one line is too short.
SENTENCES = 250


class SentencesField(forms.CharField):
    """A sentence or two without line breaks, with the number of letters counted beside it.

    The browser does not cut what is too long, for a pasted text would lose its end unseen.
    """

    def __init__(self, *, max_length, widget=None, **kwargs):
        counted = forms.Textarea(attrs={"rows": 4, "data-longest": max_length})
        super().__init__(max_length=max_length, widget=counted, **kwargs)

    def widget_attrs(self, widget):
        given = super().widget_attrs(widget)
        return {name: value for name, value in given.items() if name != "maxlength"}

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


def with_note(help_text, note: str):
    """The help of a field, after what the reviewer wants to be mended there."""
    return format_html(
        '<strong class="mend-note">{} {}</strong> {}', _("To mend:"), note, help_text
    )


class AccessibleFields:
    """Mixed into screens and inlines: every field has a name, and is as long as its text."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if type(db_field) is models.CharField and (db_field.max_length or 0) >= SENTENCES:
            kwargs["form_class"] = SentencesField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # From the form of one thing nobody deletes another.
            widget.can_delete_related = False
        if isinstance(widget, forms.SplitDateTimeWidget):
            for part, name in zip(widget.widgets, (_("Date"), _("Time")), strict=True):
                part.attrs["aria-label"] = format_lazy("{}: {}", field.label, name)
        return field

"""The kinds of documents in the plural, as headings, in the order of their weight."""

from django.utils.translation import gettext_lazy as _

from .models import Document

PLURALS = {
    Document.Kind.CONSTITUTION.value: _("Constitutions"),
    Document.Kind.LAW.value: _("Laws"),
    Document.Kind.DECREE.value: _("Decrees"),
    Document.Kind.DOCTRINE.value: _("Doctrines"),
    Document.Kind.CONCEPT.value: _("Concepts"),
    Document.Kind.PLAN.value: _("Plans"),
    Document.Kind.SPEECH.value: _("Speeches"),
    Document.Kind.RESOLUTION.value: _("Resolutions"),
}

"""What a reviewer sees and sends on a page opened by a draft link."""

import html
from functools import cached_property

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import LANGUAGE_CODES, wording
from assembly_site.publishing.draft_links import LONGEST_REMARK, Approval, DraftLink, Remark

from .chapters import headings

WHOLE_PAGE = ""
DATES = "occurrences"
NAME_FIELD = {"label": _("Your name"), "max_length": 120}


class PlainText(forms.CharField):
    """Counts the end of a line as one sign, as the browser does."""

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))


class RemarkForm(forms.Form):
    """A remark on one place of the page."""

    name = forms.CharField(**NAME_FIELD)
    text = PlainText(
        label=_("Remark"),
        validators=[
            MaxLengthValidator(
                LONGEST_REMARK,
                _("The remark has %(show_value)s signs; at most %(limit_value)s are taken."),
            )
        ],
    )
    field = forms.ChoiceField(required=False, error_messages={"invalid_choice": _(
        "The place of this remark is not on the page: open the page again and choose the place."
    )})  # fmt: skip

    def __init__(self, *args, places: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = list(places.items())


class ApprovalForm(forms.Form):
    name = forms.CharField(**NAME_FIELD)


def places(instance: models.Model, language: str) -> dict[str, str]:
    """What can be remarked on: the key of each place, and its name for people.

    A chapter is named by the number and the heading that it has in this language.
    """
    found = {WHOLE_PAGE: str(_("the page as a whole"))}
    for name, label in text_fields(type(instance)).items():
        found[name] = label
        texts = headings(wording(instance, name, language).text)
        found |= {
            f"{name}:{number}": html.unescape(text) or label
            for number, text in enumerate(texts, start=1)
        }
    if hasattr(instance, DATES):
        found[DATES] = str(_("dates and place"))
    return found


def place_name(remark: Remark, fields: dict[str, str]) -> str:
    """Where a remark belongs, for the editors: the field, and the chapter as it was called."""
    name = remark.field.partition(":")[0]
    others = {WHOLE_PAGE: _("the page as a whole"), DATES: _("dates and place")}
    label = str(fields.get(name) or others.get(name) or name)
    return f"{label}, «{remark.chapter}»" if remark.chapter else label


def text_fields(model: type[models.Model]) -> dict[str, str]:
    """The translated fields of a model and their names for people."""
    ending = f"_{LANGUAGE_CODES[0]}"
    return {
        field.name.removesuffix(ending): str(field.verbose_name).removesuffix(
            f" [{LANGUAGE_CODES[0]}]"
        )
        for field in model._meta.fields
        if field.name.endswith(ending)
    }


class DraftPage:
    """What the templates of a page ask when it was opened by a draft link."""

    def __init__(self, link: DraftLink, language: str, form=None, sent: str | None = None):
        self.link = link
        self.language = language
        # The remark, or approval, that was refused, with its mistakes.
        self.form = form
        # The place whose remark has just arrived.
        self.sent = sent
        self._refusal_is_shown = False

    @cached_property
    def places(self) -> dict[str, str]:
        return places(self.link.shown, self.language)

    @cached_property
    def remarks(self) -> list[Remark]:
        return list(self.link.remarks.filter(language=self.language))

    @cached_property
    def approvals(self) -> list[Approval]:
        return list(self.link.approvals.filter(language=self.language))

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES)[self.language]

    @property
    def refused_approval(self):
        return self.form if isinstance(self.form, ApprovalForm) else None

    @property
    def mark_of_whole(self) -> SafeString:
        return self.mark(WHOLE_PAGE)

    def mark(self, field: str) -> SafeString:
        """The mark beside a place, with the form that it opens and what was remarked already."""
        if field not in self.places:
            return mark_safe("")
        form = self._refused_at(field)
        return render_to_string(
            "preview/remark.html",
            {
                "field": field,
                "anchor": anchor(field),
                "place": self.places[field],
                "remarks": [one for one in self.remarks if one.field == field],
                "form": form,
                "has_arrived": self.sent == field,
                "longest": LONGEST_REMARK,
                "language": get_language(),
            },
        )

    def _refused_at(self, field):
        """The refused remark at its own place; at the whole page if it found no place before."""
        form = self.form if isinstance(self.form, RemarkForm) else None
        if form is None or self._refusal_is_shown:
            return None
        if field != WHOLE_PAGE and form.data.get("field") != field:
            return None
        self._refusal_is_shown = True
        return form


def anchor(field: str) -> str:
    """The place of a mark in the page's address."""
    return f"remark-{field.replace(':', '-') or 'page'}"

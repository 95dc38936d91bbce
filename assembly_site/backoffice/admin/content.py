"""What all editors' screens share: languages side by side, publishing on purpose, scope."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.contenttypes.admin import GenericStackedInline
from django.db import models
from django.forms.models import ModelForm
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from translated_fields import TranslatedFieldAdmin, to_attribute

from assembly_site.languages.folding import fold
from assembly_site.languages.texts import columns
from assembly_site.pictures.uploads import PictureFormField
from assembly_site.publishing.clock import moment_of
from assembly_site.publishing.models import Publishable, Status
from assembly_site.search.models import Synonym
from assembly_site.search.question import Question, fits
from assembly_site.sources.models import Citation

from ..access import is_locked, is_translator, languages_of, may_publish, own_regions
from ..checklist import checklist
from .bulk import BulkActionsAdmin
from .conflicts import ConflictsAdmin
from .draft_links import DraftLinksAdmin
from .fields import AccessibleFields, with_note
from .presence import PresenceAdmin
from .previews import PreviewAdmin
from .proposals import ProposalsAdmin
from .review import ReviewAdmin
from .rows import RowForm, RowsTogether
from .unsaved import UnsavedAdmin
from .versions import VersionsAdmin

PUBLISHING = (
    _("Publishing"),
    {"fields": ("status", ("publish_at", "unpublish_at"), "slug", "note")},
)
PUBLISHING_WITHOUT_ADDRESS = (
    _("Publishing"),
    {"fields": ("status", ("publish_at", "unpublish_at"), "note")},
)


class ContentForm(ModelForm):
    """Fills in what an editor need not know, and hears which button was pressed."""

    # Set by the admin: whether this person decides, and what the reviewer wrote at single fields.
    may_publish = False
    notes: dict[str, str] = {}
    # What was typed before and is to stand in the form again.
    typed = None

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self.typed if data is None else data, *args, **kwargs)
        for name, note in self.notes.items():
            if name in self.fields:
                self.fields[name].help_text = with_note(self.fields[name].help_text, note)

    def clean(self):
        cleaned = super().clean()
        if "_publish" in self.data and self.may_publish:
            cleaned["status"] = Status.PUBLISHED
        if "_submit" in self.data and not self.may_publish:
            cleaned["status"] = Status.IN_REVIEW
        # Published with no time means from now on; the clock is asked here, at the door.
        if cleaned.get("status") == Status.PUBLISHED and not cleaned.get("publish_at"):
            cleaned["publish_at"] = self.instance.publish_at or timezone.now()
        many = {field.name for field in self._meta.model._meta.many_to_many}
        self.instance.chosen = {name: cleaned[name] for name in cleaned if name in many}
        return cleaned

    def add_error(self, field, error):
        """What is wrong with a field that stands not in this form is said above it."""
        for name, errors in getattr(error, "error_dict", {}).items():
            super().add_error(name if name in self.fields else None, errors)
        if not hasattr(error, "error_dict"):
            super().add_error(field, error)


class ScopedAdmin(AccessibleFields, TranslatedFieldAdmin, admin.ModelAdmin):
    """Holds an editor to the own regions and a translator to the own languages."""

    # The field that names the region of an object, where objects belong to regions.
    region_field: str | None = None

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        regions = own_regions(request.user)
        if self.region_field and regions is not None:
            queryset = queryset.filter(**{f"{self.region_field}__in": regions})
        return queryset

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name == self.region_field and regions is not None:
            kwargs["queryset"] = regions
            kwargs["empty_label"] = None
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == self.region_field and regions is not None:
            field.required = True
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.ImageField):
            kwargs["form_class"] = PictureFormField
            # The plain input: Django's own would link to the original, which is never served.
            kwargs["widget"] = forms.FileInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        readonly = [*super().get_readonly_fields(request, obj)]
        if is_translator(request.user):
            own = {
                column
                for name in self._translated_names()
                for code in languages_of(request.user)
                for column in [to_attribute(name, code)]
            }
            fields = flatten_fieldsets(self.get_fieldsets(request, obj))
            readonly += [name for name in fields if name not in own]
        return readonly

    def get_prepopulated_fields(self, request, obj=None):
        return {} if is_translator(request.user) else super().get_prepopulated_fields(request, obj)

    def get_inlines(self, request, obj):
        return [] if is_translator(request.user) else super().get_inlines(request, obj)

    def has_change_permission(self, request, obj=None):
        # In the form of something live a change can be typed, which then becomes a proposal.
        return super().has_change_permission(request, obj) and (
            getattr(request, "is_proposing", False)
            or not (obj is not None and is_locked(request.user, obj))
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (
            obj is not None and is_locked(request.user, obj)
        )

    def get_search_results(self, request, queryset, search_term):
        """Searches as visitors do: letters, endings, layouts and synonyms do not matter.

        Drafts are not in the index, so the folded texts are compared here.
        """
        names = [field for field in self.get_search_fields(request) if "__" not in field]
        wanted = fold(search_term)
        if not (wanted and names):
            return queryset, False
        question = Question(search_term, get_language(), Synonym.objects.groups())
        rows = queryset.prefetch_related(None).values_list("pk", *names)
        found, others = [], []
        for pk, *texts in rows.iterator():
            text = f" {fold(' '.join(map(str, texts)))} "
            fitting = wanted in text or any(fits(text, one) for one in question.readings)
            (found if fitting else others).append(pk)
        # The shorter list of keys: nearly all titles may hold a word.
        if len(others) < len(found):
            return queryset.exclude(pk__in=others), False
        return queryset.filter(pk__in=found), False

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        # The rich text editor needs an inline import map, so it needs the page's nonce.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        # The form takes the whole width; the way back stands above it.
        context["is_nav_sidebar_enabled"] = False
        if not context["is_popup"] and (obj is None or self.has_change_permission(request, obj)):
            edited = context["adminform"].form.instance
            context["checklist"] = checklist(request.user, edited, moment_of(request))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _translated_names(self):
        endings = tuple(f"_{code}" for code, _name in settings.LANGUAGES)
        return {
            field.name[:-3] for field in self.model._meta.fields if field.name.endswith(endings)
        }


class PublishableAdmin(
    UnsavedAdmin,
    PresenceAdmin,
    ProposalsAdmin,
    ConflictsAdmin,
    PreviewAdmin,
    DraftLinksAdmin,
    ReviewAdmin,
    VersionsAdmin,
    BulkActionsAdmin,
    ScopedAdmin,
):
    """For what has a status: only some may publish, and everybody may look at a draft."""

    form = ContentForm
    list_filter = ("status",)
    save_on_top = True
    change_form_template = "admin/publishable_change_form.html"
    change_list_template = "admin/publishable_change_list.html"

    def get_readonly_fields(self, request, obj=None):
        readonly = [*super().get_readonly_fields(request, obj)]
        if not may_publish(request.user, self.model):
            readonly += [
                name
                for name in (*self._left_to_others(request), "publish_at", "unpublish_at", "slug")
                if name in flatten_fieldsets(self.get_fieldsets(request, obj))
            ]
        return readonly

    def _left_to_others(self, request):
        # A proposal never decides whether something is public.
        return ("status",) if getattr(request, "is_proposing", False) else ()

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status" and not may_publish(request.user, self.model):
            kwargs["choices"] = [
                (status.value, status.label)
                for status in (Status.DRAFT, Status.IN_REVIEW, Status.RETURNED)
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["is_locked"] = obj is not None and is_locked(request.user, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("status"), ordering="status")
    def state(self, instance: Publishable):
        return instance.get_status_display()

    @admin.display(description=_("languages"))
    def written_languages(self, instance: Publishable):
        """The languages in which the first required text stands."""
        names = instance.required_texts or ("body",)
        present = [column[-2:] for column in columns(names[0]) if getattr(instance, column, "")]
        return " ".join(present) or "—"


class FactsField(forms.MultipleChoiceField):
    """What a note shows, as boxes to tick; stored as words divided by commas."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        if not isinstance(value, str):
            return value
        return [word.strip() for word in value.split(",") if word.strip()]

    def has_changed(self, initial, data):
        known = [one for one in self.prepare_value(initial or "") if one in Citation.Fact.values]
        return super().has_changed(known, data)

    def clean(self, value):
        return ", ".join(super().clean(value))


class CitationForm(RowForm):
    supports = FactsField(
        label=capfirst(Citation._meta.get_field("supports").verbose_name),
        choices=Citation.Fact.choices,
        required=False,
    )


class CitationInline(RowsTogether, AccessibleFields, TranslatedFieldAdmin, GenericStackedInline):
    model = Citation
    form = CitationForm
    ct_field = "target_type"
    ct_fk_field = "target_id"
    extra = 0
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "source"),
                    ("supports", "state", "checked_on"),
                    columns("statement"),
                )
            },
        ),
    )


def side_by_side(*names: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a fieldset: each translated field in its three languages."""
    return tuple(columns(name) for name in names)

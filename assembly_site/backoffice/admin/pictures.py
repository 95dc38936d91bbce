"""The library of pictures: looking, describing, cutting, and where each is shown."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms.models import ModelForm
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from translated_fields import to_attribute

from assembly_site.languages.texts import columns
from assembly_site.pictures.focal_points import MIDDLE, FocalPointField
from assembly_site.pictures.models import Picture
from assembly_site.pictures.uploads import ACCEPT, MAX_BYTES, MAX_FILES
from assembly_site.pictures.uses import owners

from ..access import is_translator, languages_of, may_publish, own_regions
from ..stale_forms import wants_data
from .content import ScopedAdmin, side_by_side
from .picture_filters import AddedByFilter, AlternativeFilter, RegionFilter, UseFilter
from .picture_upload import FAR_TOO_MANY, ManyPicturesForm, told_when_signed_out, was_read
from .picture_uses import lines, uses_of


class PictureForm(ModelForm):
    focal_point = FocalPointField(label=_("Focal point"), initial=MIDDLE)

    def add_error(self, field, error):
        """Says above the form what is wrong beside it; other languages are for others to mend."""
        written = {name[-3:] for name in self.fields}
        for name, errors in getattr(error, "error_dict", {}).items():
            if name in self.fields or name[-3:] in written or name == NON_FIELD_ERRORS:
                super().add_error(name if name in self.fields else None, errors)
        if not hasattr(error, "error_dict"):
            super().add_error(field, error)


@admin.register(Picture)
class PictureAdmin(ScopedAdmin):
    form = PictureForm
    region_field = "region"
    list_display = ("title", "credit", "region", "created_at")
    list_filter = (
        AlternativeFilter,
        UseFilter,
        RegionFilter,
        AddedByFilter,
    )
    list_select_related = ("region", "added_by")
    list_per_page = 48
    actions_selection_counter = False
    search_fields = ("title", "people", *columns("alternative"), *columns("caption"), "credit")
    search_help_text = _("By title, people shown, alt text, caption or author")
    fieldsets = (
        (None, {"fields": ("title", "image")}),
        (_("Focal point and crops"), {"fields": ("focal_point",), "classes": ("focal",)}),
        (
            _("For those who cannot see it"),
            {"fields": ("decorative", *side_by_side("alternative"))},
        ),
        (
            _("Caption and author"),
            {
                "fields": (
                    *side_by_side("caption"),
                    "people",
                    ("credit", "licence"),
                    ("source_url", "taken_on"),
                    "region",
                )
            },
        ),
    )

    def get_urls(self):
        view = told_when_signed_out(self.admin_site.admin_view(self.upload_view))
        upload = path("upload/", view, name="pictures_picture_upload")
        return [upload, *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        """Whoever may not replace the file sees no field of it: it would link the original."""
        fieldsets = super().get_fieldsets(request, obj)
        if not is_translator(request.user) and (
            obj is None or self.has_change_permission(request, obj)
        ):
            return fieldsets
        (name, options), *others = fieldsets
        return [(name, options | {"fields": ("title",)}), *others]

    def get_readonly_fields(self, request, obj=None):
        """Of what visitors see, a translator fills what is empty, and rewrites nothing."""
        readonly = super().get_readonly_fields(request, obj)
        if not self._is_locked(request, obj):
            return readonly
        gaps = self._gaps(request, obj)
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [*readonly, *(name for name in fields if name not in (*readonly, *gaps))]

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Picture library")}
        return super().changelist_view(request, context | (extra_context or {}))

    def get_changelist_instance(self, request):
        library = super().get_changelist_instance(request)
        library.result_list = library.result_list.with_uses()
        return library

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "image":
            # The preview with its point stands in the template, among the crops.
            field.widget = forms.FileInput({"accept": ACCEPT})
        return field

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            not self._is_locked(request, obj) or bool(self._gaps(request, obj))
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) or _may_take_back(request.user, obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["uses"] = uses_of(obj, request, self.admin_site)
        context["is_locked"] = self._is_locked(request, obj)
        context["has_gaps"] = context["is_locked"] and self._gaps(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs, request):
        """A picture that something shows is protected by it."""
        shown = []
        for picture in objs:
            uses = uses_of(picture, request, self.admin_site)
            shown += lines(picture, uses) if uses else []
        return ([], {}, set(), shown) if shown else super().get_deleted_objects(objs, request)

    @method_decorator(csrf_exempt)
    def upload_view(self, request):
        """Reads the files before the token is checked: too many get a sentence, no bare error."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if was_read(request):
            return self._upload(request)
        if wants_data(request):
            return JsonResponse({"why": FAR_TOO_MANY}, status=413)
        return self._upload_page(request, self._batch(request), status=413, refusal=FAR_TOO_MANY)

    @method_decorator(csrf_protect)
    def _upload(self, request):
        """The form; after it was sent, what became of each file: a page, or data for the script."""
        if request.method != "POST":
            return self._upload_page(request, self._batch(request))
        form = self._batch(request, request.POST, request.FILES)
        if not form.is_valid():
            why = " ".join(message for errors in form.errors.values() for message in errors)
            return (
                JsonResponse({"why": why}, status=400)
                if wants_data(request)
                else self._upload_page(request, form)
            )
        report = form.save(request.user)
        for picture in report.added:
            self.log_addition(request, picture, [{"added": {}}])
        if wants_data(request):
            return JsonResponse(report.as_data())
        again = self._batch(request, initial=form.cleaned_data)
        return self._upload_page(request, again, report=report)

    def _batch(self, request, *values, **options):
        """The form of the upload, with the regions this person may choose."""
        region = self.formfield_for_dbfield(Picture._meta.get_field("region"), request)
        return ManyPicturesForm(
            *values, regions=region.queryset, needs_region=region.required, **options
        )

    def _upload_page(self, request, form, status=200, **more):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload several pictures"),
            "opts": self.opts,
            "form": form,
            "max_bytes": MAX_BYTES,
            "max_files": MAX_FILES,
            **more,
        }
        return TemplateResponse(request, "admin/pictures/upload.html", context, status=status)

    def _gaps(self, request, picture):
        """The texts of a translator's own languages that nobody has written yet."""
        if not is_translator(request.user):
            return []
        names = sorted(self._translated_names())
        own = [to_attribute(name, code) for name in names for code in languages_of(request.user)]
        return [name for name in own if not getattr(picture, name)]

    @staticmethod
    def _is_locked(request, picture):
        """Whether visitors see it and this person may not decide what they see."""
        decides = all(may_publish(request.user, owner.model) for owner in owners(Picture))
        return picture is not None and not decides and picture.is_live


def _may_take_back(user, picture) -> bool:
    """Whether a regional editor added it, in an own region, and nothing shows it or will.

    Without a picture: whether there may be such a one.
    """
    regions = own_regions(user)
    if regions is None or not user.has_perm("pictures.change_picture"):
        return False
    return picture is None or (
        picture.added_by_id == user.pk
        and regions.filter(pk=picture.region_id).exists()
        and not picture.is_used
        and not picture.is_wanted
    )

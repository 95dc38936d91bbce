"""Many pictures at once: what they share is asked once, and each file is answered for by itself."""

import logging
from collections.abc import Callable
from functools import update_wrapper
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assembly_site.pictures.models import Picture
from assembly_site.pictures.uploads import (
    ACCEPT,
    MAX_FILES,
    PictureFormField,
    title_from,
)

from ..stale_forms import wants_data

logger = logging.getLogger(__name__)

TOO_MANY = _("At most 60 pictures are taken at once: send this one again.")
FAR_TOO_MANY = _("So many files cannot be taken at once; none was kept. Choose at most 60.")
SIGNED_OUT = _("You were signed out, so no picture was kept. Sign in and choose the files again.")
SIGNED_OUT_OF_SCRIPT = _("You are signed out. Open another tab, sign in there, and try again.")
NOT_STORED = _("The picture could not be stored. Send it again in a few minutes.")


class Refused(NamedTuple):
    """A file that was not taken, and the sentence why."""

    name: str
    why: str


class Report(NamedTuple):
    """What became of an upload, file by file."""

    added: list[Picture]
    refused: list[Refused]

    def as_data(self) -> dict:
        """For the script, which draws what it shows from it."""
        return {
            "added": [
                {
                    "title": picture.title,
                    "address": reverse("admin:pictures_picture_change", args=[picture.pk]),
                    "thumbnail": picture.image.card,
                }
                for picture in self.added
            ],
            "refused": [refused._asdict() for refused in self.refused],
        }


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class ManyFilesField(forms.FileField):
    """Gives the files as they came: each is looked at when its turn comes."""

    widget = SeveralFiles({"multiple": True, "accept": ACCEPT})

    def clean(self, data, initial=None):
        if not data:
            raise ValidationError(_("Choose at least one picture."), code="required")
        return data


class ManyPicturesForm(forms.Form):
    """What all pictures of one upload have in common."""

    required_css_class = "required"

    pictures = ManyFilesField(
        label=_("Pictures"),
        help_text=_("JPEG, PNG or WebP; at most 60 files, each of at most 20 megabytes."),
    )
    credit = forms.CharField(
        label=_("Author of all of them"), max_length=Picture._meta.get_field("credit").max_length
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=Picture._meta.get_field("licence").max_length, required=False
    )
    region = forms.ModelChoiceField(None, label=_("Region"), required=False)

    def __init__(self, *args, regions, needs_region, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        field.queryset, field.required = regions, needs_region
        if needs_region:
            field.empty_label = None
        for name in ("credit", "licence"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def save(self, user) -> Report:
        """Adds what can be added; one bad file keeps no other from the library."""
        added, refused = [], []
        shared = {name: self.cleaned_data[name] for name in ("credit", "licence", "region")}
        for number, file in enumerate(self.cleaned_data["pictures"], start=1):
            try:
                added.append(_add(number, file, added_by=user, **shared))
            except ValidationError as error:
                refused.append(Refused(file.name, " ".join(error.messages)))
            except OSError:
                logger.exception("A picture could not be stored")
                refused.append(Refused(file.name, str(NOT_STORED)))
        return Report(added, refused)


def _add(number, file, **shared) -> Picture:
    if number > MAX_FILES:
        raise ValidationError(TOO_MANY)
    picture = Picture(title=title_from(file.name), image=PictureFormField().clean(file), **shared)
    picture.save()
    return picture


def was_read(request) -> bool:
    """Whether the request could be read at all; of one with far too many files nothing is kept."""
    try:
        return request.POST is not None
    except (TooManyFilesSent, RequestDataTooBig):
        return False


def told_when_signed_out(view: Callable) -> Callable:
    """Says to whoever was signed out meanwhile that no file was kept, and asks to sign in."""

    def door(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return view(request)
        was_read(request)  # a browser hears no answer before it has sent everything
        if wants_data(request):
            return JsonResponse({"why": SIGNED_OUT_OF_SCRIPT}, status=401)
        messages.warning(request, SIGNED_OUT)
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))

    return update_wrapper(door, view)

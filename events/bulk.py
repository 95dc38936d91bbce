"""What can be done to many events at once."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assembly_site.backoffice.access import own_regions
from assembly_site.backoffice.admin.bulk import BulkAction
from assembly_site.languages.dates import write_span
from assembly_site.places.models import Region

from .models import Occurrence

Status = Occurrence.Status
FARTHEST = 366  # days


class RegionForm(forms.Form):
    region = forms.ModelChoiceField(label=gettext_lazy("Region"), queryset=Region.objects.none())

    def __init__(self, data, regions):
        super().__init__(data)
        self.fields["region"].queryset = regions


class SetRegion(BulkAction):
    name, label = "region", gettext_lazy("Set the region")

    def form(self, request, data=None):
        regions = own_regions(request.user)
        return RegionForm(data, Region.objects.all() if regions is None else regions)

    def obstacle(self, instance, user, values, at):
        if values.get("region") and instance.region_id == values["region"].pk:
            return _("It is in this region already.")
        return ""

    def effect(self, instance, values, at):
        return f"{instance.region or '—'} → {values['region']}"

    def apply(self, instance, user, values, at):
        instance.region = values["region"]
        instance.save()


class ShiftForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=gettext_lazy("7 is a week later, −7 a week earlier."),
    )

    def clean_days(self):
        days = self.cleaned_data["days"]
        if days == 0:
            raise ValidationError(_("Nothing moves by 0 days."))
        return days


class ShiftDates(BulkAction):
    name, label = "shift", gettext_lazy("Move by days")
    form_class = ShiftForm

    def obstacle(self, instance, user, values, at):
        if not _movable(instance):
            return _("No date of it is known to the day.")
        return ""

    def effect(self, instance, values, at):
        moved = timedelta(days=values["days"])
        return "; ".join(
            f"{one.when} → {write_span(one.first_day + moved, one.last_day + moved)}"
            for one in _movable(instance)
        )

    def apply(self, instance, user, values, at):
        days = timedelta(days=values["days"])
        for one in _movable(instance):
            one.first_day += days
            one.last_day += days
            one.full_clean()
            one.save()


def _movable(event):
    return [
        one for one in event.occurrences.all() if one.has_day and one.status != Status.CANCELLED
    ]


class CancelForm(forms.Form):
    reason_kk = forms.CharField(label=gettext_lazy("Reason, in Kazakh"), max_length=300)
    reason_ru = forms.CharField(label=gettext_lazy("Reason, in Russian"), max_length=300)
    reason_en = forms.CharField(
        label=gettext_lazy("Reason, in English"), max_length=300, required=False
    )


class Cancel(BulkAction):
    name, label = "cancel", gettext_lazy("Cancel with a reason")
    form_class = CancelForm

    def obstacle(self, instance, user, values, at):
        if not _ahead(instance, at):
            return _("It has no date ahead that could be cancelled.")
        return ""

    def effect(self, instance, values, at):
        count = len(_ahead(instance, at))
        return ngettext("%(count)s date", "%(count)s dates", count) % {"count": count}

    def apply(self, instance, user, values, at):
        for one in _ahead(instance, at):
            one.status = Status.CANCELLED
            for name, text in values.items():
                setattr(one, name, text)
            one.full_clean()
            one.save()


def _ahead(event, at):
    return [
        one
        for one in event.occurrences.all()
        if one.status != Status.CANCELLED and not one.is_over(at)
    ]

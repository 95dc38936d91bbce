"""Rows within a form: what they point at is read for all of them together, never row by row."""

from collections.abc import Mapping

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.forms.models import ModelForm


class ChosenAlready:
    """Mixed into a widget that asks the database what is chosen: it looks at what is known first.

    `known` are objects by their keys as a form writes them.
    """

    known: Mapping[str, models.Model] = {}

    def optgroups(self, name, value, attr=None):
        chosen = [key for key in value if key]
        if any(key not in self.known for key in chosen):
            return super().optgroups(name, value, attr)
        groups = super().optgroups(name, [], attr)
        options = groups[0][1]
        for key in chosen:
            label = self.choices.field.label_from_instance(self.known[key])
            options.append(self.create_option(name, key, label, True, len(options)))
        return groups


class RowSelect(ChosenAlready, AutocompleteSelect):
    pass


class RowSelectMultiple(ChosenAlready, AutocompleteSelectMultiple):
    pass


class RowForm(ModelForm):
    """A row that tells its widgets what it points at."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        for name, field in self.fields.items():
            # The admin wraps a widget that leads to another object.
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, ChosenAlready):
                widget.known = {str(one.pk): one for one in _pointed_at(self.instance, name)}


class RowsTogether:
    """Mixed into an inline whose rows point at other objects."""

    form = RowForm

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.choices = list(field.choices)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = RowSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _pointed_at(instance, name):
    if instance._meta.get_field(name).many_to_many:
        return getattr(instance, name).all()
    one = getattr(instance, name)
    return [] if one is None else [one]

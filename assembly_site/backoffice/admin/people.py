from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.utils.translation import gettext_lazy as _

from ..models import User


class UserForm(UserChangeForm):
    languages = forms.MultipleChoiceField(
        label=_("languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=User._meta.get_field("languages").help_text,
    )


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserForm
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    filter_horizontal = ("groups", "user_permissions", "regions")
    fieldsets = (
        *DjangoUserAdmin.fieldsets[:2],
        (_("Where and in which languages"), {"fields": ("language", "regions", "languages")}),
        *DjangoUserAdmin.fieldsets[2:],
    )

"""The editors' screens of the programme."""

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from translated_fields import TranslatedFieldAdmin

from assembly_site.backoffice.access import is_translator, own_regions
from assembly_site.backoffice.admin.bulk import Publish, Return
from assembly_site.backoffice.admin.content import (
    PUBLISHING,
    CitationInline,
    PublishableAdmin,
    ScopedAdmin,
    side_by_side,
)
from assembly_site.backoffice.admin.fields import AccessibleFields
from assembly_site.backoffice.admin.rows import RowsTogether
from assembly_site.languages.dates import PartialDateFormField
from assembly_site.languages.texts import columns
from assembly_site.publishing.journal import JournalEntry, write_down
from assembly_site.publishing.models import public_at
from assembly_site.publishing.versions import one_version

from .bulk import Cancel, SetRegion, ShiftDates
from .event_form import EventForm, duplicate, next_in_series
from .models import (
    AccessProvision,
    Audience,
    Category,
    Event,
    Holiday,
    Occurrence,
    SpokenLanguage,
    ToldApart,
)
from .similar import similar_events

FURTHER_DATES = (_("Further dates"), {"fields": ("weekly_until",)})
COPIES = {"duplicate": duplicate, "next": next_in_series}


class OccurrenceInline(RowsTogether, AccessibleFields, TranslatedFieldAdmin, admin.StackedInline):
    model = Occurrence
    extra = 0
    min_num = 1
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("first_day", "last_day", "precision"),
                    ("start_time", "end_time", "all_day", "time_to_be_confirmed"),
                    ("venue", "room"),
                    ("status", "previous_first_day", "previous_start_time"),
                    columns("reason"),
                )
            },
        ),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name == "venue":
            venues = db_field.related_model.objects.select_related("region")
            if regions is not None:
                venues = venues.filter(region__in=regions)
            kwargs["queryset"] = venues
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    form = EventForm
    change_form_template = "admin/events/event/change_form.html"
    region_field = "region"
    list_display = ("title", "category", "region", "when", "state", "written_languages")
    list_filter = ("status", "category", "region", "first_day")
    list_select_related = ("category", "region")
    search_fields = (*columns("title"), "plan_number")
    autocomplete_fields = ("picture", "part_of", "session", "milestone", "stage", "gallery")
    bulk_actions = (Publish(), Return(), SetRegion(), ShiftDates(), Cancel())
    inlines = (OccurrenceInline, CitationInline)
    fieldsets = (
        (_("What"), {"fields": (*side_by_side("title", "summary"), ("category", "region"))}),
        FURTHER_DATES,
        (
            _("For whom and how"),
            {
                "fields": (
                    *side_by_side("organiser"),
                    ("attendance_mode", "online_url"),
                    ("admission", "price", "registration_until"),
                    "registration_url",
                    *side_by_side("admission_note"),
                    "audiences",
                    "languages",
                    "access",
                )
            },
        ),
        (_("Text"), {"fields": side_by_side("body")}),
        (
            _("Contact"),
            {"fields": (("contact_name", "contact_phone", "contact_email"), "website")},
        ),
        (_("Picture"), {"fields": ("picture",)}),
        (
            _("Ties"),
            {
                "fields": (
                    "part_of",
                    ("session", "milestone", "stage"),
                    ("plan_year", "plan_number"),
                )
            },
        ),
        (
            _("Afterwards"),
            {
                "classes": ("collapse",),
                "fields": (*side_by_side("report"), "participants", "gallery"),
            },
        ),
        PUBLISHING,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("occurrences")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        writes = self._writes_dates(request, obj)
        return [one for one in fieldsets if writes or one is not FURTHER_DATES]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not self._writes_dates(request, obj):
            form.base_fields.pop("weekly_until", None)
        return form

    def _writes_dates(self, request, obj):
        """Whoever cannot write dates is not asked to repeat them."""
        return self.has_change_permission(request, obj) and not is_translator(request.user)

    @admin.display(description=_("dates"), ordering="first_day")
    def when(self, event):
        """The dates in words, to the precision that is known: a month shows no day."""
        return ", ".join(occurrence.when for occurrence in event.occurrences.all()) or "—"

    def save_model(self, request, obj, form, change):
        stored = Event.objects.filter(pk=obj.pk).first() if change else None
        obj.is_being_published = stored is None or not stored.is_public(timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        added = form.repeat_weekly(form.instance)
        if added:
            self.message_user(
                request,
                ngettext("%(count)s date added.", "%(count)s dates added.", added)
                % {"count": added},
            )
        form.instance.save_span()

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("similar/", view(self.similar_view), name="events_event_similar"),
            path("<int:pk>/copy/<slug:how>/", view(self.copy_view), name="events_event_copy"),
            path(
                "<int:pk>/apart/<int:other>/", view(self.tell_apart_view), name="events_event_apart"
            ),
            path(
                "<int:pk>/apart/<int:other>/take-back/",
                view(self.take_back_view),
                name="events_event_apart_take_back",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_copy"] = obj is not None and self.has_add_permission(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_changeform_initial_data(self, request):
        """Region and category as in the last event of the same editor: one types them once."""
        initial = super().get_changeform_initial_data(request)
        last = (
            JournalEntry.objects.filter(
                by=request.user, target_type=ContentType.objects.get_for_model(Event)
            )
            .newest_first()
            .values_list("target_id", flat=True)
            .first()
        )
        event = self.get_queryset(request).filter(pk=last).first()
        if event is not None:
            initial.setdefault("region", event.region_id)
            initial.setdefault("category", event.category_id)
        return initial

    def similar_view(self, request):
        """A piece of page: events whose titles sound like the one that is being typed.

        The own ones lead to their forms; of other regions only what is public is shown.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = timezone.now()
        own = self.get_queryset(request).values("pk")
        seen = Event.objects.filter(Q(pk__in=own) | public_at(at))
        near = PartialDateFormField(required=False)
        try:
            day = near.clean(request.GET.get("day", ""))
        except ValidationError:
            day = None
        but = request.GET.get("but", "")
        but = int(but) if but.isascii() and but.isdigit() and len(but) < 19 else None
        found = similar_events(
            request.GET.get("title", "")[:300],
            seen.exclude(pk__in=ToldApart.objects.from_event(but)),
            near=day.first_day if day else None,
            but=but,
        )
        mine = set(self.get_queryset(request).filter(pk__in=[one.event.pk for one in found])
                   .values_list("pk", flat=True))  # fmt: skip
        rows = [
            (
                one.event,
                reverse("admin:events_event_change", args=[one.event.pk])
                if one.event.pk in mine
                else one.event.get_absolute_url(),
            )
            for one in found
        ]
        if not rows:
            return HttpResponse()
        return render(request, "admin/events/event/similar.html", {"similar": rows})

    def copy_view(self, request, pk, how):
        """Makes a draft of the same words, or the next of a series (by POST)."""
        event = self.get_queryset(request).filter(pk=pk).first()
        if event is None or how not in COPIES:
            raise Http404
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        with one_version(request.user, _("Copy of “%(name)s”") % {"name": event}):
            copy = COPIES[how](event)
            write_down(JournalEntry.Deed.ADDED, copy, request.user, timezone.now(),
                       _("Copy of “%(name)s”") % {"name": event})  # fmt: skip
        self.message_user(request, _("This is a draft of its own now. Write its dates."))
        return redirect("admin:events_event_change", copy.pk)

    def tell_apart_view(self, request, pk, other):
        """Two events look like one, and an editor says that they are two (by POST)."""
        events = self._pair(request, pk, other)
        ToldApart.objects.tell(*events, request.user, timezone.now())
        self.message_user(
            request,
            _("These two will no longer stand among the likely duplicates. Should it be a mistake,"
              " take it back there, under “Said to be different events”."),
            messages.SUCCESS,
        )  # fmt: skip
        return redirect(f"{reverse('admin:index')}#duplicates-heading")

    def take_back_view(self, request, pk, other):
        """They may be one after all (by POST)."""
        ToldApart.objects.take_back(*self._pair(request, pk, other), request.user, timezone.now())
        self.message_user(
            request,
            _("Taken back: the two may stand among the likely duplicates again."),
            messages.SUCCESS,
        )
        return redirect(f"{reverse('admin:index')}#duplicates-heading")

    def _pair(self, request, pk, other):
        """The two events, both among those that this editor keeps; else 404 or 403.

        What is live may be told apart too: nothing changes in it.
        """
        events = list(self.get_queryset(request).filter(Q(pk=pk) | Q(pk=other)))
        if len(events) != 2:
            raise Http404
        may = self.has_change_permission(request) and not is_translator(request.user)
        if request.method != "POST" or not may:
            raise PermissionDenied
        return events

    def after_restoring(self, instance):
        instance.save_span()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name in ("picture", "part_of") and regions is not None:
            # Autocomplete is scoped by the other admin; this refuses a forged choice.
            kwargs["queryset"] = db_field.related_model.objects.filter(region__in=regions)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        regions = own_regions(request.user)
        if db_field.name == "gallery" and regions is not None:
            kwargs["queryset"] = db_field.related_model.objects.filter(region__in=regions)
        if db_field.name in ("audiences", "languages", "access"):
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Category)
class CategoryAdmin(ScopedAdmin):
    list_display = ("title", "schema_type", "ornament", "order")
    search_fields = columns("title")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *side_by_side("title", "introduction"),
                    ("schema_type", "ornament", "order"),
                    "slug",
                )
            },
        ),
    )


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    list_display = ("title", "month", "day", "since", "until")
    search_fields = columns("title")
    fieldsets = (
        (None, {"fields": (*side_by_side("title"), ("month", "day"), ("since", "until"))}),
    )


@admin.register(Audience, AccessProvision, SpokenLanguage)
class TermAdmin(ScopedAdmin):
    list_display = ("title", "code", "order")
    search_fields = ("code", *columns("title"))
    fieldsets = ((None, {"fields": (*side_by_side("title"), ("code", "order"))}),)

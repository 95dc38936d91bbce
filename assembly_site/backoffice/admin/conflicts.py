"""Two people in one form: what does not collide is merged, the rest is chosen field by field."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assembly_site.publishing.differences import (
    Mark,
    in_words,
    label_of,
    language_of,
    word_marks,
)
from assembly_site.publishing.merging import (
    Collision,
    Merged,
    Place,
    meant,
    merge,
    without_keys,
    write_state,
)
from assembly_site.publishing.models import ContentVersion
from assembly_site.publishing.versions import (
    Snapshot,
    keep,
    one_version,
    present,
    snapshot_of,
    versions_of,
)

from ..unsaved import BASE, CHOICE, typed_pairs


@dataclass(frozen=True)
class Question:
    """A collision as an editor reads it: what stood there, what I wrote, what they wrote."""

    place: Place
    row: str
    label: str
    language: str
    before: str
    mine: str
    theirs: str
    chosen: str

    @property
    def mine_marked(self) -> list[Mark]:
        return word_marks(self.before, self.mine)

    @property
    def theirs_marked(self) -> list[Mark]:
        return word_marks(self.before, self.theirs)


class ConflictsAdmin:
    """Mixed into the admin of whatever keeps versions."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def view():
            return super(ConflictsAdmin, self).changeform_view(
                request, object_id, form_url, extra_context
            )

        obj = request.opened
        if obj is None or not self.has_view_or_change_permission(request, obj):
            return view()
        if request.method != "POST":
            typed = getattr(request, "typed", None)
            base = self._stale_base(obj, typed.get(BASE)) if typed is not None else None
            if base is not None and _has_more_rows(base, present(obj)):
                return self._looking_back(request, obj, base, view)
            return view()
        with transaction.atomic():
            # From here on nobody saves in between.
            ContentVersion.objects.hold()
            return self.save_posted(request, obj, view)

    def save_posted(self, request, obj, view) -> HttpResponse:
        """Saves the posted form, onto what others saved since it was opened."""
        if not self.has_change_permission(request, obj):
            return view()
        base = self._stale_base(obj, request.POST.get(BASE))
        return self._save_merged(request, obj, base, view) if base else view()

    def present_base(self, obj) -> str:
        """What a form says about the state from which it was opened."""
        newest = versions_of(obj).values_list("pk", flat=True).first() if obj is not None else None
        return str(newest or 0)

    def _stale_base(self, obj, opened_from: str | None) -> Snapshot | None:
        """The state from which a form was opened, if that is no longer the present one."""
        if not opened_from:
            return None
        versions = versions_of(obj)
        newest = versions.first()
        if newest is None or str(newest.pk) == opened_from:
            return None
        known = versions.filter(pk=opened_from) if opened_from.isdecimal() else versions.none()
        # A form opened before there was any version was opened from what became the first.
        return snapshot_of(known.first() or versions.last())

    def what_the_form_makes(self, request, obj, base: Snapshot | None, view):
        """The state that saving would give, with nothing saved; and the answer of the form.

        The state is None when the form has mistakes: the answer then shows them.
        """
        request.made = None
        with transaction.atomic():
            self._go_back_to(obj, base)
            request.is_trial = True
            response = view()
            request.is_trial = False
            if request.made is None and hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        return request.made, response

    def _looking_back(self, request, obj, base, view):
        """The form as it was when it was opened: the rows it speaks of may be gone by now."""
        with transaction.atomic():
            self._go_back_to(obj, base)
            response = view()
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        return response

    def _go_back_to(self, obj, base):
        if base is not None:
            fresh = self._fresh(obj)
            write_state(
                fresh, meant(self.model, present(fresh)), meant(self.model, base), _just_save
            )

    def response_change(self, request, obj):
        if getattr(request, "is_trial", False):
            request.made = present(self._fresh(obj))
            return HttpResponse()
        return super().response_change(request, obj)

    def _fresh(self, obj):
        return self.model._default_manager.get(pk=obj.pk)

    # Merging ---------------------------------------------------------------------------------

    def _save_merged(self, request, obj, base, view):
        mine, response = self.what_the_form_makes(request, obj, base, view)
        if mine is None:
            return response
        live = self._fresh(obj)
        theirs = meant(self.model, present(live))
        choices = choices_of(request)
        merged = merge(
            meant(self.model, base), meant(self.model, without_keys(mine, base)), theirs, choices
        )
        newest = self.present_base(obj)
        is_seen = request.POST.get("_seen") == newest
        if merged.undecided or (merged.collisions and not is_seen):
            return self._conflict_page(request, live, merged, newest)
        try:
            with one_version(request.user, request.POST.get("why", "")[:200]):
                request.status_before = live.status
                write_state(live, theirs, merged.state, lambda row: self._save_row(request, row))
                self.after_restoring(live)
                keep(live)
                self.log_change(request, live, "")
        except ValidationError as error:
            return self._conflict_page(request, live, merged, newest, self._sentences(error))
        self._say_what_was_kept(request, live, merged, theirs)
        return self.response_change(request, live)

    def _save_row(self, request, row):
        row.full_clean()
        if isinstance(row, self.model):
            self.save_model(request, row, None, True)
        else:
            row.save()

    def _say_what_was_kept(self, request, live, merged, theirs):
        if not merged.kept:
            return
        kept = {name_of(self.model, place, theirs): None for place in merged.kept}
        texts = {"names": self._savers(request, live), "fields": ", ".join(kept)}
        messages.info(request, _("Also kept, saved meanwhile by %(names)s: %(fields)s.") % texts)

    def _savers(self, request, live) -> str:
        """The names of those who saved since the form was opened."""
        opened_from = request.POST.get(BASE, "")
        since = versions_of(live)
        if opened_from.isdecimal():
            since = since.filter(pk__gt=opened_from)
        # The newest is what this person saves right now.
        people = [one.revision.user for one in since if one.revision.user]
        others = [one for one in people if one != request.user] or people
        names = dict.fromkeys(one.get_full_name() or one.get_username() for one in others)
        return ", ".join(names)

    def _conflict_page(self, request, live, merged, newest, mistakes=()):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changed by another: %(name)s") % {"name": live},
            "opts": self.opts,
            "original": live,
            "questions": questions(self.model, merged, choices_of(request)),
            "savers": self._savers(request, live),
            "mistakes": mistakes,
            "typed": typed_pairs(request.POST),
            "seen": newest,
        }
        return TemplateResponse(request, "admin/conflicts/choose.html", context)


def _has_more_rows(base: Snapshot, now: Snapshot) -> bool:
    """Whether rows of which a form may speak are gone by now."""
    return any(rows.keys() - now.children[name].keys() for name, rows in base.children.items())


def _just_save(row: models.Model) -> None:
    row.save()


def choices_of(request: HttpRequest) -> dict[Place, str]:
    """What was chosen on the page of a conflict, by place."""
    names = [name for name in request.POST if name.startswith(CHOICE) and name.count(".") == 2]
    return {Place(*name.removeprefix(CHOICE).split(".")): request.POST[name] for name in names}


def questions(model: type[models.Model], merged: Merged, choices: dict[Place, str]):
    """Each collision in the words of the form; mine is chosen until somebody chooses."""
    return [
        Question(
            place=one.place,
            row=_row_name(model, one.place, merged.state),
            label=_column_label(model, one.place),
            language=language_of(_column(model, one.place)) if one.place.name else "",
            before=_text(model, one, one.base),
            mine=_text(model, one, one.mine),
            theirs=_text(model, one, one.theirs),
            chosen=choices.get(one.place, "mine"),
        )
        for one in merged.collisions
    ]


def name_of(model: type[models.Model], place: Place, state: Snapshot) -> str:
    """A place in words: “Date 2: Room”, “Title (ru)”."""
    row, label = _row_name(model, place, state), _column_label(model, place)
    if place.name and (language := language_of(_column(model, place))):
        label = f"{label} ({language})"
    return ": ".join(filter(None, (row, label)))


def _kind(model, place):
    return model._meta.get_field(place.relation).related_model if place.relation else model


def _column(model, place):
    return _kind(model, place)._meta.get_field(place.name)


def _column_label(model, place):
    return label_of(_column(model, place)) if place.name else ""


def _row_name(model, place, state):
    if not place.relation:
        return ""
    rows = list(state.children.get(place.relation, {}))
    number = rows.index(place.row) + 1 if place.row in rows else len(rows) + 1
    return f"{capfirst(_kind(model, place)._meta.verbose_name)} {number}"


def _text(model, collision: Collision, value) -> str:
    if collision.place.name:
        return in_words(_column(model, collision.place), value)
    if value is None:
        return _("taken out")
    columns = map(_kind(model, collision.place)._meta.get_field, value)
    lines = {label_of(one): in_words(one, value[one.name]) for one in columns}
    return "\n".join(f"{label}: {text}" for label, text in lines.items() if text)

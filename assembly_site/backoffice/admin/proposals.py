"""A change to what is live: typed into the same form, decided on a page of its own."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assembly_site.publishing import proposals
from assembly_site.publishing.differences import differences
from assembly_site.publishing.field_notes import notes_in_words
from assembly_site.publishing.merging import meant, without_keys
from assembly_site.publishing.proposals import DECIDED_ELSEWHERE, Proposal
from assembly_site.publishing.versions import ensure_first_version, present

from ..access import is_locked, may_publish
from ..unsaved import AUTHOR, BASE, KEPT, as_form_data, typed_pairs
from .conflicts import choices_of, questions
from .unsaved import fill_in

State = Proposal.State


class AnswerForm(forms.Form):
    """The approver's words to whoever proposed it."""

    why = forms.CharField(
        label=gettext_lazy("Note to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalsAdmin:
    """Mixed into the admin of whatever has a status."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_proposal"
        view = self.admin_site.admin_view(self.proposal_view)
        return [path("proposals/<int:proposal>/", view, name=name), *super().get_urls()]

    # The form --------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        request.opened = obj
        if obj is not None:
            request.is_proposing = is_locked(request.user, obj)
            request.proposals = list(
                Proposal.objects.about(obj).open().select_related("by", "entry")
            )
            own = self._own(request)
            if own and request.is_proposing and request.method == "GET" and request.typed is None:
                fill_in(request, as_form_data([*own.typed, (BASE, own.base_version)]))
                request.is_unsaved = False
        return super().changeform_view(request, object_id, form_url, extra_context)

    def preview_view(self, request, object_id=None):
        """What is being proposed can be looked at before it is sent, as a draft can."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        request.is_proposing = obj is not None and is_locked(request.user, obj)
        return super().preview_view(request, object_id)

    def save_posted(self, request, obj, view):
        if not request.is_proposing or not self.has_change_permission(request, obj):
            return super().save_posted(request, obj, view)
        return self._propose(request, obj, view)

    def _propose(self, request, obj, view):
        live = present(self._fresh(obj))
        base = self._stale_base(obj, request.POST.get(BASE))
        if base is not None:
            base.fields.update(
                {name: live.fields[name] for name in DECIDED_ELSEWHERE if name in live.fields}
            )
        wanted, response = self.what_the_form_makes(request, obj, base, view)
        if wanted is None:
            return response
        began_from = base or live
        wanted = without_keys(wanted, began_from)
        if meant(self.model, wanted) == meant(self.model, began_from):
            messages.warning(
                request, _("Nothing in the form differs from what is public: nothing was sent.")
            )
            return redirect(self._url("change", obj.pk))
        ensure_first_version(self._fresh(obj))
        proposals.propose(
            obj,
            request.user,
            timezone.now(),
            began_from,
            wanted,
            why=request.POST.get("why", "")[:200],
            typed=[
                (name, text)
                for name, text in typed_pairs(request.POST)
                if name not in (AUTHOR, BASE, KEPT)
            ],
            base_version=request.POST.get(BASE, "") if base else self.present_base(obj),
        )
        request.is_saved = True
        messages.success(
            request,
            _("Your change is proposed. The public page stays as it is until it is accepted."),
        )
        return redirect(self._url("change", obj.pk))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        own = self._own(request)
        if own and own.state == State.RETURNED:
            form.notes = own.entry.notes
        return form

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        own = self._own(request)
        decides = may_publish(request.user, self.model)
        context |= {
            "own_proposal": own,
            "own_proposal_url": self._url("proposal", own.pk) if own else "",
            "other_proposals": [
                (one, self._url("proposal", one.pk) if decides else "")
                for one in getattr(request, "proposals", ())
                if one is not own and one.state == State.WAITING
            ],
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _own(self, request):
        own = (one for one in getattr(request, "proposals", ()) if one.by_id == request.user.pk)
        return next(own, None)

    # The decision ----------------------------------------------------------------------------

    def proposal_view(self, request: HttpRequest, proposal: int) -> HttpResponse:
        """The change field by field, for who proposed it and for who decides."""
        found = self._proposal(request, proposal)
        mistakes = []
        if request.method == "POST":
            try:
                return self._answer(request, found)
            except ValidationError as error:
                mistakes = self._sentences(error)
                found = self._proposal(request, proposal)
        return TemplateResponse(
            request, "admin/proposals/proposal.html", self._page(request, found, mistakes)
        )

    def _proposal(self, request, key):
        """The proposal, for those who may see it; for everybody else there is none."""
        proposal = (
            Proposal.objects.filter(pk=key, target_type__app_label=self.opts.app_label,
                                    target_type__model=self.opts.model_name)
            .select_related("by", "entry").first()
        )  # fmt: skip
        if proposal is None:
            raise Http404
        decides = may_publish(request.user, self.model)
        in_scope = self.get_queryset(request).filter(pk=proposal.target_id).exists()
        is_own = proposal.by_id == request.user.pk and self.has_view_permission(request)
        if not (decides or (is_own and (in_scope or proposal.target is None))):
            raise Http404
        return proposal

    def _page(self, request, proposal, mistakes):
        decides = may_publish(request.user, self.model)
        waits = proposal.state == State.WAITING
        can_accept = decides and waits and not proposal.obstacle
        old, new, asked = self._both_states(request, proposal, can_accept)
        shown = [one for one in differences(self.model, old, new) if not _is_asked(one, asked)]
        return {
            **self.admin_site.each_context(request),
            "title": _("Proposed change: %(name)s") % {"name": proposal.target_name},
            "opts": self.opts,
            "proposal": proposal,
            "obstacle": proposal.obstacle if proposal.state in Proposal.OPEN else "",
            "form": AnswerForm(request.POST or None),
            "mistakes": mistakes,
            "questions": asked,
            "seen": self.present_base(proposal.target) if proposal.target else "",
            "differences": [
                (one, request.POST.get(f"note-{one.name}", ""), decides and waits and not one.row)
                for one in shown
            ],
            "notes": self._notes_in_words(proposal),
            "can_accept": can_accept,
            "can_return": decides and waits,
            "is_closed": not waits or bool(proposal.obstacle),
            "can_withdraw": proposal.by_id == request.user.pk and proposal.state in Proposal.OPEN,
            "change_url": self._url("change", proposal.target_id) if proposal.target else "",
        }

    def _both_states(self, request, proposal, can_accept):
        """Before and after, and what somebody has to choose between."""
        if not can_accept:
            return meant(self.model, proposal.base), meant(self.model, proposal.wanted), []
        live = proposal.target
        merged = proposals.bring_together(proposal, live, choices_of(request))
        asked = questions(self.model, merged, choices_of(request))
        return meant(self.model, present(live)), merged.state, asked

    def _notes_in_words(self, proposal):
        if proposal.state != State.RETURNED:
            return []
        return notes_in_words(self.model, proposal.entry.notes)

    def _answer(self, request, proposal):
        if "_withdraw" in request.POST and proposal.by_id == request.user.pk:
            proposals.take_back(proposal, request.user, timezone.now())
            messages.success(request, _("Your proposal is withdrawn."))
            if proposal.target is None:
                return redirect("admin:index")
            return redirect(self._url("change", proposal.target_id))
        if not may_publish(request.user, self.model):
            raise Http404
        why = request.POST.get("why", "")[:2000]
        if "_accept" in request.POST:
            self._accept(request, proposal, why)
            messages.success(request, _("The proposed change is public now."))
        elif "_return" in request.POST:
            notes = {
                name.removeprefix("note-"): text
                for name, text in request.POST.items()
                if name.startswith("note-") and self._is_column(name.removeprefix("note-"))
            }
            proposals.refuse(proposal, request.user, timezone.now(), why, notes)
            messages.success(request, _("The proposed change is returned with your notes."))
        else:
            raise ValidationError(_("Choose what to do: accept or return."))
        return redirect("admin:review")

    def _accept(self, request, proposal, why):
        if proposal.target and request.POST.get("_seen") != self.present_base(proposal.target):
            merged = proposals.bring_together(proposal, proposal.target)
            if merged.collisions:
                raise ValidationError(
                    _("It was saved once more while you were looking: look at it again.")
                )
        proposals.accept(
            proposal,
            request.user,
            timezone.now(),
            choices_of(request),
            why=why,
            after=self.after_restoring,
        )

    def _is_column(self, name):
        return any(one.name == name for one in self.opts.fields)


def _is_asked(difference, asked):
    """Whether the approver chooses it, so that it is shown once and not twice."""
    row = difference.row.partition(",")[0]
    return any(one.row == row and one.place.name in ("", difference.name) for one in asked)

"""A change to what is live, by someone who may not publish: it waits, and the page stays."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .journal import JournalEntry, write_down
from .merging import Merged, Place, clean_and_save, meant, merge, write_state
from .models import LIVE, ContentVersion
from .review import announce
from .versions import Snapshot, ensure_first_version, keep, one_version, present

# What a proposal never decides: whether and where the public sees the thing.
DECIDED_ELSEWHERE = ("status", "publish_at", "unpublish_at", "slug")


class ProposalQuerySet(models.QuerySet):
    def of_kind(self, model: type[models.Model]) -> Self:
        return self.filter(target_type=ContentType.objects.get_for_model(model))

    def about(self, instance) -> Self:
        return self.of_kind(type(instance)).filter(target_id=instance.pk)

    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.WAITING)

    def open(self) -> Self:
        """Those that wait for the approver, or for their author to mend them."""
        return self.filter(state__in=Proposal.OPEN)

    def open_of(self, user, instance) -> "Proposal | None":
        """The one that this person has open about the object."""
        return self.about(instance).open().filter(by=user).select_related("entry").first()


class Proposal(models.Model):
    """One person's change to one object, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn by its author")
        REPLACED = "replaced", _("replaced by a later one")

    OPEN = (State.WAITING, State.RETURNED)

    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target_name = models.CharField(_("of what"), max_length=250)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by whom"),
    )  # fmt: skip
    at = models.DateTimeField(_("when"))
    why = models.TextField(_("why"), blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State.choices, default=State.WAITING
    )
    # What was live when the form was opened, and what is wanted instead (versions.Snapshot).
    base_fields = models.JSONField(default=dict)
    base_children = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    children = models.JSONField(default=dict)
    # The form as it was posted, and the version it was opened from, to fill it in again.
    typed = models.JSONField(default=list)
    base_version = models.CharField(max_length=20)
    # The deed of the log that brought it into its present state.
    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="proposals")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["target_type", "target_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "target_type", "target_id"],
                condition=models.Q(state__in=("waiting", "returned")),
                name="one_open_proposal_a_person_and_object",
            ),
        ]

    def __str__(self):
        return self.target_name

    @property
    def base(self) -> Snapshot:
        return Snapshot(self.base_fields, self.base_children)

    @property
    def wanted(self) -> Snapshot:
        return Snapshot(self.fields, self.children)

    @property
    def kind(self) -> type[models.Model]:
        return self.target_type.model_class()

    @cached_property
    def target(self) -> models.Model | None:
        """The object as it is now; None when it was deleted."""
        return self.kind._default_manager.filter(pk=self.target_id).first()

    @property
    def stand_in(self) -> models.Model:
        """The object, or what is known of it after it was deleted; never to be saved."""
        if self.target is not None:
            return self.target
        gone = self.kind(pk=self.target_id)
        for name, value in self.base.fields.items():
            column = self.kind._meta.get_field(name)
            if not column.many_to_many:
                setattr(gone, column.attname, column.to_python(value))
        return gone

    @property
    def obstacle(self) -> str:
        """Why it can no longer be accepted, in a sentence; empty while it can."""
        if self.target is None:
            return _("What it is about was deleted meanwhile. The text can still be copied.")
        if self.target.status not in LIVE:
            return _(
                "What it is about is no longer public, so it can be changed directly. "
                "The text can still be copied."
            )
        return ""


def propose(
    instance,
    by,
    at: datetime,
    base: Snapshot,
    wanted: Snapshot,
    *,
    why: str = "",
    typed: Iterable[tuple[str, str]] = (),
    base_version: str = "0",
) -> Proposal:
    """Writes down what somebody wants changed. The object stays as it is.

    An earlier proposal of the same person about it is replaced.
    """
    for name in DECIDED_ELSEWHERE:
        if name in base.fields:
            wanted.fields[name] = base.fields[name]
    with transaction.atomic():
        Proposal.objects.about(instance).open().filter(by=by).update(state=Proposal.State.REPLACED)
        entry = write_down(JournalEntry.Deed.PROPOSED, instance, by, at, why)
        proposal = Proposal.objects.create(
            target_type=entry.target_type,
            target_id=instance.pk,
            target_name=entry.target_name,
            by=by,
            at=at,
            why=why,
            base_fields=base.fields,
            base_children=base.children,
            fields=wanted.fields,
            children=wanted.children,
            typed=list(typed),
            base_version=base_version,
            entry=entry,
        )
    announce(entry, instance)
    return proposal


def bring_together(
    proposal: Proposal, live: models.Model, choices: Mapping[Place, str] | None = None
) -> Merged:
    """The proposed change on top of what is live now."""
    model = proposal.kind
    return merge(
        meant(model, proposal.base),
        meant(model, proposal.wanted),
        meant(model, present(live)),
        choices,
    )


def accept(
    proposal: Proposal,
    by,
    at: datetime,
    choices: Mapping[Place, str] | None = None,
    *,
    why: str = "",
    after: Callable[[models.Model], None] = lambda instance: None,
) -> models.Model:
    """Makes the proposed change, as one version by the approver; gives the object.

    `after` is called with the object when its rows are saved. Raises ValidationError, with nothing
    changed, when it is too late, when somebody must choose, or when the result breaks a rule.
    """
    with one_version(by, _reason(proposal, why)):
        ContentVersion.objects.hold()
        fresh = _still(proposal, Proposal.State.WAITING)
        if fresh.obstacle:
            raise ValidationError(fresh.obstacle, code="too-late")
        live = fresh.target
        ensure_first_version(live)
        merged = bring_together(fresh, live, choices)
        if merged.undecided:
            raise ValidationError(
                _("It was changed meanwhile in the same fields: choose what should stand."),
                code="undecided",
            )
        write_state(live, meant(fresh.kind, present(live)), merged.state, clean_and_save)
        after(live)
        keep(live)
        entry = write_down(JournalEntry.Deed.ACCEPTED, live, by, at, _reason(proposal, why))
        _become(fresh, Proposal.State.ACCEPTED, entry)
    announce(entry, live)
    return live


def refuse(
    proposal: Proposal, by, at: datetime, why: str = "", notes: dict[str, str] | None = None
) -> None:
    """Gives it back to its author with notes, which are by the name of a column.

    Raises ValidationError when nothing says what to mend, or when it is too late.
    """
    notes = {name: text.strip() for name, text in (notes or {}).items() if text.strip()}
    if not why.strip() and not notes:
        raise ValidationError(_("Say what should be mended: in a note, or at a field."))
    with transaction.atomic():
        fresh = _still(proposal, Proposal.State.WAITING)
        instance = fresh.stand_in
        entry = write_down(JournalEntry.Deed.REFUSED, instance, by, at, why, notes)
        _become(fresh, Proposal.State.RETURNED, entry)
    announce(entry, instance)


def take_back(proposal: Proposal, by, at: datetime) -> None:
    """Its author wants it no more. Raises ValidationError when it was decided already."""
    with transaction.atomic():
        fresh = _still(proposal, *Proposal.OPEN)
        entry = write_down(JournalEntry.Deed.TAKEN_BACK, fresh.stand_in, by, at)
        _become(fresh, Proposal.State.WITHDRAWN, entry)


def _still(proposal, *states):
    """The proposal as the database has it, if it is in one of these states."""
    fresh = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.state not in states:
        raise ValidationError(
            _("Too late: this proposed change was decided meanwhile. It is: %(state)s."),
            code="too-late",
            params={"state": fresh.get_state_display()},
        )
    return fresh


def _become(proposal, state, entry):
    proposal.state, proposal.entry = state, entry
    proposal.save(update_fields=["state", "entry"])


def _reason(proposal, why):
    """Whose change it was, with the approver's own words after it."""
    reason = str(_("Proposed by %(name)s") % {"name": _name(proposal.by)})
    return ". ".join(filter(None, (reason, proposal.why, why)))[:1000]


def _name(person):
    return (person.get_full_name() or person.get_username()) if person else "—"

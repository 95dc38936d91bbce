"""The way of a text from a draft to the public and back: one function for each verb.

draft → submitted → returned with notes on fields, or published, now or at a time; withdrawn;
archived. Publishing and unpublishing then happen by time alone: nothing needs to run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .journal import JournalEntry, write_down
from .models import Publishable, Status
from .versions import ensure_first_version, keep, one_version

Deed = JournalEntry.Deed

# Who wants to know: called with the entry of the log and the object, after the deed is done.
_LISTENERS: list[Callable[[JournalEntry, Publishable], None]] = []


def tell(listener: Callable[[JournalEntry, Publishable], None]) -> None:
    """Calls `listener(entry, instance)` after each deed, when its transaction has ended well."""
    _LISTENERS.append(listener)


@dataclass(frozen=True)
class Verb:
    """A step of the way: from which states it leads, and into which."""

    deed: Deed
    sources: tuple[Status, ...]
    target: Status
    needs_publish_right: bool = True
    # Said to whoever comes too late, or from a state in which the step makes no sense.
    refusal: str = ""


OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.RETURNED)
VERBS = {
    "submit": Verb(
        Deed.SUBMITTED,
        (Status.DRAFT, Status.RETURNED, Status.WITHDRAWN),
        Status.IN_REVIEW,
        needs_publish_right=False,
        refusal=_("Only a draft can be submitted; this is %(status)s."),
    ),
    "return": Verb(
        Deed.RETURNED,
        (Status.IN_REVIEW,),
        Status.RETURNED,
        refusal=_("Only what was submitted can be returned; this is %(status)s."),
    ),
    "publish": Verb(
        Deed.PUBLISHED,
        (*OPEN, Status.WITHDRAWN, Status.ARCHIVED),
        Status.PUBLISHED,
        refusal=_("It was published already: this is %(status)s."),
    ),
    "withdraw": Verb(
        Deed.WITHDRAWN,
        (Status.PUBLISHED,),
        Status.WITHDRAWN,
        refusal=_("Only what is published can be withdrawn; this is %(status)s."),
    ),
    "archive": Verb(
        Deed.ARCHIVED,
        (Status.PUBLISHED, Status.WITHDRAWN),
        Status.ARCHIVED,
        refusal=_("Only what was published can be archived; this is %(status)s."),
    ),
    "reopen": Verb(
        Deed.REOPENED,
        (Status.WITHDRAWN, Status.ARCHIVED, Status.IN_REVIEW, Status.RETURNED),
        Status.DRAFT,
        refusal=_("This is no more than a draft, or it is public: it is %(status)s."),
    ),
}
# The deed behind a change of status that an editor made in the form.
DEED_OF_STATUS = {verb.target: verb.deed for verb in VERBS.values()}


def submit(instance: Publishable, by, at: datetime, why: str = "") -> JournalEntry:
    """Hands a draft to those who may publish it."""
    return _do("submit", instance, by, at, why)


def return_with_notes(
    instance: Publishable, by, at: datetime, why: str, notes: dict[str, str] | None = None
) -> JournalEntry:
    """Gives it back to its author; `notes` are by the name of their place (`field_notes`).

    Raises ValidationError when nothing says what to mend.
    """
    notes = {name: text.strip() for name, text in (notes or {}).items() if text.strip()}
    if not why.strip() and not notes:
        raise ValidationError(_("Say what should be mended: in a note, or at a field."))
    return _do("return", instance, by, at, why, notes)


def publish(
    instance: Publishable, by, at: datetime, from_moment: datetime | None = None, why: str = ""
) -> JournalEntry:
    """Makes it public from `from_moment` on; at once when that is None.

    Raises ValidationError, by field, for what is missing to be published.
    """

    def prepare(fresh):
        fresh.publish_at = from_moment or (fresh.publish_at if fresh.was_public(at) else at)

    return _do("publish", instance, by, at, why, prepare=prepare)


def withdraw(instance: Publishable, by, at: datetime, why: str = "") -> JournalEntry:
    """Takes it from the visitors, to be mended; its address says that it is gone."""
    return _do("withdraw", instance, by, at, why)


def archive(instance: Publishable, by, at: datetime, why: str = "") -> JournalEntry:
    """Takes it from the visitors for good."""
    return _do("archive", instance, by, at, why)


def reopen(instance: Publishable, by, at: datetime, why: str = "") -> JournalEntry:
    """Makes a draft of it again."""
    return _do("reopen", instance, by, at, why)


def _do(name, instance, by, at, why, notes=None, prepare=None):
    verb = VERBS[name]
    ensure_first_version(instance)
    with one_version(by, why):
        # Another may have decided in the meantime: what the database says now is what counts.
        fresh = type(instance)._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)
        if fresh.status not in verb.sources:
            raise ValidationError(
                verb.refusal, code="too-late", params={"status": fresh.get_status_display()}
            )
        fresh.status = verb.target
        if prepare:
            prepare(fresh)
        if verb.target == Status.PUBLISHED:
            fresh.full_clean()
        fresh.save()
        keep(fresh)
        entry = write_down(verb.deed, fresh, by, at, why, notes)
    for column in ("status", "publish_at", "updated_at"):
        setattr(instance, column, getattr(fresh, column))
    announce(entry, instance)
    return entry


def announce(entry: JournalEntry, instance: Publishable) -> None:
    """Tells those who want to know, once it is certain that the deed stands."""
    for listener in _LISTENERS:
        transaction.on_commit(lambda listener=listener: listener(entry, instance))


def open_notes(instance: Publishable) -> JournalEntry | None:
    """What the author was last told to mend; None once it was submitted again."""
    if instance.status != Status.RETURNED:
        return None
    return JournalEntry.objects.about(instance).filter(deed=Deed.RETURNED).newest_first().first()

"""What stands beside a form: what publishing waits for, and what could be better."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.text import capfirst

from assembly_site.publishing.models import TAKEN_AWAY, Publishable, Status

from .access import is_translator, languages_of
from .upkeep import Breach, Look, breaches_of, concerns, kept_kinds, rules_of, score_with


@dataclass(frozen=True)
class Needed:
    """A field without which nothing is published, with its name in the form and its label."""

    name: str
    label: str
    missing: bool


@dataclass(frozen=True)
class Checklist:
    """`score` is None for what is not stored yet or was taken from the visitors."""

    score: int | None = None
    needed: list[Needed] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    fulfilled: int = 0
    rules: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether nothing more is needed to publish."""
        return not any(one.missing for one in self.needed)

    @property
    def open(self) -> int:
        return sum(one.missing for one in self.needed) + len(self.breaches)


def checklist(user, instance: models.Model, at: datetime) -> Checklist | None:
    """The checklist of one object for one person, who is shown what they can mend themselves.

    `instance` may be unsaved. None for what has no rules.
    """
    model = type(instance)
    if model not in kept_kinds():
        return None
    needed = _needed(user, instance)
    if instance.pk is None or getattr(instance, "status", None) in TAKEN_AWAY:
        return Checklist(needed=needed)
    every = breaches_of(instance, Look(at, about=instance))
    breaches = [one for one in every if concerns(one.rule, model, user)]
    rules = sum(concerns(one, model, user) for one in rules_of(model))
    said = {one.name for one in needed}
    return Checklist(
        score=score_with(model, every),
        needed=needed,
        breaches=[one for one in breaches if one.place not in said],
        fulfilled=rules - len(breaches),
        rules=rules,
    )


def _needed(user, instance):
    """The required texts, there or not, and whatever else is missing, for what is not public."""
    if not isinstance(instance, Publishable):
        return []
    missing = instance.missing_to_publish()
    if instance.status == Status.PUBLISHED and not missing:
        return []
    names = [*dict.fromkeys([*instance.needed_texts(), *missing])]
    if is_translator(user):
        names = [name for name in names if name.endswith(tuple(languages_of(user)))]
    return [Needed(name, _label(instance, name), name in missing) for name in names]


def _label(instance, name):
    return capfirst(str(instance._meta.get_field(name).verbose_name))

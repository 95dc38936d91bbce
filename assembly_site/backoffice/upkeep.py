"""What could be better about each thing that editors keep: rules as data, asked of the database.

A rule says what is missing, why it matters and how to mend it, and knows the field where that is
done. All rules of all kinds are counted in one query, however much there is. A score is what is
left of 100 when the weight of each broken rule is taken off; mending can only raise it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from assembly_site.publishing.models import TAKEN_AWAY, Publishable

from .access import is_translator, languages_of, may_publish
from .kinds_together import Thing, first, grouped, read, things

NOWHERE = 0  # the key of the region of what has none
OLDEST = 5


@dataclass
class Look:
    """One look at everything at one moment; what several rules ask is found out once.

    With `about`, only this one object is looked at, and rules need not ask for more.
    """

    at: datetime
    about: models.Model | None = None
    _known: dict = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def once(self, ask: Callable[["Look"], object]):
        if ask not in self._known:
            self._known[ask] = ask(self)
        return self._known[ask]


@dataclass(frozen=True)
class Rule:
    """`fails` gives the condition under which an object breaks the rule.

    `weight` is taken off the score, `minutes` is what mending costs about. `field` is the id of
    the field in the form, without its `id_`, as a text or as an expression; or `anchor` is the
    whole id. A rule about a text of one language names the `language`.
    """

    code: str
    says: str
    why: str
    mend: str
    weight: int
    minutes: int
    fails: Callable[[Look], Q]
    field: str | Callable[[Look], models.Expression] = ""
    anchor: str = ""
    language: str = ""
    # Where it is mended, and whether only those can who decide what is public.
    view: str = "change"
    for_deciders: bool = False
    # A rule with a heading stands apart from the others on the dashboard.
    heading: str = ""

    @property
    def gain(self) -> float:
        """What a minute of mending is worth."""
        return self.weight / self.minutes

    def place(self, look: Look) -> models.Expression:
        """The id of the field to mend, as an expression."""
        if callable(self.field):
            return self.field(look)
        return Value(self.field, output_field=TextField())

    def fragment(self, place: str) -> str:
        anchor = self.anchor or (f"id_{place}" if place else "")
        return f"#{anchor}" if anchor else ""

    def url(self, thing: Thing, place: str) -> str:
        return f"{thing.url(self.view)}{self.fragment(place)}"


@dataclass(frozen=True)
class Kept:
    """A kind of thing with its rules, and the column by which the oldest stands first."""

    model: type[models.Model]
    rules: tuple[Rule, ...]
    oldest_by: str

    @property
    def weight(self) -> int:
        return sum(rule.weight for rule in self.rules)


_KEPT: dict[type[models.Model], Kept] = {}


def keep_up(model: type[models.Model], rules: Iterable[Rule], oldest_by: str = "pk") -> None:
    """Registers the rules of a kind. Called at start, by the app that the kind belongs to."""
    _KEPT[model] = Kept(model, tuple(rules), oldest_by)


def kept_kinds() -> list[type[models.Model]]:
    return list(_KEPT)


def rules_of(model: type[models.Model]) -> tuple[Rule, ...]:
    return _KEPT[model].rules


def concerns(rule: Rule, model: type[models.Model], user) -> bool:
    """Whether the user can do something about a thing of this kind that breaks the rule."""
    if is_translator(user):
        return rule.language in languages_of(user)
    return not rule.for_deciders or may_publish(user, model)


def watched(queryset: QuerySet) -> QuerySet:
    """What the rules look at: whatever was taken from the visitors is left in peace."""
    if issubclass(queryset.model, Publishable):
        return queryset.exclude(status__in=TAKEN_AWAY)
    return queryset


@dataclass(frozen=True)
class Tally:
    """How many things of one kind there are in a region, and how many break each rule."""

    model: type[models.Model]
    region: int
    total: int
    broken: dict[str, int]

    @property
    def lost(self) -> int:
        return sum(rule.weight * self.broken[rule.code] for rule in rules_of(self.model))

    @property
    def possible(self) -> int:
        return _KEPT[self.model].weight * self.total


def score(tallies: Iterable[Tally]) -> int | None:
    """From 0 to 100; 100 only when no rule is broken. None where there is nothing."""
    tallies = list(tallies)
    possible = sum(one.possible for one in tallies)
    if not possible:
        return None
    return (possible - sum(one.lost for one in tallies)) * 100 // possible


def tally(querysets: Iterable[QuerySet], look: Look) -> list[Tally]:
    """Counts all rules of all kinds by region, in one query."""
    querysets = {one.model: one for one in querysets}
    if not querysets:
        return []
    width = max(len(rules_of(model)) for model in querysets)
    parts = [
        grouped(
            [watched(queryset).annotate(in_region=_region(model))],
            ["in_region"],
            total=Count("pk"),
            **_counts(rules_of(model), look, width),
        )
        for model, queryset in querysets.items()
    ]
    by_label = {model._meta.label_lower: model for model in querysets}
    rows = parts[0].union(*parts[1:], all=True)
    return [
        Tally(by_label[label], region, total, _by_code(rules_of(by_label[label]), counts))
        for label, region, total, *counts in rows
    ]


def _region(model):
    if any(column.name == "region" for column in model._meta.fields):
        return Coalesce(F("region_id"), Value(NOWHERE))
    return Value(NOWHERE, output_field=models.BigIntegerField())


def _counts(rules, look, width):
    found = [Count("pk", filter=rule.fails(look)) for rule in rules]
    padding = [Count(Value(None, output_field=models.IntegerField()))] * (width - len(found))
    return {f"broken_{place}": one for place, one in enumerate([*found, *padding])}


def _by_code(rules, counts):
    return {rule.code: number for rule, number in zip(rules, counts, strict=False)}


@dataclass(frozen=True)
class Breach:
    """One thing that breaks one rule, with the address of the field where it is mended."""

    rule: Rule
    thing: Thing
    place: str

    @property
    def url(self) -> str:
        return self.rule.url(self.thing, self.place)

    @property
    def url_in_form(self) -> str:
        """The same from within the form, which is not left if it is mended there."""
        here = self.rule.fragment(self.place) if self.rule.view == "change" else ""
        return here or self.url

    @property
    def points(self) -> int:
        """What mending it adds to the score of the thing, at least 1."""
        return max(1, self.rule.weight * 100 // _KEPT[self.thing.model].weight)


def oldest_breaches(wanted: Iterable[tuple[QuerySet, Rule]], look: Look) -> list[Breach]:
    """The oldest few of each queryset that break the rule beside it, in one query."""
    parts, by_label, rules = [], {}, {}
    for queryset, rule in wanted:
        model = queryset.model
        by_label[model._meta.label_lower] = model
        rules[model, rule.code] = rule
        oldest_by = _KEPT[model].oldest_by
        found = watched(queryset).filter(rule.fails(look)).order_by(oldest_by, "pk")
        parts.append(
            first(found, OLDEST).annotate(
                by_rule=Value(rule.code, output_field=TextField()),
                where=Cast(rule.place(look), TextField()),
                age=Cast(F(oldest_by), TextField()),
            )
        )
    if not parts:
        return []
    more = ("by_rule", "where", "age")
    found = read(things(parts, *more), by_label, *more)
    found.sort(key=lambda thing: (thing.more["age"] or "", thing.pk))
    return [
        Breach(rules[thing.model, thing.more["by_rule"]], thing, thing.more["where"])
        for thing in found
    ]


def breaches_of(instance: models.Model, look: Look) -> list[Breach]:
    """What could be better about one object, the best worth mending first; in one query."""
    wanted = [(_alone(instance), rule) for rule in rules_of(type(instance))]
    return sorted(oldest_breaches(wanted, look), key=lambda breach: -breach.rule.gain)


def score_with(model: type[models.Model], breaches: Iterable[Breach]) -> int:
    """The score of one object of this kind that breaks these rules and no other."""
    possible = _KEPT[model].weight
    return (possible - sum(breach.rule.weight for breach in breaches)) * 100 // possible


def broken_rules(instance: models.Model, look: Look) -> list[Rule]:
    """The rules that one object breaks, the best worth mending first."""
    (found,) = tally([_alone(instance)], look) or [None]
    if found is None:
        return []
    rules = [rule for rule in rules_of(found.model) if found.broken[rule.code]]
    return sorted(rules, key=lambda rule: -rule.gain)


def score_of(instance: models.Model, look: Look) -> int | None:
    """The score of one object; None for what was taken from the visitors."""
    return score(tally([_alone(instance)], look))


def _alone(instance):
    return type(instance)._default_manager.filter(pk=instance.pk)

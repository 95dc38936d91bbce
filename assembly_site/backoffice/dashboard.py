"""The first screen of the admin: what waits for this person, and what is best done next.

Each part asks the database once for all kinds of things together. What only one app knows about
(dates, regions by state) comes as a Box, which the app registers at start.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import (
    Case,
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import Wording
from assembly_site.publishing.field_notes import notes_in_words
from assembly_site.publishing.journal import JournalEntry
from assembly_site.publishing.models import Publishable, Status
from assembly_site.publishing.proposals import Proposal

from .access import is_translator, languages_of, may_publish, own_regions
from .kinds_together import Thing, grouped, read, things
from .upkeep import (
    NOWHERE,
    OLDEST,
    Breach,
    Look,
    Rule,
    Tally,
    concerns,
    kept_kinds,
    oldest_breaches,
    rules_of,
    score,
    tally,
)
from .weekly_scores import Counted, Line, Standing, WeeklyScore, weeks_until

Deed = JournalEntry.Deed
WEEK = timedelta(days=7)
LONGEST = 10  # rows of a list
NEXT = 3  # things to mend next
# The median of fewer regions would tell what one of the others has.
ENOUGH_FOR_A_MEDIAN = 3

ROLES = {
    "secretariat": _("secretariat"),
    "regional-editor": _("regional editor"),
    "translator": _("translator"),
    "historian": _("historian"),
}
# What a person most likely came for: the first that they may add.
FIRST_DEEDS = (
    ("events", "event", _("Add event")),
    ("history", "milestone", _("Add milestone")),
)


@dataclass(frozen=True)
class Box:
    """A part of the screen that an app knows how to fill; None leaves it out."""

    template: str
    fill: Callable[["Desk"], dict | None]


_BOXES: list[Box] = []


def add_box(template: str, fill: Callable[["Desk"], dict | None]) -> None:
    """Registers a part of the screen. Called at start."""
    _BOXES.append(Box(template, fill))


@dataclass(frozen=True)
class Need:
    """A rule, how many things break it, and the oldest of them."""

    rule: Rule
    count: int
    oldest: list[Breach]

    @property
    def others(self) -> int:
        return self.count - len(self.oldest)


class Desk:
    """What one person works on, at one moment."""

    def __init__(self, request: HttpRequest, at: datetime):
        self.request, self.user, self.at = request, request.user, at
        self.look = Look(at)
        prefetch_related_objects([self.user], "regions")
        self.translates = is_translator(self.user)
        self.is_bound = own_regions(self.user) is not None
        self.regions = list(self.user.regions.all()) if self.is_bound else []
        self._screens = admin.site._registry

    # Whose desk ------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> list[str]:
        if self.user.is_superuser:
            return [_("administrator")]
        names = self.user.groups.order_by("pk").values_list("name", flat=True)
        return [ROLES.get(name, name) for name in names]

    @cached_property
    def languages(self) -> list[str]:
        return languages_of(self.user)

    @cached_property
    def language_names(self) -> list[str]:
        return [name for code, name in settings.LANGUAGES if code in self.languages]

    def may(self, action: str, model: type[models.Model]) -> bool:
        meta = model._meta
        return self.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

    def decides_on(self, model: type[models.Model]) -> bool:
        return may_publish(self.user, model)

    @cached_property
    def kinds(self) -> list[type[models.Model]]:
        """What this person may change, of all that has rules."""
        return [one for one in kept_kinds() if one in self._screens and self.may("change", one)]

    @cached_property
    def texts(self) -> list[type[Publishable]]:
        """The kinds that go from draft to public and that this person writes or decides on."""
        return [one for one in self.kinds if issubclass(one, Publishable) and self.may("add", one)]

    def own(self, model: type[models.Model]) -> QuerySet:
        """The things of a kind that this person may see, by the rule of its own screen."""
        return self._screens[model].get_queryset(self.request).prefetch_related(None)

    def _is_by_region(self, model):
        return bool(getattr(self._screens[model], "region_field", None))

    # In which state things are ---------------------------------------------------------------

    @cached_property
    def states(self) -> dict[str, int]:
        """How many texts there are by status, and under "week" those that become public soon."""
        found = dict.fromkeys([*Status.values, "week"], 0)
        if self.texts:
            soon = Q(publish_at__gt=self.at, publish_at__lte=self.at + WEEK)
            rows = grouped(
                [self.own(one) for one in self.texts],
                ["status"],
                total=Count("pk"),
                soon=Count("pk", filter=soon),
            )
            for _label, status, total, soon in rows:
                found[status] += total
                found["week"] += soon if status == Status.PUBLISHED else 0
        return found

    @cached_property
    def in_review(self) -> int:
        """What waits for a decision: texts and proposed changes."""
        return self.states[Status.IN_REVIEW] + self._proposals.waiting().count()

    @property
    def in_return(self) -> int:
        """What came back to be mended: texts and proposed changes."""
        return self.states[Status.RETURNED] + len(self._returned_changes)

    @property
    def has_counts(self) -> bool:
        counts = (self.in_return, self.in_review, self.states[Status.DRAFT], self.states["week"])
        return any(counts)

    @cached_property
    def _proposals(self) -> QuerySet:
        """Changes proposed to what is public: one's own, or those that one decides on."""
        if self.decides:
            decided = [one for one in self.texts if self.decides_on(one)]
            return Proposal.objects.filter(_about(decided))
        seen = Q(pk__in=[])
        for one in self.kinds:
            seen |= _about([one]) & Q(target_id__in=self.own(one).order_by().values("pk"))
        return Proposal.objects.filter(seen, by=self.user)

    def _proposed(self, queryset, view: str) -> list[Thing]:
        rows = queryset.select_related("entry", "target_type").defer(
            "base_fields", "base_children", "fields", "children", "typed"
        )
        return [_change(one, view) for one in rows[:LONGEST] if one.kind in self._screens]

    @cached_property
    def returned(self) -> list[Thing]:
        """What came back to be mended, with the reviewer's words, the latest first."""
        deed = {"returned_at": "at", "returned_by": "by_name", "why": "why", "notes": "notes"}
        querysets = [
            self.own(one)
            .filter(status=Status.RETURNED)
            .annotate(
                **{name: _last_deed(one, Deed.RETURNED, column) for name, column in deed.items()},
                moment=Coalesce("returned_at", "updated_at"),
            )
            for one in self.texts
            if not self.decides_on(one)
        ]
        found = self._list(querysets, "-moment", "moment", *deed) + self._returned_changes
        found.sort(key=lambda thing: thing.more["moment"], reverse=True)
        for thing in found:
            thing.more["notes"] = notes_in_words(thing.model, thing.more["notes"])
        return found

    @cached_property
    def _returned_changes(self) -> list[Thing]:
        if self.decides:
            return []
        returned = self._proposals.filter(state=Proposal.State.RETURNED)
        return self._proposed(returned.order_by("-entry__at"), "change")

    @cached_property
    def decides(self) -> bool:
        return any(self.decides_on(one) for one in self.texts)

    @cached_property
    def waiting(self) -> list[Thing]:
        """What waits for this person's decision, the longest waiting first."""
        querysets = [
            self.own(one)
            .filter(status=Status.IN_REVIEW)
            .annotate(
                moment=Coalesce(_last_deed(one, Deed.SUBMITTED, "at"), "updated_at"),
                by=_last_deed(one, Deed.SUBMITTED, "by_name"),
            )
            for one in self.texts
            if self.decides_on(one)
        ]
        found = self._list(querysets, "moment", "moment", "by")
        for thing in found:
            thing.more["url"] = thing.url("review")
        if self.decides:
            proposals = self._proposals.waiting().order_by("entry__at")
            found += self._proposed(proposals, "proposal")
        for thing in found:
            thing.more["days"] = (self.look.today - thing.more["moment"].date()).days
        return sorted(found, key=lambda thing: thing.more["moment"])[:LONGEST]

    @cached_property
    def turning(self) -> list[Thing]:
        """What becomes public, or ceases to be, within a week; the next first."""
        soon = (self.at, self.at + WEEK)
        querysets = [
            self.own(one)
            .filter(
                Q(publish_at__range=soon) | Q(unpublish_at__range=soon), status=Status.PUBLISHED
            )
            .annotate(
                moment=Case(
                    When(publish_at__range=soon, then="publish_at"), default="unpublish_at"
                ),
                goes=Case(
                    When(publish_at__range=soon, then=models.Value(False)),
                    default=models.Value(True),
                ),
            )
            for one in self.texts
        ]
        return self._list(querysets, "moment", "moment", "goes")

    def _list(self, querysets, order, *columns):
        if not querysets:
            return []
        by_label = {one.model._meta.label_lower: one.model for one in querysets}
        rows = things(querysets, *columns).order_by(order)[:LONGEST]
        found = read(rows, by_label, *columns)
        for thing in found:
            thing.more["moment"] = localtime(thing.more["moment"])
        return found

    # What could be better --------------------------------------------------------------------

    @cached_property
    def tallies(self) -> list[Tally]:
        """All counts that the screen is made of: for the median, of every region."""
        return tally(
            [
                one._default_manager.all() if self._is_by_region(one) else self.own(one)
                for one in self.kinds
            ],
            self.look,
        )

    @cached_property
    def own_tallies(self) -> list[Tally]:
        if not self.is_bound:
            return self.tallies
        keys = {region.pk for region in self.regions}
        return [
            one for one in self.tallies if not self._is_by_region(one.model) or one.region in keys
        ]

    # How well it is kept, week by week -------------------------------------------------------

    @cached_property
    def weeks(self) -> list[date]:
        """The Mondays of the weeks that the lines show, that of the running one last."""
        return weeks_until(self.look.today)

    @cached_property
    def _weekly(self) -> list[list[Counted | Tally]]:
        """What was counted in each week, of all regions; in the running one, now."""
        past = WeeklyScore.objects.of_weeks(self.weeks[:-1], self.kinds)
        return [*past, self.tallies]

    @cached_property
    def has_past(self) -> bool:
        return any(self._weekly[:-1])

    def _line(self, score_in: Callable[[list], int | None]) -> Line:
        return Line(tuple(score_in(counted) for counted in self._weekly))

    @cached_property
    def _scores_by_region(self) -> list[dict[int, int]]:
        """For each week the score of each region, and of NOWHERE, of what belongs to regions."""
        return [self._by_region(counted) for counted in self._weekly]

    def _by_region(self, counted):
        found = {}
        for one in counted:
            if self._is_by_region(one.model):
                found.setdefault(one.region, []).append(one)
        return {region: score(those) for region, those in found.items()}

    def line_of_region(self, region: int) -> Line:
        return Line(tuple(scores.get(region) for scores in self._scores_by_region))

    @cached_property
    def median_line(self) -> Line:
        return Line(tuple(_median(scores) for scores in self._scores_by_region))

    @property
    def median(self) -> int | None:
        return self.median_line.now

    @cached_property
    def own_scores(self) -> list[Standing]:
        """For a regional editor: the own regions, to be seen beside the median only."""
        found = [Standing(str(one), self.line_of_region(one.pk)) for one in self.regions]
        return [one for one in found if one.score is not None]

    @cached_property
    def scores_by_kind(self) -> list[Standing]:
        if self.translates or self.is_bound:
            return []
        found = [
            Standing(
                capfirst(str(model._meta.verbose_name_plural)),
                self._line(lambda counted, model=model: score(_of_kind(counted, model))),
            )
            for model in self.kinds
        ]
        return [one for one in found if one.score is not None]

    @cached_property
    def standings(self) -> list[Standing]:
        """All scores of this desk: own regions beside the median, or kind by kind and together."""
        if self.own_scores:
            median = Standing(gettext("Median of the regions"), self.median_line, is_aside=True)
            return [*self.own_scores, *([median] if median.score is not None else [])]
        if len(self.scores_by_kind) > 1:
            return [*self.scores_by_kind, Standing(gettext("All together"), self._line(score))]
        return self.scores_by_kind

    # What breaks the rules -------------------------------------------------------------------

    @cached_property
    def _all_needs(self) -> list[Need]:
        counts, rules, wanted = {}, {}, []
        for model in self.kinds:
            for rule in rules_of(model):
                number = sum(one.broken[rule.code] for one in _of_kind(self.own_tallies, model))
                if number and concerns(rule, model, self.user):
                    counts[rule.code] = counts.get(rule.code, 0) + number
                    rules.setdefault(rule.code, rule)
                    wanted.append((self.own(model), rule))
        oldest = {}
        for breach in oldest_breaches(wanted, self.look):
            oldest.setdefault(breach.rule.code, []).append(breach)
        ordered = sorted(rules.values(), key=lambda rule: (-rule.gain, rule.code))
        return [
            Need(rule, counts[rule.code], oldest.get(rule.code, [])[:OLDEST]) for rule in ordered
        ]

    @cached_property
    def needs(self) -> list[Need]:
        """The broken rules, the best worth mending first."""
        return [one for one in self._all_needs if not one.rule.heading]

    @cached_property
    def needs_apart(self) -> list[Need]:
        """Those that stand under a heading of their own."""
        return [one for one in self._all_needs if one.rule.heading]

    @cached_property
    def next_to_mend(self) -> list[Breach]:
        """The oldest breach of each of the rules that give most for a minute."""
        return [one.oldest[0] for one in self._all_needs if one.oldest][:NEXT]

    # What was done ---------------------------------------------------------------------------

    @cached_property
    def deeds(self) -> list[dict]:
        """The last entries of the log that concern this person."""
        entries = JournalEntry.objects.newest_first().select_related("target_type")
        if self.translates:
            entries = entries.filter(by=self.user)
        elif self.is_bound:
            entries = entries.of_regions(own_regions(self.user))
        elif not self.user.is_superuser and not self.decides:
            entries = entries.filter(_about(self.texts))
        return [
            {"entry": one, "url": self._url_of(one), "at": localtime(one.at)}
            for one in entries[:LONGEST]
        ]

    def _url_of(self, entry):
        model = entry.target_type.model_class()
        if model not in self._screens or entry.deed == Deed.DELETED:
            return ""
        meta = model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.target_id])

    # The screen ------------------------------------------------------------------------------

    @cached_property
    def first_deed(self) -> tuple[str, str] | None:
        """The one large button: its words and its address."""
        if self.translates:
            found = self.next_to_mend[:1]
            return (_("Next text to translate"), found[0].url) if found else None
        for app, name, words in FIRST_DEEDS:
            if self.user.has_perm(f"{app}.add_{name}"):
                return (words, reverse(f"admin:{app}_{name}_add"))
        return None

    @cached_property
    def boxes(self) -> list[tuple[str, dict]]:
        filled = [(box.template, box.fill(self)) for box in _BOXES]
        return [(template, content) for template, content in filled if content is not None]

    @property
    def next_day(self) -> date | None:
        """The next day with a date, if one of the boxes knows it."""
        return next(
            (content["next"] for _template, content in self.boxes if "next" in content), None
        )

    @cached_property
    def is_clear(self) -> bool:
        return not (self.returned or self.waiting or self._all_needs)


def _of_kind(counted, model):
    return [one for one in counted if one.model is model]


def _median(scores_by_region):
    scores = [
        points
        for region, points in scores_by_region.items()
        if region != NOWHERE and points is not None
    ]
    return int(median(scores)) if len(scores) >= ENOUGH_FOR_A_MEDIAN else None


def _last_deed(model, deed, column):
    """What the log last says of an object: a column of its newest entry of that sort."""
    meta = model._meta
    entries = JournalEntry.objects.filter(
        deed=deed,
        target_type__app_label=meta.app_label,
        target_type__model=meta.model_name,
        target_id=OuterRef("pk"),
    )
    return Subquery(entries.order_by("-pk").values(column)[:1])


def _change(proposal: Proposal, view: str) -> Thing:
    """A proposed change in the form of what it is about; `view` is where it leads."""
    entry, model = proposal.entry, proposal.kind
    name = Wording(proposal.target_name, get_language() or settings.LANGUAGE_CODE)
    thing = Thing(model, proposal.target_id, name)
    shown = Thing(model, proposal.pk, name) if view == "proposal" else thing
    thing.more = {
        "kind": gettext("%(kind)s: proposed change") % {"kind": thing.kind},
        "moment": localtime(entry.at),
        "by": entry.by_name,
        "returned_by": entry.by_name,
        "why": entry.why,
        "notes": entry.notes,
        "url": shown.url(view),
    }
    return thing


def _about(kinds: Iterable[type[models.Model]]) -> Q:
    found = Q(pk__in=[])
    for one in kinds:
        meta = one._meta
        found |= Q(target_type__app_label=meta.app_label, target_type__model=meta.model_name)
    return found

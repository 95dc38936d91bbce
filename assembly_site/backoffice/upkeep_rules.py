"""The rules that many kinds share, and those of the kinds that both apps share."""

from collections.abc import Iterable
from functools import partial

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from assembly_site.languages.texts import LANGUAGE_CODES
from assembly_site.pages.models import Page
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region, Venue
from assembly_site.publishing.models import Publishable, Status
from assembly_site.sources.models import Citation, Source

from .upkeep import Look, Rule, keep_up

WIDE_ENOUGH = 1200  # pixels; a card for sharing is that wide
# Inlines of citations have this prefix in every form.
CITATIONS = "sources-citation-target_type-target_id-group"

REQUIRED = {
    "kk": (_("Title, summary or another required text is missing in Kazakh"), 15),
    "ru": (_("Title, summary or another required text is missing in Russian"), 15),
    "en": (_("Title, summary or another required text is missing in English"), 6),
}
HALF_TRANSLATED = {
    "kk": (_("A text stands in another language, but not in Kazakh"), 4),
    "ru": (_("A text stands in another language, but not in Russian"), 4),
    "en": (_("A text stands in another language, but not in English"), 2),
}


def language_rules(model: type[models.Model], required: Iterable[str] = ()) -> list[Rule]:
    """Two rules a language: required texts that are missing, and texts translated by half.

    `required` names the required texts of what is not Publishable.
    """
    required = tuple(required) or getattr(model, "required_texts", ())
    others = [name for name in _translated_names(model) if name not in required]
    rules = []
    for code in LANGUAGE_CODES:
        if required:
            rules.append(_required(required, code))
        if others:
            rules.append(_half_translated(others, code))
    return rules


def _required(names, code):
    says, weight = REQUIRED[code]
    missing = {f"{name}_{code}": Q(**{f"{name}_{code}": ""}) for name in names}
    return Rule(
        code=f"required-{code}",
        says=says,
        why=_("Without it the page cannot be published, or speaks another language halfway."),
        mend=_("Write the text in the marked field."),
        weight=weight,
        minutes=4,
        fails=partial(_any, missing),
        field=partial(_first_missing, missing),
        language=code,
    )


def _half_translated(names, code):
    says, weight = HALF_TRANSLATED[code]
    missing = {
        f"{name}_{code}": Q(**{f"{name}_{code}": ""}) & _stands_elsewhere(name, code)
        for name in names
    }
    return Rule(
        code=f"half-translated-{code}",
        says=says,
        why=_("Readers of that language get another one in the middle of the page."),
        mend=_("Translate the text in the marked field."),
        weight=weight,
        minutes=10,
        fails=partial(_any, missing),
        field=partial(_first_missing, missing),
        language=code,
    )


def _translated_names(model):
    end = f"_{LANGUAGE_CODES[0]}"
    return [one.name.removesuffix(end) for one in model._meta.fields if one.name.endswith(end)]


def _stands_elsewhere(name, code):
    others = [f"{name}_{other}" for other in LANGUAGE_CODES if other != code]
    return ~Q(**dict.fromkeys(others, ""))


def _any(conditions: dict[str, Q], look: Look) -> Q:
    found = Q()
    for condition in conditions.values():
        found |= condition
    return found


def _first_missing(conditions: dict[str, Q], look: Look) -> Case:
    cases = [When(condition, then=Value(name)) for name, condition in conditions.items()]
    return Case(*cases, default=Value(""), output_field=TextField())


def no_source(model: type[models.Model], weight: int, only: Q | None = None) -> Rule:
    """Nothing shows where what is said comes from; `only` narrows the rule."""
    meta = model._meta
    shown = Citation.objects.filter(
        target_type__app_label=meta.app_label,
        target_type__model=meta.model_name,
        target_id=OuterRef("pk"),
    )
    return Rule(
        code="no-source",
        says=_("No source is given"),
        why=_("A reader cannot check what is said, and nobody can correct it later."),
        mend=_("Add a note with the article, the decree or the page it comes from."),
        weight=weight,
        minutes=5,
        fails=lambda look: (only or Q()) & ~Q(Exists(shown)),
        anchor=CITATIONS,
    )


def late_approval(weight: int) -> Rule:
    return Rule(
        code="late-approval",
        says=_("The day of publishing has passed, and nobody has approved it"),
        why=_("Visitors were to see it by now."),
        mend=_("Look at it and publish it, or return it with a note."),
        weight=weight,
        minutes=5,
        fails=lambda look: Q(status=Status.IN_REVIEW, publish_at__lte=look.at),
        view="review",
        for_deciders=True,
    )


def rules_of_a_text(model: type[Publishable], source_weight: int = 0) -> list[Rule]:
    """What every publishable text needs; with sources, if they have a weight."""
    sources = [no_source(model, source_weight)] if source_weight else []
    return [*language_rules(model), *sources, late_approval(8)]


def _no_words(look):
    words = {f"alternative_{code}": "" for code in LANGUAGE_CODES}
    return Q(decorative=False, **words)


PICTURES = (
    Rule(
        code="no-alt-text",
        says=_("A picture has no alt text"),
        why=_("Whoever cannot see the picture learns nothing of it."),
        mend=_("Say in a sentence what is to be seen, or mark the picture as decorative."),
        weight=20,
        minutes=2,
        fails=_no_words,
        field="alternative_kk",
    ),
    Rule(
        code="small-picture",
        says=_("A picture is less than 1200 pixels wide"),
        why=_("It looks coarse on a large screen and where its page is shared."),
        mend=_("Replace the file by a larger one."),
        weight=6,
        minutes=10,
        fails=lambda look: Q(width__lt=WIDE_ENOUGH),
        field="image",
    ),
)
NO_COORDINATES = Rule(
    code="no-coordinates",
    says=_("A venue has no place on the map"),
    why=_("Visitors get no link to a map and no way there."),
    mend=_("Write latitude and longitude from any map."),
    weight=10,
    minutes=3,
    fails=lambda look: Q(latitude=None),
    field="latitude",
)
DEAD_SOURCE = Rule(
    code="dead-source",
    says=_("The address of a source no longer answers"),
    why=_("The note leads nowhere, and the fact stands without a witness."),
    mend=_("Give the address of an archived copy, or another address."),
    weight=10,
    minutes=6,
    fails=lambda look: Q(unreachable_since__isnull=False, archive_url=""),
    field="archive_url",
)


def keep_up_shared_kinds() -> None:
    keep_up(Picture, [*PICTURES, *language_rules(Picture)], oldest_by="created_at")
    keep_up(Venue, [NO_COORDINATES, *language_rules(Venue, ["name"])])
    keep_up(Region, language_rules(Region, ["name"]))
    keep_up(Source, [DEAD_SOURCE], oldest_by="unreachable_since")
    keep_up(Page, rules_of_a_text(Page), oldest_by="updated_at")

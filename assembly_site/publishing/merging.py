"""What two people wrote into the same thing, brought together field by field.

Three states go in: what both began from, mine, and theirs. What only one of them changed is kept;
where both changed the same in different ways, somebody has to choose.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from .differences import OWN_FIELDS, OWN_FIELDS_OF
from .versions import Snapshot, children_of

# The key of a row that is not in the database yet begins so.
NEW = "new-"
# White space that no reader sees: the editor of rich texts leaves it out.
BLOCK = "</?(?:p|li|ul|ol|h[1-6]|blockquote)>"
BETWEEN_BLOCKS = re.compile(rf"({BLOCK})\s+(?={BLOCK})")
MINE, THEIRS = "mine", "theirs"


class Place(NamedTuple):
    """Where a value stands: in the object itself, or in a row of one of its relations.

    A place with a row and no name is the row as a whole.
    """

    relation: str = ""
    row: str = ""
    name: str = ""

    def __str__(self):
        return ".".join(self)


@dataclass(frozen=True)
class Collision:
    """Both changed it, and not in the same way; None stands for a row that was taken out."""

    place: Place
    base: object
    mine: object
    theirs: object


@dataclass
class Merged:
    """The state with both changes. Mine stands wherever nobody has chosen yet."""

    state: Snapshot
    # What only they changed, and what both changed in different ways.
    kept: list[Place] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    undecided: list[Collision] = field(default_factory=list)


def merge(
    base: Snapshot,
    mine: Snapshot,
    theirs: Snapshot,
    choices: Mapping[Place, str] | None = None,
) -> Merged:
    """Both changes in one state; `choices` says, by place, which of two stands (MINE, THEIRS)."""
    merged = Merged(Snapshot({}, {}))
    merge_values = _Merging(merged, choices or {})
    merged.state.fields.update(
        merge_values.fields(Place(), base.fields, mine.fields, theirs.fields)
    )
    for relation in dict.fromkeys([*theirs.children, *mine.children, *base.children]):
        states = [state.children.get(relation, {}) for state in (base, mine, theirs)]
        merged.state.children[relation] = merge_values.rows(relation, *states)
    return merged


class _Merging:
    def __init__(self, merged: Merged, choices: Mapping[Place, str]):
        self.merged = merged
        self.choices = choices

    def fields(self, at: Place, base: dict, mine: dict, theirs: dict) -> dict:
        return {
            name: self.value(
                at._replace(name=name), base.get(name), mine.get(name), theirs.get(name)
            )
            for name in dict.fromkeys([*theirs, *mine, *base])
        }

    def value(self, place: Place, base, mine, theirs):
        if mine == theirs:
            return mine
        if theirs == base:
            return mine
        if mine == base:
            self.merged.kept.append(place)
            return theirs
        if all(isinstance(one, frozenset) for one in (base, mine, theirs)):
            # Ties are many small facts: each was added or taken out by itself.
            self.merged.kept.append(place)
            return (base & mine & theirs) | (mine - base) | (theirs - base)
        return self.choose(Collision(place, base, mine, theirs))

    def rows(self, relation: str, base: dict, mine: dict, theirs: dict) -> dict:
        twice = [row for key, row in theirs.items() if key not in base]
        rows = {}
        for key in dict.fromkeys([*theirs, *mine, *base]):
            states = base.get(key), mine.get(key), theirs.get(key)
            if key not in base and key in mine and states[1] in twice:
                twice.remove(states[1])  # both added the same: it is added once
                continue
            row = self.row(Place(relation, key), *states)
            if row is not None:
                rows[key] = row
        return rows

    def row(self, place: Place, base: dict | None, mine: dict | None, theirs: dict | None):
        """The row, or None when it is taken out."""
        if mine is not None and theirs is not None:
            return self.fields(place, base or {}, mine, theirs)
        if mine == theirs or theirs == base:
            return mine
        if mine == base:
            self.merged.kept.append(place)
            return theirs
        return self.choose(Collision(place, base, mine, theirs))

    def choose(self, collision: Collision):
        self.merged.collisions.append(collision)
        chosen = self.choices.get(collision.place)
        if chosen is None:
            self.merged.undecided.append(collision)
        return collision.theirs if chosen == THEIRS else collision.mine


def meant(model: type[models.Model], state: Snapshot) -> Snapshot:
    """A state without what the site writes by itself, so that states can be compared."""
    return Snapshot(
        _meant_fields(model, state.fields),
        {
            name: {
                str(key): _meant_fields(model._meta.get_field(name).related_model, row)
                for key, row in rows.items()
            }
            for name, rows in state.children.items()
        },
    )


def _meant_fields(model, values):
    own = OWN_FIELDS | OWN_FIELDS_OF.get(model._meta.model_name, set())
    meant = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        if name in own or column.primary_key:
            continue
        if column.many_to_many:
            value = frozenset(map(str, value))
        if isinstance(value, str):
            value = _as_typed(value)
        meant[name] = "" if value is None else value
    return meant


def _as_typed(text):
    """A text without what a form or the editor of rich texts takes out or puts in by itself."""
    text = text.replace("\r\n", "\n").strip()
    return BETWEEN_BLOCKS.sub(r"\1", text) if text.startswith("<") else text


def without_keys(state: Snapshot, base: Snapshot) -> Snapshot:
    """The state with its new rows under keys of their own: theirs were drawn and given back."""
    return Snapshot(
        state.fields,
        {
            name: {
                key if key in base.children.get(name, {}) else f"{NEW}{place}": row
                for place, (key, row) in enumerate(rows.items(), start=1)
            }
            for name, rows in state.children.items()
        },
    )


def write_state(
    instance: models.Model,
    now: Snapshot,
    wanted: Snapshot,
    save: Callable[[models.Model], None] = models.Model.save,
) -> None:
    """Writes into the object, and into its rows, what differs between two `meant` states.

    Raises what `save` raises.
    """
    _write_row(instance, now.fields, wanted.fields, save)
    for name in children_of(type(instance)):
        rows, wanted_rows = now.children.get(name, {}), wanted.children.get(name, {})
        relation = instance._meta.get_field(name)
        kept = relation.related_model._default_manager
        for key in rows.keys() - wanted_rows.keys():
            for row in kept.filter(pk=key):
                row.delete()
        for key, values in wanted_rows.items():
            if rows.get(key) == values:
                continue
            row = kept.filter(pk=key).first() if key in rows else None
            row = row or relation.related_model(pk=None if key.startswith(NEW) else key)
            _hand_to(row, relation, instance)
            _write_row(row, rows.get(key), values, save)


def _hand_to(row, relation, owner):
    if isinstance(relation, GenericRelation):
        name = relation.content_type_field_name
        kind = row._meta.get_field(name).related_model.objects.get_for_model(owner)
        setattr(row, name, kind)
        setattr(row, relation.object_id_field_name, owner.pk)
    else:
        setattr(row, relation.field.name, owner)


def _write_row(row, now: dict | None, wanted: dict, save):
    changed = {
        name: value for name, value in wanted.items() if now is None or now.get(name) != value
    }
    ties = {}
    for name, value in changed.items():
        column = row._meta.get_field(name)
        if column.many_to_many:
            ties[name] = value
        else:
            setattr(row, column.attname, _stored(column, value))
    if len(ties) < len(changed) or now is None:
        save(row)
    for name, keys in ties.items():
        relation = getattr(row, name)
        relation.set(relation.model._default_manager.filter(pk__in=keys))


def _stored(column, value):
    if value == "" and column.null:
        return None
    if column.is_relation:
        target = column.target_field.to_python(value)
        there = column.related_model._default_manager.filter(pk=target).exists()
        return target if there else None
    return column.to_python(value)


def clean_and_save(row: models.Model) -> None:
    """Saves what passes the model's own rules. Raises ValidationError for the rest."""
    row.full_clean()
    row.save()


def changed_places(base: Snapshot, state: Snapshot) -> list[Place]:
    """Where two states differ; a row that only one of them has is one place."""
    places = [Place(name=name) for name in _changed(base.fields, state.fields)]
    for relation in dict.fromkeys([*base.children, *state.children]):
        before, after = base.children.get(relation, {}), state.children.get(relation, {})
        for key in dict.fromkeys([*before, *after]):
            if key in before and key in after:
                places += [Place(relation, key, one) for one in _changed(before[key], after[key])]
            else:
                places.append(Place(relation, key))
    return places


def _changed(before: dict, after: dict) -> Iterable[str]:
    return (name for name in dict.fromkeys([*before, *after])
            if before.get(name) != after.get(name))  # fmt: skip

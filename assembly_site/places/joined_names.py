"""Former names read in the query of what they belong to, where a page can spare no query."""

from collections.abc import Callable, Iterable

from django.db.models import FilteredRelation, Model, QuerySet


def with_joined_names(queryset: QuerySet, path: str = "names") -> QuerySet:
    """The queryset with a row for each former name; `path` leads to the names.

    What is read so goes through `gathered`, which makes one object of its rows again.
    """
    return queryset.annotate(former_name=FilteredRelation(path)).select_related("former_name")


def gathered(rows: Iterable[Model], named: Callable = lambda row: row) -> list[Model]:
    """Each object once, in the order of the rows; what bears the names has them as if prefetched.

    `named` gives of an object what bears the names, or None.
    """
    found, names = {}, {}
    for row in rows:
        found.setdefault(row.pk, row)
        # Where there is none, the join leaves no attribute behind.
        name = getattr(row, "former_name", None)
        if name is not None:
            names.setdefault(row.pk, {})[name.pk] = name
    for pk, row in found.items():
        bearer = named(row)
        if bearer is not None:
            # The place where prefetch_related keeps what it read.
            cache = vars(bearer).setdefault("_prefetched_objects_cache", {})
            cache["names"] = list(names.get(pk, {}).values())
    return list(found.values())

"""Where pictures are shown, without knowing by whom: the relations that lead here tell it."""

from functools import reduce
from operator import add, or_
from typing import NamedTuple

from django.db.models import Count, Exists, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields import Field
from django.db.models.functions import Coalesce

from assembly_site.publishing.models import Publishable, Status
from assembly_site.publishing.proposals import Proposal


class Owner(NamedTuple):
    """A kind of object, and the field of it that holds a picture or several."""

    model: type[Model]
    field: Field

    def rows(self, picture) -> QuerySet:
        """The objects that show a picture (or the picture of an outer query)."""
        return self.model._base_manager.filter(**{self.field.name: picture}).order_by()

    def live_rows(self, picture) -> QuerySet:
        """Those that visitors see, or will see without anybody doing more."""
        rows = self.rows(picture)
        return rows.filter(status=Status.PUBLISHED) if issubclass(self.model, Publishable) else rows

    def wanted(self) -> set[int]:
        """The keys of the pictures that open proposals name here."""
        named = Proposal.objects.of_kind(self.model).open().values_list("fields", flat=True)
        chosen = [fields.get(self.field.name) for fields in named]
        return {key for one in chosen for key in (one if isinstance(one, list) else [one])}


def owners(kind: type[Model]) -> list[Owner]:
    """Every field of the site that points at this kind of picture."""
    return [
        Owner(relation.related_model, relation.field) for relation in kind._meta.related_objects
    ]


def is_used(kind):
    """A condition for a query of pictures: something shows it, be it a draft."""
    return _any(Exists(owner.rows(OuterRef("pk"))) for owner in owners(kind))


def is_live(kind):
    """A condition for a query of pictures: visitors see it."""
    return _any(Exists(owner.live_rows(OuterRef("pk"))) for owner in owners(kind))


def number_of_uses(kind):
    """An expression for a query of pictures: on how many objects each is shown."""
    counts = (
        Coalesce(
            Subquery(
                owner.rows(OuterRef("pk"))
                .values(owner.field.name)
                .annotate(number=Count("pk"))
                .values("number"),
                output_field=IntegerField(),
            ),
            0,
        )
        for owner in owners(kind)
    )
    return reduce(add, counts, Value(0))


def _any(conditions):
    return reduce(or_, conditions)

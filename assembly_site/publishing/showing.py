"""A page as visitors would see it, of what they cannot see yet: for previews and draft links."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from .clock import moment_of


class Showing(NamedTuple):
    """How one kind is shown before it is public."""

    # All that the page shows of an object, at a moment.
    question: Callable[[datetime], models.QuerySet]
    # The page of one object of this question.
    page: Callable[[HttpRequest, models.Model], HttpResponse]
    # The relations whose rows are parts of the object and are shown on its page.
    parts: tuple[str, ...]


_showings: dict[str, Showing] = {}


def show(label: str, showing: Showing) -> None:
    """From now on objects of the kind with this label (`events.event`) can be shown."""
    _showings[label] = showing


def showing_of(model: type[models.Model]) -> Showing:
    return _showings[model._meta.label_lower]


def is_public(instance: models.Model, at: datetime) -> bool:
    """Asked of the query, not the object: a milestone is hidden with its stage too."""
    return type(instance)._default_manager.public(at).filter(pk=instance.pk).exists()


@contextmanager
def nothing_kept() -> Iterator[None]:
    """A transaction in which everything may be written, and nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def page_as_it_would_be(
    request: HttpRequest, model: type[models.Model], pk: int, language: str, **marks
) -> HttpResponse:
    """The public page of a stored object in one language, whether or not it is public.

    `marks` are set on the request that the page gets; see the uses of `request.preview_of` in the
    templates. Raises DoesNotExist where the object, or what it hangs on, is gone.
    """
    showing = showing_of(model)
    with translation.override(language):
        instance = showing.question(moment_of(request)).get(pk=pk)
        asked = copy.copy(request)
        asked.method = "GET"
        asked.GET = QueryDict()
        asked.path = asked.path_info = instance.get_absolute_url()
        asked.LANGUAGE_CODE = language
        asked.preview_of = instance
        for name, mark in marks.items():
            setattr(asked, name, mark)
        return showing.page(asked, instance)

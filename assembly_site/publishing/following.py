"""Who is told of every write to public content, in the transaction of the write.

The search registers here: its rows change together with what they stand for, or not at all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from django.db import models

# Entered before the write with the model and the keys of the rows, left after it. Keys of rows
# that are made are in the list by then.
Follower = Callable[[type[models.Model], list[int]], AbstractContextManager]

_followers: dict[type[models.Model], list[Follower]] = defaultdict(list)


def follow(kinds: Iterable[type[models.Model]], follower: Follower) -> None:
    """From now on every write to one of these models goes through the follower."""
    for model in kinds:
        if follower not in _followers[model]:
            _followers[model].append(follower)


def is_followed(model: type[models.Model]) -> bool:
    """Whether anybody asks for the keys of what is written."""
    return bool(_followers.get(model))


@contextmanager
def followed(model: type[models.Model], keys: list[int]) -> Iterator[None]:
    """Surrounds a write; must run inside its transaction."""
    with ExitStack() as followers:
        for follower in _followers.get(model, ()):
            followers.enter_context(follower(model, keys))
        yield

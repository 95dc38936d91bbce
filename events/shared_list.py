"""A list of events that is passed on as a link; the link holds it, nothing else does."""

import json
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Self

from django.core import signing
from django.http import Http404
from django.urls import reverse

SALT = "shared-list"
MOST_EVENTS = 100
MOST_LETTERS = 80


class _Compact:
    """JSON in UTF-8: Django's own writes six signs for each Cyrillic letter."""

    @staticmethod
    def dumps(value) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @staticmethod
    def loads(data: bytes):
        return json.loads(data)


@dataclass(frozen=True)
class SharedList:
    """The keys of some events, the title they were given, and the day of making (site time)."""

    keys: tuple[int, ...]
    title: str
    made_on: date

    @classmethod
    def of_token(cls, token: str) -> Self:
        """The list that a token holds. Raises Http404 for any token that this site did not sign."""
        try:
            day, title, *steps = signing.Signer(salt=SALT).unsign_object(token, serializer=_Compact)
        except (signing.BadSignature, ValueError) as error:
            raise Http404 from error
        return cls(tuple(accumulate(steps)), title, date.fromordinal(day))

    @property
    def token(self) -> str:
        """Signed and as short as can be: the same list, title and day give the same token.

        It is not compressed: Django would begin it with a dot, and servers hide such addresses.
        """
        steps = [here - before for before, here in pairwise([0, *sorted(self.keys)])]
        return signing.Signer(salt=SALT).sign_object(
            [self.made_on.toordinal(), self.title, *steps], serializer=_Compact
        )

    def get_absolute_url(self) -> str:
        return reverse("events:shared-list", args=[self.token])

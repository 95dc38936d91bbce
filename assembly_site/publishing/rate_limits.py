"""How often one address may try something; counted in the cache and forgotten by itself."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class RateLimit:
    name: str
    most: int
    seconds: int

    def is_reached(self, request: HttpRequest, about: str = "") -> bool:
        return cache.get(self._key(request, about), 0) >= self.most

    def count(self, request: HttpRequest, about: str = "") -> None:
        """Counts one try; the first one starts the time after which all are forgotten."""
        key = self._key(request, about)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # forgotten between the two calls
                cache.add(key, 1, self.seconds)

    def _key(self, request, about):
        return f"rate-limit:{self.name}:{about}:{request.META.get('REMOTE_ADDR', '')}"

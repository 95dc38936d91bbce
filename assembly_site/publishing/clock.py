"""The moment a request is answered for: one for the whole page, so that its parts agree."""

from datetime import datetime

from django.utils import timezone


def moment_of(request) -> datetime:
    """Asks the clock once for each request."""
    if not hasattr(request, "moment"):
        request.moment = timezone.now()
    return request.moment

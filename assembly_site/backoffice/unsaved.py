"""What was typed into a form and is not saved yet: carried on until it stands in a form again."""

import json
from collections.abc import Iterable

from django.core import signing
from django.http import HttpRequest, QueryDict

# The hidden fields of a form that say by whom, from which version and under which name it is kept.
AUTHOR, BASE, KEPT = "_by", "_base", "_kept"
# What belongs to one sending of the form and not to what was typed.
PASSING = ("csrfmiddlewaretoken", "_refill", "_seen")
CHOICE = "choice-"
SALT = "typed-by"
SESSION_KEY = "typed"
# Forms for which a session keeps what was typed; the oldest is let go.
MOST_KEPT = 5

Pairs = list[tuple[str, str]]


def typed_pairs(data: QueryDict) -> Pairs:
    """What was typed, in the order of the form."""
    return [
        (name, value)
        for name, values in data.lists()
        if name not in PASSING and not name.startswith(CHOICE)
        for value in values
    ]


def as_form_data(pairs: Iterable[tuple[str, str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    data._mutable = False
    return data


def read_pairs(text: str) -> Pairs:
    """The pairs that `write_pairs` wrote; none of them when the text is anything else."""
    try:
        pairs = json.loads(text)
        return [(str(name), str(value)) for name, value in pairs]
    except (TypeError, ValueError):
        return []


def write_pairs(pairs: Pairs) -> str:
    return json.dumps(pairs, ensure_ascii=False)


def mark_of(user) -> str:
    """Goes into the form, so that nobody else is shown what was typed into it."""
    return signing.dumps(user.pk, salt=SALT)


def is_by(user, pairs: Pairs) -> bool:
    try:
        return signing.loads(dict(pairs).get(AUTHOR, ""), salt=SALT) == user.pk
    except signing.BadSignature:
        return False


def keep_in_session(request: HttpRequest, path: str, pairs: Pairs) -> None:
    kept = request.session.get(SESSION_KEY, {})
    kept.pop(path, None)
    kept[path] = pairs
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_KEPT:])


def kept_in_session(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form at this address before the person had to sign in again."""
    pairs = request.session.get(SESSION_KEY, {}).get(request.path)
    return as_form_data(pairs) if pairs and is_by(request.user, pairs) else None


def forget(request: HttpRequest) -> None:
    if request.path in request.session.get(SESSION_KEY, {}):
        kept = request.session[SESSION_KEY]
        request.session[SESSION_KEY] = {
            path: pairs for path, pairs in kept.items() if path != request.path
        }

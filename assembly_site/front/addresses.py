"""What every address with a query string keeps to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import wraps

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.http import urlencode


def without_empty_parameters(view):
    """Leads an address with empty parameters to the same without them (HTTP 302)."""

    @wraps(view)
    def answer(request: HttpRequest, **parts):
        if any(value == "" for _name, values in request.GET.lists() for value in values):
            return HttpResponseRedirect(_cleaned(request))
        return view(request, **parts)

    return answer


def _cleaned(request):
    query = request.GET.copy()
    for name, values in list(query.lists()):
        kept = [value for value in values if value != ""]
        if kept:
            query.setlist(name, kept)
        else:
            del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def pairs_of(parameters: Iterable[str], values: Mapping) -> Iterator[tuple[str, str]]:
    """Names and texts in the order of the parameters; a list gives one pair a value, empty none."""
    for name in parameters:
        value = values.get(name, "")
        several = value if isinstance(value, list) else [value]
        yield from ((name, str(one)) for one in several if one not in ("", None))


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The query string with its question mark, which stands even where there is no pair.

    As a link the bare mark leads to the list without parameters.
    """
    return f"?{urlencode(list(pairs))}"


def page_or_404(items: Sequence, number: str, size: int) -> Page:
    """One page of a list; Http404 for anything but the number of a page that is there."""
    paginator = Paginator(items, size)
    # isdecimal alone takes figures of other scripts; int would take signs and spaces.
    if not (number.isascii() and number.isdecimal() and len(number) < 8):
        raise Http404
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))

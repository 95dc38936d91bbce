"""What every address of a list with filters keeps to."""

from functools import wraps

from django.http import HttpRequest, HttpResponseRedirect


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

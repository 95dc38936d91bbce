from django.http import Http404


def nothing(request, **kw): raise Http404

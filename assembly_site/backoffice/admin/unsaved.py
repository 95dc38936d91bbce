"""A form that is filled again with what was typed before, and says when that was saved."""

from django.http import HttpRequest, HttpResponse

from ..unsaved import (
    AUTHOR,
    BASE,
    KEPT,
    as_form_data,
    forget,
    kept_in_session,
    mark_of,
    typed_pairs,
)

# The script that keeps texts in the browser finds there which of them were saved (in seconds).
SAVED_COOKIE_AGE = 24 * 60 * 60


class UnsavedAdmin:
    """Mixed into the admin of whatever has a long form.

    `request.typed` holds what is to stand in the form although nothing is being saved.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.typed = None
        if request.method == "POST" and "_refill" in request.POST:
            fill_in(request, as_form_data(typed_pairs(request.POST)))
        elif request.method == "POST" and "_discard" in request.POST:
            forget(request)
            request.method = "GET"
            request.POST = as_form_data([])
        elif request.method == "GET":
            typed = kept_in_session(request)
            if typed is not None:
                fill_in(request, typed)
                request.is_brought_back = True
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if getattr(request, "is_saved", False):
            _say_that_it_is_saved(request, response)
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.typed = getattr(request, "typed", None)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = getattr(request, "typed", None)
        if typed is not None:
            kwargs |= {"data": typed.copy(), "files": None}
        return kwargs

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        posted = request.POST if context["adminform"].form.is_bound else {}
        context |= {
            "kept_fields": [
                (AUTHOR, mark_of(request.user)),
                (BASE, posted.get(BASE) or self.present_base(obj)),
                (KEPT, posted.get(KEPT, "")),
            ],
            # Words that the script has not seen being typed are unsaved all the same.
            "is_unsaved": context["adminform"].form.is_bound
            and getattr(request, "is_unsaved", True),
            "is_brought_back": getattr(request, "is_brought_back", False),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        request.is_saved = True
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        request.is_saved = not getattr(request, "is_trial", False)
        return super().response_change(request, obj)


def fill_in(request: HttpRequest, typed) -> None:
    """Lets the form show what was typed; nothing is saved by it."""
    request.typed = typed
    request.method = "GET"
    request.POST = typed


def _say_that_it_is_saved(request: HttpRequest, response: HttpResponse) -> None:
    forget(request)
    kept = request.POST.get(KEPT, "")
    if kept.isalnum() and len(kept) <= 40:
        response.set_cookie(
            f"saved-{kept}", "1", max_age=SAVED_COOKIE_AGE, path="/admin/", samesite="Lax"
        )

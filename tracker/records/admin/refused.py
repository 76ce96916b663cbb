"""Forms of the desk that arrive without the right to be saved: after the session has ended, or with the mark of another
log-in. What was typed is kept for the account that had opened the form, and shown once that account is logged in."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure as stock_csrf_failure

from .kept import address_of, keep_if_signed

NUL = "\0"
COOKIE = "desk"
COOKIE_AGE = timedelta(days=90)


def has_worked_here(request: HttpRequest) -> bool:
    """Whether somebody was logged in at the desk with this browser; who it was, nobody is told."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=COOKIE_AGE) == "1"


class KeepTyped:
    """Comes after the middleware that tells the account of a request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Whoever has worked at the desk is known again by a signed cookie once the session has ended: what such a one
        sends may be as large as what is sent within a session."""
        response = self.get_response(request)
        # No public page looks at who asks for it.
        is_desk = request.path.startswith(reverse("admin:index"))
        if is_desk and request.user.is_active and request.user.is_staff and not has_worked_here(request):
            response.set_signed_cookie(
                COOKIE,
                "1",
                salt=COOKIE,
                max_age=COOKIE_AGE,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                path=reverse("admin:index"),
            )
        return response

    def process_view(self, request, view, args, kwargs):
        """A form of somebody who is not logged in leads to the log-in, and from there back to what was typed."""
        is_desk = "admin" in request.resolver_match.app_names
        if request.method != "POST" or not is_desk or (request.user.is_active and request.user.is_staff):
            return None
        kept = keep_if_signed(request)
        if kept is None:
            return None
        return HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': address_of(kept)})}")


class DropNullCharacters:
    """What is pasted from some programs holds NUL characters, which nobody sees and PostgreSQL cannot keep: they are
    taken out of every form of the desk before anything reads it. Stands before whatever keeps a form that it refuses.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or "admin" not in request.resolver_match.app_names:
            return
        if any(NUL in text for name, texts in request.POST.lists() for text in (name, *texts)):
            post = QueryDict(mutable=True)
            for name, texts in request.POST.lists():
                post.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
            request.POST = post


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """In our own words where it is a form of the desk that was opened before another log-in."""
    kept = keep_if_signed(request)
    is_desk = request.path.startswith(reverse("admin:index"))
    if not is_desk:
        return stock_csrf_failure(request, reason)
    context = {"kept": address_of(kept) if kept is not None else ""}
    return render(request, "admin/csrf_refused.html", context, status=403)

"""Forms that anybody may send, without an account and without a third party that judges them: how programs that fill in
every form are told from people, and how often one network may send one.

A form that is refused comes back with what was typed, and with words on what to do.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import counting

# Nobody reads and fills in a form within this; and a form older than that was not left open, but kept.
QUICKEST, OLDEST = timedelta(seconds=3), timedelta(days=1)
AN_HOUR = 3600
TRAP, MARK = "homepage", "opened"
TOO_LONG = gettext_lazy("This is too long: %(limit_value)d characters are the most that can be taken.")


def open_form_page(view: Callable) -> Callable:
    """The page of such a form: it holds a mark, and so is kept nowhere and found by no search engine.

    Exempt from CSRF: that check compares with a cookie, and readers get none. Whoever sends such a form has no right
    that a foreign site could use; that it came from a page of ours, ``OpenForm`` asks the browser.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = require_http_methods(["GET", "HEAD", "POST"])(view)(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


class OpenForm(forms.Form):
    """Its page draws it with ``components/open_form.html``, and answers with ``answer`` while it is not valid.

    ``purpose`` tells the forms of one kind, their marks and their counts, from those of another; ``key`` is another for
    each form that is opened, and the same however often that one is sent.
    """

    purpose: ClassVar[str]

    def __init__(self, request: HttpRequest, now: datetime, **kwargs: Any) -> None:
        super().__init__(request.POST if request.method == "POST" else None, **kwargs)
        self.request, self.now = request, now
        self.is_one_too_many = False
        self.key, self.opened_at = self._read_mark() or (get_random_string(22), None)
        for field in self.fields.values():
            # Django's own words are not there in every language of ours.
            field.error_messages["max_length"] = TOO_LONG

    @property
    def mark(self) -> str:
        """When the form was opened, signed; of one whose mark is not good any more, now."""
        at = self.opened_at or self.now
        return self._signer().sign_object([self.key, at.timestamp()])

    def full_clean(self) -> None:
        """What the fields say comes first: only a form that would be taken counts as sent."""
        super().full_clean()
        if self.is_bound and not self.errors and (refusal := self._refusal()):
            self.add_error(None, refusal)

    def answer(self, template: str, context: dict) -> HttpResponse:
        status = 429 if self.is_one_too_many else 200
        response = render(self.request, template, context | {"form": self}, status=status)
        if self.is_one_too_many:
            response["Retry-After"] = str(counting.seconds_left(self.now.timestamp(), AN_HOUR))
        return response

    def _refusal(self):
        if self._is_from_elsewhere():
            return _("The form came from a page of another site. Please look it over, and send it once more from here.")
        if self.data.get(TRAP):
            return _(
                "A field that is to stay empty was filled in, as programs do. It is empty again: please send the form "
                "once more."
            )
        if self.opened_at is None:
            return _("This page was opened long ago. What you typed is still here: please send the form once more.")
        if self.now - self.opened_at < QUICKEST:
            return _("The form was sent sooner than anybody can fill it in. Please send it once more in a moment.")
        number = counting.one_more(self.purpose, self.request, self.now.timestamp(), AN_HOUR)
        self.is_one_too_many = number is not None and number > settings.OPEN_FORMS_PER_HOUR
        if self.is_one_too_many:
            return _(
                "So many forms came from your network within the hour that no more are taken from it for now. Please "
                "send the form once more in an hour; keep a copy of what you typed."
            )
        return None

    def _is_from_elsewhere(self):
        """As browsers say of what they send: Fetch Metadata, or the older header where there is none."""
        site, origin = self.request.headers.get("Sec-Fetch-Site"), self.request.headers.get("Origin")
        if site is not None:
            return site not in ("same-origin", "none")
        return origin is not None and origin != f"{self.request.scheme}://{self.request.get_host()}"

    def _read_mark(self):
        """Key and moment in the mark that was sent; None where it is not ours, or too old."""
        try:
            key, at = self._signer().unsign_object(self.data.get(MARK, ""))
        except (signing.BadSignature, ValueError):
            return None
        opened_at = datetime.fromtimestamp(at, self.now.tzinfo)
        return (key, opened_at) if self.now - opened_at <= OLDEST else None

    def _signer(self):
        return signing.Signer(salt=f"tracker.site.open_forms.{self.purpose}")

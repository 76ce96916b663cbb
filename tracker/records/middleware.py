"""Who makes the changes of a request: kept at hand for the history while the request is answered."""

from contextvars import ContextVar

from django.http import HttpRequest

_request: ContextVar[HttpRequest | None] = ContextVar("the request under way", default=None)


class NameTheAccount:
    """Comes after the middleware that tells the account of a request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def account_id_of_request() -> int | None:
    """The primary key of the account that made the request under way; None where there is none, or nobody logged in."""
    request = _request.get()
    return request.user.pk if request is not None else None

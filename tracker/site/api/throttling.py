"""How often one network address may ask the API in a minute."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.site import counting

WINDOW = 60
NAME = "api"


@dataclass(frozen=True)
class Count:
    """How many requests are left until the window ends, and when that is: in seconds."""

    left: int
    seconds: int
    is_over: bool

    def note_in(self, response: HttpResponse) -> None:
        response["RateLimit"] = f'"{NAME}";r={self.left};t={self.seconds}'
        if self.is_over:
            response["Retry-After"] = str(self.seconds)


def policy() -> str:
    """The header ``RateLimit-Policy``: draft-ietf-httpapi-ratelimit-headers."""
    return f'"{NAME}";q={settings.API_REQUESTS_PER_MINUTE};w={WINDOW}'


def count(request: HttpRequest, now: float) -> Count | None:
    """Count this request; None where nobody can."""
    number = counting.one_more(NAME, request, now, WINDOW)
    if number is None:
        return None
    most = settings.API_REQUESTS_PER_MINUTE
    return Count(max(0, most - number), counting.seconds_left(now, WINDOW), number > most)

"""How often one network address may ask in a minute. All web processes count together, in Valkey; without it nobody is
counted, and everybody is answered."""

import logging
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

WINDOW = 60
NAME = "api"
# A household or an office has a network of this size of its own.
BITS_OF_IPV6 = 64


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
    if _valkey.is_taken_for_away():
        return None
    window = int(now // WINDOW)
    try:
        number = _one_more(f"{NAME}:{_who(request)}:{window}")
    except (RedisError, OSError):
        _valkey.note_away()
        return None
    most = settings.API_REQUESTS_PER_MINUTE
    return Count(max(0, most - number), (window + 1) * WINDOW - int(now), number > most)


def _one_more(key):
    """Each request has a number of its own: the first makes the counter, and all add to it in one step."""
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # the counter was thrown out in between
        return 1


def _who(request):
    """The network that asks, as the web server tells it, in a form that nobody reads back."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        network = network_of(address)
    except ValueError:
        network = address
    return salted_hmac("tracker.site.api.throttling", network, algorithm="sha256").hexdigest()[:32]


def network_of(text: str) -> str:
    address = ip_address(text)
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), BITS_OF_IPV6), strict=False))


class Away:
    """Whether Valkey did not answer lately: then nobody waits for it again, for ``SECONDS``."""

    SECONDS = 5
    SECONDS_BETWEEN_LINES = 60

    # By the clock that only runs on.
    _until = _next_line_at = float("-inf")

    def __init__(self) -> None:
        self._lock = Lock()

    def is_taken_for_away(self) -> bool:
        return time.monotonic() < self._until

    def note_away(self) -> None:
        with self._lock:
            now = time.monotonic()
            self._until = now + self.SECONDS
            is_said = now < self._next_line_at
            if not is_said:
                self._next_line_at = now + self.SECONDS_BETWEEN_LINES
        if not is_said:
            logger.warning("Valkey does not answer: requests to the API are not counted.")


_valkey = Away()

"""How often one network asked for something within a time. All web processes count together, in Valkey; without it
nobody is counted, and everybody is answered."""

import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A household or an office has a network of this size of its own.
BITS_OF_IPV6 = 64


def one_more(name: str, request: HttpRequest, now: float, window: int) -> int | None:
    """Count this request among those named ``name``; return how many its network has made in the running window of so
    many seconds, this one among them; None where nobody can count."""
    if _valkey.is_taken_for_away():
        return None
    key = f"{name}:{_who(request)}:{int(now // window)}"
    try:
        # Each request has a number of its own: the first makes the counter, and all add to it in one step.
        cache.add(key, 0, timeout=2 * window)
        return cache.incr(key)
    except ValueError:  # the counter was thrown out in between
        return 1
    except (RedisError, OSError):
        _valkey.note_away()
        return None


def seconds_left(now: float, window: int) -> int:
    """Until the running window ends."""
    return (int(now // window) + 1) * window - int(now)


def _who(request):
    """The network that asks, as the web server tells it, in a form that nobody reads back."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        network = network_of(address)
    except ValueError:
        network = address
    return salted_hmac("tracker.site.counting", network, algorithm="sha256").hexdigest()[:32]


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
            logger.warning("Valkey does not answer: requests to the API and forms are not counted.")


_valkey = Away()

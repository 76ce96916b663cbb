"""What a log does not tell: the secret in a link that was mailed, e-mail addresses, and the addresses of readers.

`deploy/nginx.conf` keeps the same out of the log of the requests; `tests/production/test_nginx.py` reads both.
"""

import logging
import re
from ipaddress import ip_address

MASK = "***"
# What follows these in a path proves who was written to: answers, what readers are told of, a new password.
SECRET_PATHS = re.compile(
    r"(/follow-up/(?:stop/)?|/subscriptions/(?:confirm|stop|manage)/|/reset/|/invitation/)"
    r"(?!stop/)[^\s/?'\"]+(?:/[^\s/?'\"]+)?",
    re.IGNORECASE,
)
# value:moment:signature, as `django.core.signing` writes them, wherever they stand.
SIGNED = re.compile(r"[\w-]{4,}(?::|%3A)[\w-]{5,}(?::|%3A)[\w-]{20,}", re.IGNORECASE)
MAILBOX = re.compile(r"[^\s@<>\"'(),;:=/?&\[\]{}]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)")
MAYBE_IPV6 = re.compile(r"(?<![\w.:])[0-9a-f]*:[0-9a-f:.]*[0-9a-f:](?!\w)", re.IGNORECASE)


class DiscreetFormatter(logging.Formatter):
    """Masks the whole of what would be written, the traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """``text`` with a mask in place of each secret and each address of a person or a reader."""
    text = SECRET_PATHS.sub(rf"\1{MASK}", text)
    text = MAILBOX.sub(MASK, SIGNED.sub(MASK, text))
    return IPV4.sub(_masked, MAYBE_IPV6.sub(_masked, text))


def _masked(found: re.Match[str]) -> str:
    """A mask for the address of a machine; our own, and what only looks like one, such as 12:34:56, may stand."""
    text = found[0]
    for rest in ("", ":"):  # of a sentence: the address is followed by a colon
        try:
            address = ip_address(text.removesuffix(rest))
        except ValueError:
            continue
        return text if address.is_loopback or address.is_unspecified else MASK + (rest if text.endswith(rest) else "")
    return text

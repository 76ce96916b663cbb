"""Signed links in mail: they prove who was written to, without a login, and work for a limited time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.core import signing

# What stands in a mail that is only looked at in place of what makes a link good for one person.
IN_PLACE = "preview"
_is_only_shown: ContextVar[bool] = ContextVar("mail_is_only_shown", default=False)


@contextmanager
def taken_out() -> Iterator[None]:
    """Within it mail is written to be looked at: no link in it speaks for the person whom it is to."""
    mark = _is_only_shown.set(True)
    try:
        yield
    finally:
        _is_only_shown.reset(mark)


def personal(make: Callable[[], str]) -> str:
    """What ``make`` makes for the link of one person."""
    return IN_PLACE if _is_only_shown.get() else make()


def absolute(path: str) -> str:
    """Return the public address of a path of this site."""
    return settings.SITE_URL + path


def sign(purpose: str, *identity: int) -> str:
    """Return a token for ``identity``, the primary keys that the link is bound to, good for one purpose only."""
    return personal(lambda: signing.dumps(identity, salt=_salt(purpose)))


def read(purpose: str, token: str, max_age: timedelta) -> tuple[int, ...]:
    """Return the identity in a token; older keys of the site (``SECRET_KEY_FALLBACKS``) count too.

    Raise ``signing.SignatureExpired`` for one that is too old, ``signing.BadSignature`` for any other that is not ours.
    """
    return tuple(signing.loads(token, salt=_salt(purpose), max_age=max_age))


def _salt(purpose):
    return f"tracker.mail.links.{purpose}"

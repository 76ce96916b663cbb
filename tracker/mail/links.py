"""Signed links in mail: they prove who was written to, without a login, and work for a limited time."""

from datetime import timedelta

from django.conf import settings
from django.core import signing


def absolute(path: str) -> str:
    """Return the public address of a path of this site."""
    return settings.SITE_URL + path


def sign(purpose: str, *identity: int) -> str:
    """Return a token for ``identity``, the primary keys that the link is bound to, good for one purpose only."""
    return signing.dumps(identity, salt=_salt(purpose))


def read(purpose: str, token: str, max_age: timedelta) -> tuple[int, ...]:
    """Return the identity in a token; older keys of the site (``SECRET_KEY_FALLBACKS``) count too.

    Raise ``signing.SignatureExpired`` for one that is too old, ``signing.BadSignature`` for any other that is not ours.
    """
    return tuple(signing.loads(token, salt=_salt(purpose), max_age=max_age))


def _salt(purpose):
    return f"tracker.mail.links.{purpose}"

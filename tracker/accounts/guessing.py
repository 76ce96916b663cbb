"""Guessing passwords: refusals are counted in the database, where all hosts see them, by account and by address."""

import math

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from .guessing_limits import LIMITS, MOST_FAILURES

LOCKED_STATUS = 429


class ByAccountAndAddress(AxesDatabaseHandler):
    """Counts each of ``LIMITS`` by itself; axes knows one limit for all."""

    def get_failures(self, request, credentials=None):
        """The refusals of the limit that is nearest, scaled to ``MOST_FAILURES``."""
        attempts = self.get_user_attempts(request, credentials)
        counts = (sum(each.values_list("failures_since_start", flat=True)) for each in attempts)
        return max(count * MOST_FAILURES // most for count, (_by, most) in zip(counts, LIMITS, strict=True))


def account_of(request, credentials=None):
    """The user name under which refusals are counted and logged: the same for a name and for an address of an account.

    What belongs to no account is not kept as it was typed: it may be a password in the wrong field.
    """
    typed = (credentials or {}).get("username") or ""
    accounts = get_user_model().objects
    by_name = accounts.filter(email__iexact=typed) if "@" in typed else accounts.filter(username=typed)
    known = by_name.values_list("username", flat=True).first() if "\0" not in typed else None
    return known or f"? {salted_hmac('tracker.accounts.guessing', typed, algorithm='sha256').hexdigest()[:12]}"


def locked(request, response=None, credentials=None):
    """Say that it is too late for now, whether or not there is such an account, and for how long."""
    minutes = math.ceil(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    answer = render(request, "account/locked.html", {"minutes": minutes}, status=LOCKED_STATUS)
    answer["Retry-After"] = str(minutes * 60)
    answer["Cache-Control"] = "no-store"
    return answer

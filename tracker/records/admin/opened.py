"""What a form carries with it: what it was opened with, by whom and when, signed, in one hidden input."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from tracker.records.models import DataVersion

from .typed import Typed, plain

INPUT = "_opened"
SALT = "tracker.records.opened"
VALID_FOR = timedelta(days=90)


@dataclass
class Opened:
    """``version`` is the data version at that time; ``token`` names the form, however often it is sent."""

    token: str
    account: int
    version: int
    at: datetime
    title: str
    typed: Typed

    def start_anew(self) -> None:
        """From here on it is another form: the one with the former token was saved."""
        self.token = secrets.token_urlsafe(16)

    def signed(self) -> str:
        """The text of the hidden input: packed, so that also 500 rows stay small."""
        return signing.dumps({**asdict(self), "at": self.at.isoformat()}, salt=SALT, compress=True)


def opening(request: HttpRequest, typed: Typed, title: str, version: int, former: "Opened | None" = None) -> Opened:
    """``version`` was read before the values were: what a colleague saved in between then counts as their change.
    With ``former`` it is the same form, shown again."""
    rows = {prefix: {key: plain(values) for key, values in rows.items()} for prefix, rows in typed.rows.items()}
    account, filled = request.user.pk or 0, Typed(own=plain(typed.own), rows=rows)
    token = former.token if former is not None and former.account == account else secrets.token_urlsafe(16)
    return Opened(token, account, version, timezone.now(), title[:300], filled)


def current_version() -> int:
    return DataVersion.current()


def opened(request: HttpRequest) -> Opened | None:
    """What the form that was sent had been opened with.

    None where it says nothing. What it says but nobody signed, or too long ago, counts as opened with nothing: whatever
    then differs from what is there now is asked about.
    """
    text = request.POST.get(INPUT)
    if text is None:
        return None
    try:
        found = signing.loads(text, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return Opened(secrets.token_urlsafe(16), 0, 0, timezone.now(), "", Typed())
    return Opened(**{**found, "at": datetime.fromisoformat(found["at"]), "typed": Typed(**found["typed"])})

"""The post of a day: plans all mail that is due, and sends what waits. For tasks and for the command alike."""

from datetime import date, datetime

from tracker.mail.models import LastRun
from tracker.mail.relay import Outcome, relay
from tracker.records.models import DataVersion

from . import planner
from .letters import Letters

RENDERERS = {planner.KIND: Letters}


def plan(now: datetime, day: date | None = None) -> list[planner.Digest]:
    """Queue what is due at ``now`` and return the digests among it; see ``planner.plan``."""
    digests = planner.plan(now, day)
    LastRun.note(LastRun.Name.PLANNER, now, f"{len(digests)} planned")
    return digests


def send(seconds: float | None = None) -> Outcome:
    """Send what waits, for at most about ``seconds``."""
    outcome = relay(RENDERERS, seconds=seconds)
    if outcome.counts["sent"]:
        # The public page of a commitment says when it was asked about.
        DataVersion.bump()
    return outcome

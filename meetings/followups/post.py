"""The post of a day: plans all mail that is due, and sends what waits. For tasks and for the command alike."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.mail import problems
from tracker.mail.models import LastRun
from tracker.mail.relay import Outcome, relay
from tracker.records.models import DataVersion

from . import planner, sheets
from .letters import Letters

RENDERERS = {planner.KIND: Letters, sheets.KIND: sheets.Letters, problems.KIND: problems.renderer}


@dataclass(frozen=True)
class Post:
    """What is due at a moment."""

    digests: list[planner.Digest]
    sheets: list[sheets.Sheet]
    reports: int = 0

    @property
    def messages(self) -> int:
        return len(self.digests) + len(self.sheets) + self.reports

    def __str__(self):
        lines = sum(len(digest.lines) for digest in self.digests)
        reports = f", {self.reports} reports of problems" if self.reports else ""
        return f"{len(self.digests)} mails, {lines} lines, {len(self.sheets)} sheets{reports}"


def due(now: datetime, day: date | None = None) -> Post:
    """Return what ``plan`` would queue for those in charge. Changes nothing."""
    return Post(planner.due_digests(now, day), sheets.due_sheets(now, day))


def plan(now: datetime, day: date | None = None) -> Post:
    """Queue what is due at ``now`` and return it; see ``planner.plan`` and ``sheets.plan``."""
    post = Post(planner.plan(now, day), sheets.plan(now, day), problems.plan(now))
    LastRun.note(LastRun.Name.PLANNER, now, f"{post} planned")
    return post


def send(seconds: float | None = None) -> Outcome:
    """Send what waits, for at most about ``seconds``."""
    outcome = relay(RENDERERS, seconds=seconds)
    if outcome.counts["sent"]:
        # The public page of a commitment says when it was asked about.
        DataVersion.bump()
    return outcome

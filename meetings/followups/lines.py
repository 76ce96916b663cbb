"""A line: one thing that one person is to be told, and the rule that says so."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement
from meetings.models import AgreementNotice, Commitment, FollowUpPolicy, Meeting, MeetingNotice, Notice

from . import policy as rules

LONGEST_LOOK_AHEAD = 800  # days
NOTICE_OF = {Commitment: Notice, Meeting: MeetingNotice, Agreement: AgreementNotice}
NOTICES = tuple(NOTICE_OF.values())
NoticeRole = Notice.Role | MeetingNotice.Role | AgreementNotice.Role


@dataclass(frozen=True)
class Line:
    """``stage`` days from ``due_on``; ``round`` counts the answers of this person, or of their office, that editors
    returned. It ``asks_back`` as long as the last question of an editor has no answer."""

    role: NoticeRole
    subject: Commitment | Meeting | Agreement
    due_on: date
    stage: int
    policy: FollowUpPolicy
    round: int = 0
    asks_back: bool = False

    @property
    def model(self):
        return NOTICE_OF[type(self.subject)]

    @property
    def is_exempt_from_rest(self):
        """Whether it is about a day that will not wait. What comes at intervals, or is missing from a record, will."""
        if self.role == Notice.Role.ASKED and rules.is_at_intervals(self.subject):
            return self.asks_back
        is_about_a_day = self.role in (Notice.Role.ASKED, AgreementNotice.Role.NOTICE_WINDOW)
        return self.asks_back or (is_about_a_day and self.stage in rules.WITHOUT_REST)

    @property
    def reason(self) -> str:
        """The rule behind the line in words, for whoever asks why a mail goes out."""
        policy = self.policy
        name = _("policy of %(forum)s") % {"forum": policy.forum} if policy.forum_id else _("default policy")
        return f"{self._rule()} ({name})"

    def notice(self, person, delivery, day):
        """Return the row, not saved, that says that the person is told so by this delivery."""
        return self.model(
            **{self.model.subject_name: self.subject},
            person=person,
            role=self.role,
            due_on=self.due_on,
            stage=self.stage,
            due_version=getattr(self.subject, "due_version", 1),
            round=self.round,
            delivery=delivery,
            day=day,
        )

    def next_day(self, today: date) -> date | None:
        """Return the day after ``today`` on which the next stage of a question comes; None where none is in sight."""
        if self.role != Notice.Role.ASKED:
            return None
        for ahead in range(1, LONGEST_LOOK_AHEAD):
            day = today + timedelta(days=ahead)
            if rules.due_stage(self.policy, self.subject, day) not in (None, (self.due_on, self.stage)):
                return day
        return None

    def _rule(self):
        days = {"days": abs(self.stage)}
        if self.role == MeetingNotice.Role.NO_OUTCOMES:
            days = {"days": self.stage + self.policy.outcomes_after}
            return ngettext("%(days)s day after the meeting", "%(days)s days after the meeting", days["days"]) % days
        if self.asks_back:
            return _("an editor sent the answer back with a question")
        if self.role in (Notice.Role.SUPERVISOR, Notice.Role.SECRETARIAT):
            return ngettext("%(days)s day overdue, no answer", "%(days)s days overdue, no answer", self.stage) % days
        if self.role == Notice.Role.ASKED and rules.is_at_intervals(self.subject):
            every = self.policy.continuous_every
            return ngettext("asked every %(days)s day", "asked every %(days)s days", every) % {"days": every}
        return _from_due_date(self.policy, self.stage, days)


def _from_due_date(policy, stage, days):
    if stage == -policy.window_days:
        return ngettext("within %(days)s day of the due date", "within %(days)s days of the due date", -stage) % days
    if stage < 0:
        return ngettext("%(days)s day before the due date", "%(days)s days before the due date", -stage) % days
    if stage == 0:
        return _("on the due date")
    return ngettext("%(days)s day after the due date", "%(days)s days after the due date", stage) % days

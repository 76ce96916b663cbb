"""Who owes what in some forums, with what stands in the way: the entries of a coordinator's weekly sheet.

Coordinators keep the records, and are staff: they may read answers that no editor has reviewed yet. All else here is
published, and none of it may be shown on the public site.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Commitment, CommitmentParty, Notice, ProgressUpdate
from meetings.models.schedule import DUE_SOON
from tracker.mail.models import Delivery

from . import policy as rules
from .calendar import Clock
from .recipients import Charges, InCharge, callable_by
from .record import DAY_TOLD, Answers, Holds

Answer, State = ProgressUpdate.Answer, ProgressUpdate.State
# A sheet lists thousands of them at worst.
FIELDS = (
    "reference",
    "title",
    "state",
    "due",
    "due_latest",
    "due_rule",
    "due_words",
    "due_version",
    "recurrence",
    "working_group",
    "forum__name",
    "forum__state",
    "meeting__held_latest",
    "agreement__signed_latest",
)


class Section(TextChoices):
    """The headings of a sheet, problems first. A commitment stands under the first one that fits."""

    NOBODY = "nobody", _("Nobody to ask")
    HELP = "help", _("Help needed")
    NOT_THEIRS = "not_theirs", _("Not theirs")
    NO_ANSWER = "no_answer", _("No answer")
    LATE = "late", _("Late, new date expected")
    WAITING = "waiting", _("Waiting for an editor")
    SOON = "soon", _("Due soon")
    OVERDUE = "overdue", _("Also overdue")


RANK = {section: rank for rank, section in enumerate(Section)}


@dataclass(frozen=True)
class Asked:
    """How often somebody was asked about the due date that now stands, and when last."""

    name: str
    times: int
    last_on: date


@dataclass(frozen=True)
class Entry:
    """One commitment on a sheet. ``day`` is the one that a question is about; None where there is none."""

    section: Section
    commitment: Commitment
    day: date | None
    charges: Charges
    asked: list[Asked]
    answers: list[ProgressUpdate]
    is_held: bool


@dataclass(frozen=True)
class Ward:
    """The forums of some sheets. None among ``forums`` stands for all that nobody keeps, ``kept`` apart."""

    forums: frozenset[int | None]
    kept: frozenset[int]

    def narrow(self, commitments):
        condition = Q(forum__in=self.forums - {None})
        if None in self.forums:
            condition |= Q(forum__isnull=True) | ~Q(forum__in=self.kept)
        return commitments.filter(condition)

    def of(self, forum_id: int | None) -> int | None:
        """The sheet that lists the commitments of a forum."""
        return forum_id if forum_id in self.kept else None


@dataclass
class Given:
    """The answers about one commitment that stand."""

    in_review: list[ProgressUpdate] = field(default_factory=list)
    accepted: list[ProgressUpdate] = field(default_factory=list)

    def is_waiting(self, *answers: Answer) -> bool:
        return any(row.answer in answers for row in self.in_review)

    def last_accepted(self, commitment: Commitment, day: date | None) -> list[ProgressUpdate]:
        """The last word of each person about the due date that now stands."""
        about = (row for row in self.accepted if _is_about(row.notice, commitment, day))
        return list({row.answered_by_id: row for row in about}.values())


def _is_about(notice, commitment, day):
    return (notice.due_version, notice.due_on) == (commitment.due_version, day)


class Ledger:
    """What is open in a ward, with all that a sheet says of it: some twenty queries, whatever its size."""

    def __init__(self, ward: Ward, clock: Clock, holds: Holds):
        self.clock, self._holds, self._policies = clock, holds, rules.Policies()
        horizon = clock.last_day + max(DUE_SOON, timedelta(days=self._policies.longest_window))
        self._commitments = defaultdict(list)
        read = [each for each in _open(ward, clock.now, horizon) if self._policies.of_forum(each.forum_id)]
        for commitment in read:
            self._commitments[ward.of(commitment.forum_id)].append(commitment)
        keys = [commitment.pk for commitment in read]
        self.in_charge, self._answers = InCharge(read, clock), Answers(keys, clock)
        self._given, self._asked = _given(keys), _asked(keys)

    def entries(self, forum_id: int | None, person: Person) -> list[Entry]:
        """The entries of this person's sheet, in order: by heading, and the longest overdue first."""
        today = self.clock.day(person)
        told = (each for each in self._commitments[forum_id] if not self._holds.has(person.pk, each.pk))
        found = filter(None, (self._entry(commitment, today) for commitment in told))
        return sorted(found, key=lambda entry: (RANK[entry.section], entry.day or date.max, entry.commitment.pk))

    def _entry(self, commitment, today):
        policy = self._policies.of_forum(commitment.forum_id)
        day = rules.due_on(policy, commitment, today)
        section = self._section(commitment, policy, day, today)
        if section is None:
            return None
        given = self._given[commitment.pk]
        return Entry(
            section,
            commitment,
            day,
            self.in_charge[commitment.pk],
            self._asked[commitment.pk, day],
            [*given.in_review, *given.last_accepted(commitment, day)],
            self._holds.has(None, commitment.pk),
        )

    def _section(self, commitment, policy, day, today) -> Section | None:
        given = self._given[commitment.pk]
        if not self.in_charge[commitment.pk].asked and rules.due_stage(policy, commitment, today):
            return Section.NOBODY
        if given.is_waiting(Answer.NEED_HELP):
            return Section.HELP
        if given.is_waiting(Answer.NOT_MINE):
            return Section.NOT_THEIRS
        if self._is_unanswered(commitment, day, today):
            return Section.NO_ANSWER
        accepted = {row.answer for row in given.last_accepted(commitment, day)}
        if given.is_waiting(Answer.LATE) or Answer.LATE in accepted:
            return Section.LATE
        if given.in_review:
            return Section.WAITING
        # Asked from time to time, or done this time: nothing is owed until the next.
        if rules.is_at_intervals(commitment) or (Answer.DONE in accepted and rules.happens_again(commitment)):
            return None
        return _by_date(day, today)

    def _is_unanswered(self, commitment, day, today):
        is_overdue = day is not None and day < today
        return is_overdue and self._asked[commitment.pk, day] and not self._answers.is_answered(commitment, day)


def _by_date(day, today):
    if day is None or day > today + DUE_SOON:
        return None
    return Section.OVERDUE if day < today else Section.SOON


def _open(ward, now: datetime, horizon: date):
    """Published, open commitments that may have a place on a sheet: due by then, going on, or answered."""
    answers = ProgressUpdate.objects.filter(commitment=OuterRef("pk"), notice__isnull=False)
    told = answers.filter(Q(state=State.IN_REVIEW) | Q(state=State.PUBLISHED, answer=Answer.LATE))
    parties = CommitmentParty.objects.filter(side=CommitmentParty.Side.BY).select_related("country", "organisation")
    commitments = ward.narrow(Commitment.objects.published().open()).filter(callable_by(horizon) | Exists(told))
    read = commitments.select_related("forum", "meeting", "agreement").only(*FIELDS)
    return read.prefetch_related(Prefetch("parties", parties, to_attr="told_parties"))


def _given(keys: Iterable[int]):
    given = defaultdict(Given)
    rows = ProgressUpdate.objects.filter(commitment__in=keys, notice__isnull=False)
    rows = rows.filter(state__in=[State.IN_REVIEW, State.PUBLISHED])
    for row in rows.select_related("notice", "answered_by", "responsible").order_by("pk"):
        of_commitment = given[row.commitment_id]
        (of_commitment.in_review if row.state == State.IN_REVIEW else of_commitment.accepted).append(row)
    return given


def _asked(keys: Iterable[int]):
    """Who was asked, by commitment and the day that they were asked about; the longest ago first."""
    asked = defaultdict(list)
    notices = Notice.objects.filter(commitment__in=keys, role=Notice.Role.ASKED, delivery__state=Delivery.State.SENT)
    people = notices.filter(due_version=F("commitment__due_version")).values("commitment_id", "due_on", "person_id")
    counted = people.annotate(name=F("person__name"), times=Count("pk"), last_on=Max(DAY_TOLD))
    for row in counted.order_by("last_on", "name"):
        asked[row["commitment_id"], row["due_on"]].append(Asked(row["name"], row["times"], row["last_on"]))
    return asked

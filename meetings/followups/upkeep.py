"""What the records themselves lack: the coordinator of the forum is told, by the mechanism that asks questions."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from agreements.models import Agreement, Person
from agreements.models.event import last_day_of_notice
from meetings.models import AgreementNotice, Coordinator, Meeting, MeetingNotice

from . import policy as rules
from .calendar import Clock
from .lines import Line
from .recipients import Register

# What is missing from older records is for the work lists of the admin, not for mail.
LOOK_BACK = timedelta(days=365)
MeetingRole = MeetingNotice.Role


class Coordinators:
    """Who keeps the records of each forum, themselves or by deputy: four queries."""

    def __init__(self, clock: Clock):
        offices = list(Coordinator.objects.order_by("pk"))
        self.register = Register([offices], clock)
        self._of_forum, self._held_by = defaultdict(dict), defaultdict(set)
        for office in self.register.serving(offices):
            person = self.register.written_to(office)
            if person is not None:
                self._of_forum[office.forum_id][person.pk] = person
                self._held_by[office.forum_id, person.pk].add(office.person_id)

    def __bool__(self):
        return bool(self._of_forum)

    def of_forum(self, forum_id: int | None) -> list[Person]:
        return list((self._of_forum.get(forum_id) or self._of_forum.get(None, {})).values())

    def holders(self, forum_id: int | None, person: Person) -> set[int]:
        """Whose office the person fills, by primary key: their own, or that of those for whom they stand in."""
        return self._held_by[forum_id, person.pk]

    def forums(self) -> list[int | None]:
        """The forums with a coordinator of their own; None where somebody keeps the rest."""
        return list(self._of_forum)


def upkeep(now: datetime, clock: Clock, policies: rules.Policies) -> Iterator[tuple[Person, Line]]:
    """What each coordinator is to be told of meetings and agreements, whether they were told before or not."""
    coordinators = Coordinators(clock)
    if not coordinators:
        return
    for subject, line_on in [*_meetings(now, clock), *_agreements(now, clock)]:
        policy = policies.of_forum(subject.forum_id)
        for person in coordinators.of_forum(subject.forum_id) if policy else ():
            if clock.is_hour_of_mail(person) and coordinators.register.is_at_work(person):
                line = line_on(subject, policy, clock.day(person))
                if line is not None:
                    yield person, line


class Shortcomings:
    """What the records of some notices lack now, by the rules that the notices come from: four queries."""

    def __init__(self, notices, now: datetime, clock: Clock):
        self._policies, self._rules = rules.Policies(), defaultdict(list)
        meetings = {notice.subject_id for notice in notices if type(notice) is MeetingNotice}
        agreements = {notice.subject_id for notice in notices if type(notice) is AgreementNotice}
        for subject, line_on in [*_meetings(now, clock, pk__in=meetings), *_agreements(now, clock, pk__in=agreements)]:
            self._rules[type(subject), subject.pk].append((subject, line_on))

    def call_for(self, notice, today: date) -> bool:
        """Whether the notice would still be due, if perhaps at another stage."""
        for subject, line_on in self._rules[type(notice.subject), notice.subject_id]:
            policy = self._policies.of_forum(subject.forum_id)
            line = policy and line_on(subject, policy, today)
            if line and (line.role, line.due_on) == (notice.role, notice.due_on):
                return True
        return False


def _meetings(now, clock, **which):
    """Published meetings of the last year that are past."""
    meetings = Meeting.objects.published().filter(
        held_latest__gte=clock.first_day - LOOK_BACK, held_latest__lte=clock.last_day, **which
    )
    for meeting in meetings.without_results().exclude(kind=Meeting.Kind.PREPARATORY).order_by("held_latest", "pk"):
        yield meeting, _no_outcomes
    for meeting in meetings.unreported().order_by("held_latest", "pk"):
        yield meeting, _not_reported


def _no_outcomes(meeting, policy, today):
    if not policy.outcomes_after:
        return None
    due_on = meeting.held_latest + timedelta(days=policy.outcomes_after)
    return _past(MeetingRole.NO_OUTCOMES, meeting, due_on, policy, today, earliest=0)


def _not_reported(meeting, policy, today):
    return _past(MeetingRole.NOT_REPORTED, meeting, meeting.held_latest, policy, today, earliest=1)


def _past(role, subject, due_on, policy, today, earliest):
    stage = rules.stage(policy, due_on, today)
    return Line(role, subject, due_on, stage, policy) if stage is not None and stage >= earliest else None


def _agreements(now, clock, **which):
    agreements = Agreement.objects.published().filter(**which).with_status(clock.first_day)
    in_force = agreements.filter(status=Agreement.Status.IN_FORCE)
    limited = in_force.filter(validity_months__isnull=False, notice_months__isnull=False)
    for agreement in limited.prefetch_related("events").order_by("pk"):
        yield agreement, _notice_window


def _notice_window(agreement, policy, today):
    """Before the last day on which notice can be given; afterwards it is too late to say anything."""
    due_on = last_day_of_notice(agreement, today)
    stage = rules.stage(policy, due_on, today)
    is_ahead = stage is not None and stage <= 0
    return Line(AgreementNotice.Role.NOTICE_WINDOW, agreement, due_on, stage, policy) if is_ahead else None

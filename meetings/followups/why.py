"""Why somebody gets mail on a day, or nobody does: the planner's own rules, asked one after the other, up to the one
that decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, Person
from meetings.models import Commitment, Coordinator, FocalPoint, OrganisationFocalPoint, Reminder
from tracker.records import edtf, typography
from tracker.records.languages import compose

from . import digest, rules
from .history import Answers, Holds, PastReminders
from .nobody import why_nobody
from .people import Coordinators, Directory, InCharge, askable, recipient
from .planner import CommitmentPlanner, due_digests
from .working_days import Clock, is_working_day

Role = Reminder.Role


@dataclass(frozen=True)
class MailCheck:
    """One condition of mail. It ``holds``, or it is why none goes out."""

    holds: bool
    text: str


def checks(subject: Commitment | Agreement | Person, now: datetime, day: date) -> list[MailCheck]:
    """What stands for and against mail about a record, or to a person, on ``day``, up to what decides."""
    of = {Commitment: _of_commitment, Agreement: _of_agreement, Person: _of_person}[type(subject)]
    found = []
    for check in of(subject, now, day):
        found.append(check)
        if not check.holds:
            break
    return found


def gets_mail(found: list[MailCheck]) -> bool:
    return all(check.holds for check in found)


def _check(condition, yes, no):
    return MailCheck(bool(condition), yes if condition else no)


def _of_commitment(commitment, now, day) -> Iterator[MailCheck]:
    yield _check(commitment.is_public, _("It is published."), _("It is not published: nobody is asked about it."))
    yield _check(not commitment.is_closed, _("It is open."), _("It is complete or closed."))
    is_askable = askable().filter(pk=commitment.pk).exists()
    yield _check(
        is_askable,
        _("There is a day from which reminders count."),
        _("It has no due date and does not recur: there is no day on which anybody could be asked."),
    )
    policy = rules.Policies().of_forum(commitment.forum_id)
    yield _policy(policy)
    yield _is_due(commitment, policy, day)
    clock = Clock(now, day)
    in_charge = InCharge([commitment], clock)
    people = in_charge[commitment.pk]
    yield _check(
        people.asked,
        _named(people.asked, _("In charge, and can be written to: %(names)s.")),
        compose(_("There is nobody to ask: %(reason)s."), reason=why_nobody(people, in_charge.directory)),
    )
    yield _is_unsettled(commitment, policy, people, clock)
    yield from _to_people(people.asked, in_charge.directory, commitment, clock, now)


def _policy(policy):
    if policy is None:
        return MailCheck(False, _("No follow-up policy is in use for it."))
    name = _("policy of %(forum)s") % {"forum": policy.forum} if policy.forum_id else _("default policy")
    return MailCheck(True, _("It follows a policy that is in use: %(policy)s.") % {"policy": name})


def _is_due(commitment, policy, day):
    due = rules.due_stage(policy, commitment, day)
    if due is not None:
        return MailCheck(
            True, _("A reminder is due that counts from %(day)s.") % {"day": edtf.in_words(due[0].isoformat())}
        )
    ahead = (day + timedelta(days=days) for days in range(1, rules.LONGEST_LOOK_AHEAD))
    first = next((each for each in ahead if rules.due_stage(policy, commitment, each)), None)
    if first is None:
        return MailCheck(False, _("It is not due yet, and not within the next two years."))
    return MailCheck(
        False, _("It is not due yet: the first reminder is due on %(day)s.") % {"day": edtf.in_words(first.isoformat())}
    )


def _is_unsettled(commitment, policy, people, clock):
    answers = Answers([commitment], clock)
    due_on = rules.due_on(policy, commitment, clock.last_day)
    open_for = [
        person
        for person in people.asked
        if not answers.have_settled(commitment, person, people.who_answer(person, Role.ASKED), due_on)
    ]
    return _check(
        open_for,
        _("The question is open."),
        _("It was answered: the answer waits for a reviewer, or says all there is to say for now."),
    )


def _to_people(people, directory, subject, clock, now):
    """What is so of each person; of several, of the first who gets mail, else of the first."""
    found = [list(_to_person(person, directory, subject, clock, now)) for person in people]
    yield from next((each for each in found if gets_mail(each)), found[0])


def _to_person(person, directory, subject, clock, now):
    day, name = clock.day(person), {"person": person}
    is_held = Holds(day).apply(person, subject)
    yield _check(not is_held, _("Nothing is held back."), _("Mail to %(person)s about it is held back.") % name)
    yield _is_there(person, directory, day)
    digests = due_digests(now, day)
    lines = next((each.reminders for each in digests if each.person.pk == person.pk), [])
    is_in_mail = any(line.subject == subject for line in lines)
    yield MailCheck(
        is_in_mail,
        _("The mail to %(person)s on this day tells of it.") % name
        if is_in_mail
        else _no_mail(person, day, subject, clock) % name,
    )


def _is_there(person, directory, day):
    name = {"person": person}
    if directory.is_away(person):
        return MailCheck(False, _("%(person)s is away on this day.") % name)
    return _check(
        is_working_day(day, person),
        _("It is a working day of %(person)s.") % name,
        _("It is no working day of %(person)s: mail goes out on the next one.") % name,
    )


def _no_mail(person, day, subject, clock):
    """Why a line that is due does not go out on this day: what the history of their mail says."""
    past = PastReminders(
        Commitment.objects.none(), digest.KIND, since=day - timedelta(days=rules.Policies().longest_rest)
    )
    if past.has_day_or_waits(recipient(person), day):
        return _("A message to %(person)s waits already, or went out on this day.")
    if past.last_mail(recipient(person), person) is not None and not _was_told(subject, person, clock):
        return _("%(person)s had mail a short time ago: the interval of the policy is kept.")
    return _("%(person)s was told of this stage already; the next one follows.")


def _was_told(subject, person, clock):
    if not isinstance(subject, Commitment):
        return False
    one = Commitment.objects.filter(pk=subject.pk)
    policy = rules.Policies().of_forum(subject.forum_id)
    planner, past = CommitmentPlanner(one, clock), PastReminders(one, digest.KIND, since=clock.first_day)
    commitment = one.select_related("meeting", "agreement").get()
    due = [each for who, each in planner.reminders(commitment, policy) if who.pk == person.pk]
    return any(past.include(person, each) for each in due)


def _of_agreement(agreement, now, day) -> Iterator[MailCheck]:
    yield _check(agreement.is_public, _("It is published."), _("It is not published: nobody is told of it."))
    limited = rules.with_notice_period(Agreement.objects.filter(pk=agreement.pk), day).first()
    yield _check(
        limited,
        _("It is in force, and notice can be given until a day that is known."),
        _("It is not in force, or its validity or its period of notice is not recorded."),
    )
    policy = rules.Policies().of_forum(agreement.forum_id)
    yield _policy(policy)
    window = rules.notice_window(limited, policy, day) if policy else None
    yield _check(
        window,
        _("The time to give notice ends soon."),
        _("The last day to give notice is not near, or is over."),
    )
    coordinators = Coordinators(Clock(now, day))
    people = list(coordinators.of_forum(agreement.forum_id))
    yield _check(
        people,
        _named(people, _("Coordinators who can be written to: %(names)s.")),
        _("Nobody coordinates its forum, or the coordinators cannot be written to."),
    )
    yield from _to_people(people, coordinators.directory, limited, Clock(now, day), now)


def _of_person(person, now, day) -> Iterator[MailCheck]:
    directory = Directory([], Clock(now, day))
    obstacle = directory.obstacle(person)
    yield _check(obstacle is None, _("Mail can reach this person."), compose("%(reason)s.", reason=obstacle or ""))
    named = Q(person=person) | Q(deputy=person)
    of = (FocalPoint, OrganisationFocalPoint, Coordinator)
    number = sum(kind.objects.serving(day).filter(named).count() for kind in of)
    yield _check(
        number,
        _("The person is named as focal point, deputy or coordinator on this day."),
        _("Nothing names this person as focal point, deputy or coordinator on this day."),
    )
    yield _check(
        not Holds(day).on_person(person), _("Nothing is held back."), _("All mail to the person is held back.")
    )
    # The directory above knows of no appointments, but of every absence.
    yield _is_there(person, directory, day)
    lines = next((each.reminders for each in due_digests(now, day) if each.person.pk == person.pk), [])
    yield _check(
        lines,
        _("Mail goes out on this day."),
        _("Nothing new is due from this person on this day, or they had mail a short time ago."),
    )


def _named(people, sentence):
    return compose(sentence, names=typography.names(person.name for person in people))

"""Commitments that call for a question and have nobody to answer it: for many in SQL, with the reasons for a few."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Forum, Person, WorkingGroup
from meetings.models import Commitment, CommitmentParty, FocalPoint, Meeting, OrganisationFocalPoint
from tracker.mail.models import RefusedAddress
from tracker.records import typography

from .people import Directory, InCharge, PeopleInCharge, askable, may_call_by
from .rules import DueRule, Policies, due_stage
from .working_days import Clock

# What ``validate_email`` asks for, as far as a database can tell.
LIKE_AN_ADDRESS = r"^[^@ ]+@[^@ ]+\.[^@ .]+$"


def reachable() -> QuerySet[Person]:
    """People to whom mail can go (``Directory.obstacle`` gives the reason for one of the others)."""
    its_own, of_account = NullIf("email", Value("")), "user__email"
    people = Person.objects.annotate(mailbox=Lower(Coalesce(its_own, of_account, Value(""))))
    is_open = Q(user__isnull=True) | Q(user__is_active=True)
    refused = RefusedAddress.objects.values("address")
    found = people.filter(is_open, unsubscribed_at__isnull=True, mailbox__regex=LIKE_AN_ADDRESS)
    return found.exclude(mailbox__in=refused)


def to_ask(commitments: QuerySet[Commitment], policies: Policies, today: date) -> QuerySet[Commitment]:
    """Narrow a queryset to commitments about which somebody is to be asked by ``today``, and nobody can be.

    What recurs counts from its due date, or from the promise, on: when exactly it is asked about, the planner tells.
    """
    near = askable(commitments).filter(_calls_for_a_question(policies, today))
    return near.exclude(_has_somebody(today))


def _calls_for_a_question(policies, today):
    condition = Q(pk__in=[])
    for policy, is_followed in policies.each():
        by = today + timedelta(days=policy.window_days)
        has_a_day = ~Q(due_rule__in=(DueRule.CONTINUOUS, DueRule.NONE)) | ~Q(recurrence="")
        calls = has_a_day & Q(due_latest__lte=by)
        calls |= ~Q(recurrence="") & Q(due_latest__isnull=True) & _made_by(today)
        if policy.continuous_every:
            made = _made_by(today - timedelta(days=policy.continuous_every))
            calls |= Q(due_rule=DueRule.CONTINUOUS, recurrence="") & made
        condition |= is_followed & calls
    return condition


def _made_by(day):
    by_agreement = Q(meeting__held_latest__isnull=True, agreement__signed_or_adopted_latest__lte=day)
    return Q(meeting__held_latest__lte=day) | by_agreement


def _has_somebody(today):
    """Whether anybody in line, or a deputy, can be written to."""
    people = reachable().values("pk")
    reached = Q(person__in=people) | Q(deputy__in=people)
    own = FocalPoint.objects.serving(today).filter(reached, commitment=OuterRef("pk"))
    of_organisations = OrganisationFocalPoint.objects.serving(today).filter(reached).order_by()
    organisations = of_organisations.values("organisation")
    by = CommitmentParty.objects.filter(side=CommitmentParty.Side.BY, commitment=OuterRef("pk"))
    # Groups and forums are few: to join them would have PostgreSQL read all of them for each commitment.
    groups = WorkingGroup.objects.filter(convener__in=organisations).values("pk")
    met = Meeting.objects.filter(working_group__in=groups).order_by().values("pk")
    return (
        Exists(own)
        | Exists(by.filter(organisation__in=organisations))
        | Q(working_group__in=groups)
        | Q(working_group__isnull=True, meeting__in=met)
        | Q(forum__in=Forum.objects.filter(secretariat__in=organisations).values("pk"))
    )


def reasons(commitments: list[Commitment], now: datetime) -> dict[int, str]:
    """Return why nobody can be asked about those of some commitments of which that is so, by primary key."""
    in_charge = InCharge(commitments, Clock(now, timezone.localdate(now)))
    without = [each.pk for each in commitments if not in_charge[each.pk].asked]
    return {key: why_nobody(in_charge[key], in_charge.directory) for key in without}


def nobody_to_ask(now: datetime, today: date) -> dict[int, str]:
    """Return the commitments that call for a question on ``today`` but have nobody to answer it, and the reason why."""
    policies, clock = Policies(), Clock(now, today)
    near = askable().filter(may_call_by(today + timedelta(days=policies.longest_window)))
    commitments = [
        commitment
        for commitment in near.select_related("meeting", "agreement")
        if (policy := policies.of_forum(commitment.forum_id)) and due_stage(policy, commitment, today)
    ]
    in_charge = InCharge(commitments, clock)
    without = [commitment.pk for commitment in commitments if not in_charge[commitment.pk].asked]
    return {key: why_nobody(in_charge[key], in_charge.directory) for key in without}


def why_nobody(people: PeopleInCharge, directory: Directory) -> str:
    """Return in words why none of those in charge can be asked."""
    obstacles = [directory.obstacle(each.person) or "" for each in people.appointments]
    return typography.statements(filter(None, obstacles)) or _("nobody is named")

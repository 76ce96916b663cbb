"""Who can be asked, as a database tells it of many: the same as the planner tells of each."""

from datetime import timedelta

import pytest

from meetings.followups.nobody import nobody_to_ask, reachable, to_ask
from meetings.followups.people import Directory
from meetings.followups.rules import Policies
from meetings.followups.working_days import Clock
from meetings.models import Commitment, CommitmentParty, FocalPoint, OrganisationFocalPoint
from tests.factories import (
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_working_group,
)
from tests.meetings.followups.asking import NOON, TODAY, make_focal_person
from tracker.accounts.models import User
from tracker.mail.models import RefusedAddress

pytestmark = pytest.mark.django_db


def days(number):
    return TODAY + timedelta(days=number)


def account(name, **fields):
    return User.objects.create(username=name, email=f"{name}@example.org", **fields)


def test_what_a_database_says_of_who_can_be_reached_is_what_is_told_of_each():
    people = [
        make_person("with an address", email="a@example.org"),
        make_person("without"),
        make_person("refused", email="No@Example.org"),
        make_person("stopped", email="b@example.org", unsubscribed_at=NOON),
        make_person("closed", email="c@example.org", user=account("closed", is_active=False)),
        make_person("by account", user=account("open")),
        make_person("ill-formed", email="nobody at home"),
    ]
    RefusedAddress.objects.mark("no@example.org", "550", NOON, None)
    directory = Directory([], Clock(NOON))
    found = {person.pk for person in people if directory.obstacle(person) is None}
    assert set(reachable().values_list("pk", flat=True)) == found
    assert sorted(each.name for each in people if each.pk in found) == ["by account", "with an address"]


def test_what_a_database_says_of_nobody_to_ask_is_what_the_planner_says():
    person = make_focal_person("ayesha")
    ministry = make_organisation("ministry", country=make_country("PAK"))
    OrganisationFocalPoint.objects.create(organisation=ministry, person=person)
    forum = make_forum(secretariat=ministry)
    group = make_working_group("it", convener=ministry)
    session = make_meeting(forum=forum, title="", session_number=1)
    by_secretariat = make_commitment(due=TODAY.isoformat(), meeting=session)
    by_convener = make_commitment(due=TODAY.isoformat(), working_group=group)
    of_ministry = make_commitment(due=TODAY.isoformat())
    CommitmentParty.objects.create(commitment=of_ministry, side="by", organisation=ministry)
    own = make_commitment(due=TODAY.isoformat())
    FocalPoint.objects.create(commitment=own, person=make_person("gone"), deputy=person)
    nobody = [make_commitment(due=TODAY.isoformat()), make_commitment(due=days(-400).isoformat(), strength="proposed")]
    make_commitment(due=days(200).isoformat())
    make_commitment(due=TODAY.isoformat(), state="draft")
    goes_on = make_commitment(due_rule="continuous", meeting=make_meeting(held="2020-01-01"))
    found = to_ask(Commitment.objects.all(), Policies(), TODAY)
    assert {each.pk for each in found} == set(nobody_to_ask(NOON, TODAY)) == {each.pk for each in [*nobody, goes_on]}
    assert {by_secretariat.pk, by_convener.pk, of_ministry.pk, own.pk} & {each.pk for each in found} == set()

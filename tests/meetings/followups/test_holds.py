"""What editors hold back: a person, a commitment, or both together, for a time."""

from datetime import timedelta

import pytest

from meetings.followups.planner import plan_digests
from meetings.models import Coordinator, FocalPoint, FollowUpHold, Reminder
from tests.meetings.followups.asking import NOON, TODAY, asked, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.mailing import letter, mail_of_day, mail_of_days, withdrawal
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters():
    """Two commitments that two people are to be asked about."""
    people = [make_focal_person(name) for name in ("ayesha", "bao")]
    return [make_due(*people, title=title) for title in ("First", "Second")]


def person(name):
    return FocalPoint.objects.filter(person__name=name).first().person


def hold(**fields):
    return FollowUpHold.objects.create(**fields)


def titles(digests):
    return {digest.person.name: [due.subject.title for due in digest.reminders] for digest in digests}


def test_plan_with_a_hold_on_a_person_tells_them_nothing(matters):
    hold(person=person("ayesha"))
    assert titles(plan_digests(NOON)) == {"bao": ["First", "Second"]}


def test_plan_with_a_hold_on_a_commitment_asks_nobody_about_it(matters):
    hold(commitment=matters[0])
    assert titles(plan_digests(NOON)) == {"ayesha": ["Second"], "bao": ["Second"]}


def test_plan_with_a_hold_on_a_person_and_a_commitment_asks_others_and_about_others(matters):
    hold(person=person("ayesha"), commitment=matters[0])
    assert titles(plan_digests(NOON)) == {"ayesha": ["Second"], "bao": ["First", "Second"]}


@pytest.mark.parametrize(("until", "is_held"), [(None, True), (1, True), (0, True), (-1, False)])
def test_plan_with_a_hold_until_a_day_counts_that_day(matters, until, is_held):
    hold(person=person("ayesha"), until=until if until is None else TODAY + timedelta(days=until))
    assert ("ayesha" not in titles(plan_digests(NOON))) is is_held


def test_plan_after_a_hold_has_ended_asks_for_the_latest_stage():
    commitment = make_due(make_focal_person())
    hold(commitment=commitment, until=TODAY + timedelta(days=8))
    assert mail_of_days([0, 1, 7, 8, 9, 10]) == {9: {"ayesha": [("asked", commitment.reference, 7)]}}


def test_plan_after_a_hold_was_released_asks(matters):
    released = hold(person=person("ayesha"))
    assert set(asked(plan_digests(NOON))) == {"bao"}
    released.delete()
    assert set(asked(plan_digests(NOON))) == {"ayesha"}


def test_plan_with_a_hold_on_a_commitment_tells_those_above_nothing():
    commitment = make_due(make_focal_person())
    FocalPoint.objects.update(supervisor=make_focal_person("supervisor"))
    mail_of_day(0)
    hold(commitment=commitment)
    assert mail_of_days([1, 7, 8]) == {}


def test_plan_with_a_hold_on_a_coordinator_tells_them_of_no_record():
    office = Coordinator.objects.create(person=make_focal_person())
    make_limited_agreement()
    hold(person=office.person)
    assert plan_digests(NOON) == []


def test_letter_with_a_hold_since_planning_leaves_out_what_is_held(matters):
    plan_digests(NOON)
    hold(person=person("ayesha"), commitment=matters[0])
    ayesha, bao = (letter(recipient=f"person:{person(name).pk}") for name in ("ayesha", "bao"))
    assert ("First" in ayesha.body, "Second" in ayesha.body) == (False, True)
    assert ("First" in bao.body, "Second" in bao.body) == (True, True)


@pytest.mark.parametrize("what", ["person", "commitment", "both"])
def test_letter_with_a_hold_on_all_of_it_since_planning_is_withdrawn(what):
    who = make_focal_person()
    commitment = make_due(who)
    plan_digests(NOON)
    fields = {"person": who, "commitment": commitment}
    hold(**(fields if what == "both" else {what: fields[what]}))
    assert withdrawal() == "held back: 1"


def test_letter_about_a_record_with_a_hold_since_planning_is_withdrawn():
    office = Coordinator.objects.create(person=make_focal_person())
    make_limited_agreement()
    plan_digests(NOON)
    hold(person=office.person)
    assert withdrawal() == "the record is complete, or no longer calls for it: 1"


def test_plan_after_a_letter_was_withdrawn_for_a_hold_asks_once_it_is_released():
    commitment = make_due(make_focal_person())
    plan_digests(NOON)
    held = hold(commitment=commitment)
    Delivery.objects.update(state=Delivery.State.WITHDRAWN)
    assert mail_of_day(1) == {}
    held.delete()
    assert mail_of_day(2) == {"ayesha": [("asked", commitment.reference, 1)]}
    assert Reminder.objects.count() == 1

"""Why somebody gets no mail: what is told decides as the planner does, and names what decides."""

import random
import re
from datetime import timedelta

import pytest

from agreements.models import Absence
from meetings.followups import preview, why
from meetings.followups.planner import due_digests, plan_digests
from meetings.models import Coordinator, FocalPoint, FollowUpHold, FollowUpPolicy, ProgressUpdate, Reminder
from tests.factories import make_agreement, make_commitment, make_person
from tests.meetings.followups.asking import NOON, TODAY, make_focal_person
from tracker.mail.models import Delivery, RefusedAddress

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r"/follow-up/(?:[a-z]+/)*[A-Za-z0-9_:.=-]{16,}")


def days(number):
    return TODAY + timedelta(days=number)


def due_in(number, *people, **fields):
    commitment = make_commitment(due=days(number).isoformat(), **fields)
    for person in people:
        FocalPoint.objects.create(commitment=commitment, person=person)
    return commitment


def decides(subject, day=TODAY):
    """What decides: the last check, and whether mail goes."""
    found = why.checks(subject, NOON, day)
    return found[-1].text, why.gets_mail(found)


def test_commitment_that_is_in_a_mail_says_in_whose(db):
    assert decides(due_in(0, make_focal_person("ayesha"))) == ("The mail to ayesha on this day tells of it.", True)


def test_each_condition_is_named_where_it_decides(db):
    person = make_focal_person("ayesha")
    assert decides(due_in(0, person, state="draft")) == ("It is not published: nobody is asked about it.", False)
    assert decides(due_in(0, person, closure="completed")) == ("It is complete or closed.", False)
    assert decides(make_commitment())[0].startswith("It has no due date and does not recur")
    assert decides(due_in(0)) == ("There is nobody to ask: nobody is named.", False)
    held = due_in(0, person)
    FollowUpHold.objects.create(commitment=held)
    assert decides(held) == ("Mail to ayesha about it is held back.", False)
    later = due_in(100, person)
    assert decides(later)[0].startswith("It is not due yet: the first reminder is due on")
    assert decides(later, days(70))[1] is True
    FollowUpPolicy.objects.update(is_active=False)
    assert decides(later) == ("No follow-up policy is in use for it.", False)


def test_who_is_away_or_cannot_be_reached_is_named(db):
    person = make_focal_person("ayesha")
    commitment = due_in(0, person)
    RefusedAddress.objects.mark(person.email, "550", NOON, None)
    assert decides(commitment) == ("There is nobody to ask: ayesha's address was refused.", False)
    assert decides(person) == ("ayesha's address was refused.", False)
    RefusedAddress.objects.all().delete()
    Absence.objects.create(person=person, starts=TODAY, ends=TODAY)
    assert decides(commitment) == ("ayesha is away on this day.", False)
    assert decides(person) == ("ayesha is away on this day.", False)


def test_what_was_told_or_waits_is_not_said_again(db):
    person = make_focal_person("ayesha")
    commitment = due_in(0, person)
    plan_digests(NOON, TODAY)
    assert decides(commitment) == ("A message to ayesha waits already, or went out on this day.", False)
    Delivery.objects.update(state="sent", sent_at=NOON)
    assert decides(commitment, days(7)) == ("The mail to ayesha on this day tells of it.", True)
    ProgressUpdate.objects.create(
        commitment=commitment,
        reminder=Reminder.objects.get(),
        answered_by=person,
        answer="done",
        state="in_review",
    )
    assert decides(commitment, days(7))[0].startswith("It was answered")


def test_agreement_and_person_are_asked_about_too(db):
    person = make_focal_person("bilal")
    assert decides(person)[0].startswith("Nothing names this person")
    Coordinator.objects.create(person=person)
    agreement = make_agreement(signed="2020", state="draft")
    assert decides(agreement) == ("It is not published: nobody is told of it.", False)
    assert decides(make_agreement(signed="2020"))[0].startswith("It is not in force")
    due_in(0, person)
    assert decides(person) == ("Mail goes out on this day.", True)


@pytest.mark.parametrize("seed", range(3))
def test_random_commitments_get_mail_where_the_planner_plans_it(db, seed):
    chance = random.Random(seed)
    people = [make_focal_person(f"p{number}") for number in range(4)]
    commitments = []
    for _number in range(12):
        state = chance.choice(["published", "published", "draft"])
        commitments.append(due_in(chance.randint(-40, 60), *chance.sample(people, chance.randint(0, 1)), state=state))
    FollowUpHold.objects.create(person=people[0])
    FollowUpHold.objects.create(commitment=commitments[3])
    Absence.objects.create(person=people[1], starts=TODAY, ends=TODAY)
    planned = {line.subject.pk for each in due_digests(NOON, TODAY) for line in each.reminders}
    told = {each.pk for each in commitments if why.gets_mail(why.checks(each, NOON, TODAY))}
    assert (told, bool(planned)) == (planned, True)


def test_preview_is_the_mail_without_its_links_and_leaves_nothing_behind(db):
    person = make_focal_person("ayesha")
    due_in(0, person, title="Set up a group")
    mail = preview.of_digest(person.pk, NOON, TODAY)
    assert "Set up a group" in mail.subject and mail.to == person.email
    for part in (mail.text, mail.html):
        assert "Set up a group" in part and "/follow-up/preview" in part
        assert SIGNED.findall(part) == []
    assert (Delivery.objects.count(), Reminder.objects.count()) == (0, 0)
    assert preview.of_digest(make_person("nobody").pk, NOON, TODAY) is None

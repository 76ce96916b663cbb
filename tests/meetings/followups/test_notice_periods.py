"""Coordinators are reminded of the last day on which notice can be given to an agreement, in their digest."""

import re
from datetime import timedelta

import pytest

from agreements.models import Absence, AgreementEvent, Forum
from meetings.followups.planner import plan_digests
from meetings.models import Coordinator, FollowUpHold, FollowUpPolicy
from tests.factories import make_agreement, make_forum
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.mailing import after, change, letter, mail_of_day, mail_of_days, told, withdrawal

pytestmark = pytest.mark.django_db

COMPLETE = "the record is complete, or no longer calls for it: 1"


def coordinate(name="ayesha", forum=None, **fields):
    return Coordinator.objects.create(person=make_focal_person(name), forum=forum, **fields)


def reminded(agreement, stage, name="ayesha"):
    return {name: [("notice_window", agreement.reference, stage)]}


# When


def test_reminder_comes_at_the_stages_before_the_last_day_of_notice_and_on_it_and_not_after():
    coordinate()
    agreement = make_limited_agreement()
    assert mail_of_days([0, 22, 23, 28, 29, 30, 31]) == {
        number: reminded(agreement, stage) for number, stage in ((0, -30), (23, -7), (29, -1), (30, 0))
    }


def test_reminder_of_an_agreement_that_renews_itself_comes_again():
    coordinate()
    agreement = make_limited_agreement(validity="P12M", renews_automatically=True)
    assert mail_of_days([0, 30, 31, 395]) == {
        number: reminded(agreement, stage) for number, stage in ((0, -30), (30, 0), (395, 0))
    }


def test_reminder_waits_for_the_rest_of_the_person_but_not_past_the_day():
    office = coordinate()
    make_due(office.person, days=30)
    mail_of_day(0)
    agreement = make_limited_agreement()
    assert mail_of_days([1, 4, 5]) == {5: reminded(agreement, -30)}
    make_due(office.person, days=57)
    assert set(mail_of_days([27, 29, 30])) == {27, 30}


def test_reminder_is_for_published_agreements_in_force_with_a_known_last_day_only():
    coordinate()
    agreement = make_limited_agreement()
    make_limited_agreement(state="draft")
    make_limited_agreement(notice="")
    make_agreement(signed="2023-12-23", validity="P36M", notice="P0M")
    for kind in ("extended", "terminated"):
        AgreementEvent.objects.create(agreement=make_limited_agreement(), kind=kind, on="2026-01-01")
    assert mail_of_day(0) == reminded(agreement, -30)


def test_reminder_without_a_policy_in_use_does_not_come():
    FollowUpPolicy.objects.update(is_active=False)
    coordinate()
    make_limited_agreement()
    assert plan_digests(NOON) == []


# Who


def test_reminder_goes_to_the_coordinators_of_the_forum_and_else_to_those_of_the_rest():
    forum, other = make_forum(), make_forum()
    coordinate("of the forum", forum)
    agreements = [make_limited_agreement(forum=each) for each in (forum, other, None)]
    assert told(plan_digests(NOON)) == reminded(agreements[0], -30, "of the forum")
    coordinate("of the rest")
    rest = [("notice_window", agreement.reference, -30) for agreement in agreements[1:]]
    assert told(plan_digests(NOON)) == {"of the rest": rest}


LOST = {
    "term over": lambda office: change(office, ends=TODAY - timedelta(days=1)),
    "term to come": lambda office: change(office, starts=TODAY + timedelta(days=1)),
    "no mail wanted": lambda office: change(office.person, unsubscribed_at=NOON),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
def test_reminder_where_the_coordinator_of_the_forum_is_lost_goes_to_those_of_the_rest(lose):
    forum = make_forum()
    lose(coordinate("of the forum", forum))
    coordinate("of the rest")
    agreement = make_limited_agreement(forum=forum)
    assert told(plan_digests(NOON)) == reminded(agreement, -30, "of the rest")


def test_reminder_while_the_coordinator_is_away_goes_to_the_deputy_or_waits():
    office = coordinate("own", deputy=make_focal_person("deputy"))
    Absence.objects.create(person=office.person, starts=TODAY, ends=TODAY)
    agreement = make_limited_agreement()
    assert told(plan_digests(NOON)) == reminded(agreement, -30, "deputy")
    alone = coordinate("alone", make_forum())
    Absence.objects.create(person=alone.person, starts=TODAY, ends=TODAY)
    waiting = make_limited_agreement(forum=alone.forum)
    assert mail_of_day(0) == {}
    assert mail_of_day(1)["alone"] == [("notice_window", waiting.reference, -30)]


# The letter


def test_letter_says_until_when_notice_can_be_given_and_leads_to_the_record():
    coordinate()
    agreement = make_limited_agreement(title="Pact")
    plan_digests(NOON)
    message = letter()
    assert message.subject == "1 agreement: “Pact” – notice possible for 30 more days"
    assert "======== Time to give notice ends ========" in message.body
    assert "Last day: 23 December 2026" in message.body
    assert message.body.count(f"/admin/agreements/agreement/{agreement.pk}/change/") == 1


SENTENCES = {
    1: "You are informed that the time to give notice ends because you maintain the record of this agreement.",
    2: "You are informed that the time to give notice ends because you maintain the records of these agreements.",
}


@pytest.mark.parametrize("number", SENTENCES)
def test_letter_says_that_the_time_to_give_notice_ends_and_for_how_many_agreements(number):
    coordinate()
    for _each in range(number):
        make_limited_agreement()
    plan_digests(NOON)
    message = letter()
    html = " ".join(message.alternatives[0].content.split())
    assert f"<p>{SENTENCES[number]}</p>" in re.sub("<p [^>]*>", "<p>", html)
    assert SENTENCES[number] in " ".join(message.body.split())
    assert "<h1> Time to give notice ends </h1>" in re.sub("<h1 [^>]*>", "<h1>", html)
    assert f"{number} with the time to give notice ending." in html


@pytest.mark.parametrize(
    ("days", "words"), [(0, "for 30 more days"), (29, "for 1 more day"), (30, "today for the last time")]
)
def test_letter_says_how_long_notice_is_still_possible_and_on_the_last_day_that_it_is_the_last(days, words):
    coordinate()
    make_limited_agreement(title="Pact")
    plan_digests(after(days))
    assert letter(days).subject == f"1 agreement: “Pact” – notice possible {words}"


CHANGES = {
    "withdrawn": lambda office, agreement: change(agreement, state="withdrawn"),
    "extended": lambda office, agreement: agreement.events.create(kind="extended", on="2026-11-01"),
    "given to another forum": lambda office, agreement: change(agreement, forum=Forum.objects.get()),
    "another coordinator": lambda office, agreement: change(office, ends=TODAY - timedelta(days=1)),
    "held back": lambda office, agreement: FollowUpHold.objects.create(person=office.person),
}


@pytest.mark.parametrize("edit", CHANGES.values(), ids=CHANGES)
def test_letter_about_what_changed_after_planning_is_withdrawn(edit):
    office, agreement = coordinate(), make_limited_agreement()
    coordinate("of another", make_forum())
    plan_digests(NOON)
    edit(office, agreement)
    assert withdrawal() == COMPLETE


def test_letter_about_a_last_day_of_notice_that_has_passed_is_withdrawn():
    coordinate()
    make_limited_agreement()
    mail_of_day(0)
    plan_digests(after(30))
    assert [withdrawal(30), withdrawal(31)] == ["", COMPLETE]

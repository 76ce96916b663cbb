"""Word to those above that a question has stood without an answer: when, once, and what stops it."""

import pytest

from agreements.models import Absence
from meetings.followups.planner import plan_digests
from meetings.models import FocalPoint, FollowUpPolicy, OrganisationFocalPoint
from tests.factories import make_forum, make_meeting, make_organisation
from tests.meetings.followups.asking import TODAY, make_due, make_focal_person
from tests.meetings.followups.mailing import (
    after,
    around,
    asked_once,
    change,
    give_answer,
    letter,
    mail_of_day,
    mail_of_days,
    send_all,
    withdrawal,
)
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db


def make_matter(days=0, **fields):
    """A commitment with somebody in charge, their supervisor and a secretariat."""
    forum = make_forum(secretariat=make_organisation())
    commitment = make_due(days=days, meeting=make_meeting(forum=forum), **fields)
    FocalPoint.objects.create(
        commitment=commitment, person=make_focal_person("own"), supervisor=make_focal_person("supervisor")
    )
    OrganisationFocalPoint.objects.create(organisation=forum.secretariat, person=make_focal_person("secretariat"))
    return commitment


def office(commitment):
    return commitment.focal_points.select_related("person", "supervisor").get()


def word(commitment, role, stage):
    return {role: [(role, commitment.reference, stage)]}


def own_stages(commitment, *stages):
    return {stage: asked_once(commitment, stage, "own") for stage in stages}


def test_escalation_goes_to_the_supervisor_after_a_week_and_to_the_secretariat_after_a_month_once_each():
    commitment = make_matter()
    expected = own_stages(commitment, 0, 1, 7, 30, 60)
    expected[7] |= word(commitment, "supervisor", 7)
    expected[30] |= word(commitment, "secretariat", 30)
    assert mail_of_days(around(0, 1, 7, 30, 60)) == expected


def test_escalation_counts_from_the_day_on_which_the_person_was_asked_where_that_was_later():
    commitment = make_matter(days=-20)
    expected = {
        0: asked_once(commitment, 7, "own"),
        7: word(commitment, "supervisor", 7),
        10: asked_once(commitment, 30, "own"),
        30: word(commitment, "secretariat", 30),
    }
    assert mail_of_days(around(0, 7, 10, 30)) == expected


def test_escalation_counts_from_the_day_on_which_the_message_went_out():
    commitment = make_matter()
    plan_digests(after(0))
    send_all(after(20))  # the mail server was away
    assert mail_of_days([21, *around(25, 27)]) == {
        25: asked_once(commitment, 7, "own"),
        27: word(commitment, "supervisor", 7),
    }


def test_escalation_does_not_count_a_message_that_never_went_out():
    make_matter()
    plan_digests(after(0))
    Delivery.objects.update(state=Delivery.State.DEAD)
    assert "supervisor" not in mail_of_day(7)


def test_escalation_counts_anew_for_somebody_who_took_over():
    commitment = make_matter()
    assert mail_of_day(0) == asked_once(commitment, 0, "own")
    change(office(commitment), person=make_focal_person("successor"))
    assert mail_of_days([5, *around(10, 12)]) == {
        5: asked_once(commitment, 1, "successor"),
        10: asked_once(commitment, 7, "successor"),
        12: word(commitment, "supervisor", 7),
    }


def test_escalation_where_nobody_was_asked_does_not_happen():
    commitment = make_matter()
    Absence.objects.create(person=office(commitment).person, starts=TODAY, ends=after(60).date())
    assert mail_of_days([0, *around(7, 30)]) == {}


@pytest.mark.parametrize(("answer", "state"), [("done", "in_review"), ("on_track", "published"), ("late", "published")])
def test_escalation_after_an_answer_since_the_due_date_does_not_happen(answer, state):
    commitment = make_matter()
    mail_of_day(0)
    give_answer(office(commitment).person, answer, state, on=3)
    assert set().union(*(mail_of_day(day) for day in (7, 14, 30))) <= {"own"}


def test_escalation_after_a_colleagues_answer_does_not_happen():
    commitment = make_matter()
    FocalPoint.objects.create(commitment=commitment, person=make_focal_person("colleague"))
    mail_of_day(0)
    give_answer(FocalPoint.objects.latest("pk").person, "need_help", on=3)
    assert mail_of_day(7) == asked_once(commitment, 7, "own")


@pytest.mark.parametrize(
    ("answer", "state", "fields"),
    [
        pytest.param("on_track", "published", {"on": -1}, id="on track before the due date"),
        pytest.param("done", "withdrawn", {"on": 3}, id="set aside"),
        pytest.param("done", "withdrawn", {"on": 3, "question": "Where is it?"}, id="returned"),
    ],
)
def test_escalation_after_what_is_no_answer_happens(answer, state, fields):
    commitment = make_matter()
    mail_of_day(0)
    give_answer(office(commitment).person, answer, state, **fields)
    assert mail_of_day(7)["supervisor"] == [("supervisor", commitment.reference, 7)]


@pytest.mark.parametrize("on", [-1, 3])
def test_escalation_after_an_accepted_later_date_waits_until_that_too_is_over_by_so_many_days(on):
    commitment = make_matter()
    mail_of_day(0)
    give_answer(office(commitment).person, "late", "published", on=on, expected=after(20).date().isoformat())
    days = {
        day: found["supervisor"] for day, found in mail_of_days(around(7, 20, 27, 30)).items() if "supervisor" in found
    }
    assert days == {27: [("supervisor", commitment.reference, 27)]}


@pytest.mark.parametrize("told_before", [True, False])
@pytest.mark.parametrize(("role", "after_days"), [("supervisor", 7), ("secretariat", 30)])
def test_escalation_tells_of_each_promised_day_that_has_passed_once_whoever_was_told_before(
    role, after_days, told_before
):
    commitment = make_matter()
    FollowUpPolicy.objects.update(**{f"{role}_after": after_days})
    first, second = after_days + 20, after_days + 60  # promised; each is answered for a week or so before it is over
    days = {0, first, second, *around(first + after_days, second + after_days), *range(first, 220, 10)}
    days |= {after_days} if told_before else set()
    promises = {after_days + 1: first, first + after_days + 3: second}
    found = {}
    for day in sorted(days | promises.keys()):
        if day in promises:
            promised = after(promises[day]).date().isoformat()
            give_answer(office(commitment).person, "late", "published", on=day, expected=promised)
        told = mail_of_day(day)
        if role in told:
            found[day] = told[role]
    expected = [after_days] if told_before else []
    expected += [first + after_days, second + after_days]
    assert found == {day: [(role, commitment.reference, day)] for day in expected}


def test_escalation_after_a_later_date_that_is_over_stops_with_another_answer():
    commitment = make_matter()
    mail_of_day(0)
    give_answer(office(commitment).person, "late", "published", on=3, expected=after(20).date().isoformat())
    mail_of_days(around(7, 20))
    give_answer(office(commitment).person, "need_help", on=26)
    assert mail_of_days(around(27, 30)) == {}


def test_escalation_to_a_supervisor_who_is_also_asked_is_the_question_alone():
    commitment = make_matter()
    FocalPoint.objects.create(commitment=commitment, person=office(commitment).supervisor)
    mail_of_day(0)
    assert mail_of_day(7) == asked_once(commitment, 7, "own", "supervisor")


def test_escalation_to_a_supervisor_who_is_also_the_secretariat_is_told_once():
    commitment = make_matter()
    OrganisationFocalPoint.objects.update(person=office(commitment).supervisor)
    expected = own_stages(commitment, 0, 1, 7, 30)
    expected[7] |= word(commitment, "supervisor", 7)
    assert mail_of_days(around(0, 1, 7, 30)) == expected


def test_escalation_to_a_secretariat_whose_supervising_is_not_told_of_is_told_as_secretariat():
    commitment = make_matter()
    FollowUpPolicy.objects.update(supervisor_after=0)
    OrganisationFocalPoint.objects.update(person=office(commitment).supervisor)
    assert mail_of_days([0, 7, 30])[30]["supervisor"] == [("secretariat", commitment.reference, 30)]


def test_escalation_where_the_policy_says_never_does_not_happen():
    commitment = make_matter()
    FollowUpPolicy.objects.update(supervisor_after=0, secretariat_after=0)
    assert mail_of_days(around(0, 1, 7, 30)) == own_stages(commitment, 0, 1, 7, 30)


def test_escalation_when_the_due_date_moves_starts_afresh():
    commitment = make_matter()
    assert set(mail_of_days([0, 7])[7]) == {"own", "supervisor"}
    change(commitment, due=after(20).date().isoformat())
    expected = {13: asked_once(commitment, -7, "own"), 19: asked_once(commitment, -1, "own")}
    for day, stage in ((20, 0), (21, 1), (27, 7)):
        expected[day] = asked_once(commitment, stage, "own")
    expected[27] |= word(commitment, "supervisor", 7)
    assert mail_of_days([13, *around(19, 20, 21, 27)]) == expected


def test_escalation_to_somebody_away_waits_for_their_return():
    commitment = make_matter()
    Absence.objects.create(person=office(commitment).supervisor, starts=TODAY, ends=after(9).date())
    found = mail_of_days(around(0, 7, 10))
    assert {day: set(names) for day, names in found.items()} == {0: {"own"}, 1: {"own"}, 7: {"own"}, 10: {"supervisor"}}


def test_escalation_of_what_is_asked_at_intervals_counts_from_the_question():
    made = make_meeting(forum=make_forum(), held="2026-05-27")  # 180 days before today
    commitment = make_due(due="", due_rule="continuous", meeting=made)
    FocalPoint.objects.create(
        commitment=commitment, person=make_focal_person("own"), supervisor=make_focal_person("supervisor")
    )
    assert mail_of_days(around(0, 7)) == {
        0: asked_once(commitment, 0, "own"),
        7: word(commitment, "supervisor", 7),
    }


# The letter


def facts(message):
    return [line for line in message.body.splitlines() if line.startswith("Asked:")]


def test_letter_of_an_escalation_tells_who_was_asked_and_when():
    commitment = make_matter()
    FocalPoint.objects.create(commitment=commitment, person=make_focal_person("colleague"))
    mail_of_days([0, 1])
    plan_digests(after(7))
    message = letter(7, recipient=f"person:{office_of_supervisor(commitment).pk}")
    assert message.subject == f"1 question without an answer: “{commitment.title}” – 7 days overdue"
    assert facts(message) == ["Asked: own, on 23 November 2026; colleague, on 23 November 2026"]


def office_of_supervisor(commitment):
    return commitment.focal_points.exclude(supervisor=None).get().supervisor


def test_letter_of_an_escalation_tells_the_day_on_which_the_message_went_out():
    commitment = make_matter()
    plan_digests(after(0))
    send_all(after(3))
    plan_digests(after(10))
    assert facts(letter(10, recipient=f"person:{office_of_supervisor(commitment).pk}")) == [
        "Asked: own, on 26 November 2026"
    ]


def test_letter_of_an_escalation_when_somebody_answered_meanwhile_is_withdrawn():
    commitment = make_matter()
    mail_of_days([0, 1])
    give_answer(office(commitment).person, "need_help", on=7)
    plan_digests(after(7))
    assert Delivery.objects.unsent().count() == 0


def test_letter_of_an_escalation_when_answered_after_planning_is_withdrawn():
    commitment = make_matter()
    mail_of_days([0, 1])
    plan_digests(after(7))
    give_answer(office(commitment).person, "on_track", on=7)
    supervisor = f"person:{office_of_supervisor(commitment).pk}"
    assert withdrawal(7, recipient=supervisor) == "answered meanwhile: 1"

"""Answers: what quietens, for how long, and what an editor sends back with a question."""

import pytest

from meetings.followups.planner import due_digests, plan_digests
from meetings.models import FocalPoint, Reminder, Schedule
from tests.factories import make_meeting
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
)

pytestmark = pytest.mark.django_db

QUESTION = "Which ministry signed?\nWe found none."


def matter(**fields):
    person = make_focal_person()
    return make_due(person, **fields), person


def send_back(update, question=QUESTION):
    change(update, state="withdrawn", question=question)


def rounds():
    return list(Reminder.objects.order_by("pk").values_list("stage", "round"))


def test_plan_after_an_answer_was_sent_back_asks_again_without_rest():
    commitment, person = matter(days=7)
    assert mail_of_day(0) == asked_once(commitment, -7, "ayesha")
    update = give_answer(person, "late")
    assert mail_of_day(1) == {}
    send_back(update)
    assert mail_of_day(2) == asked_once(commitment, -7, "ayesha")
    assert rounds() == [(-7, 0), (-7, 1)]


def test_plan_after_an_answer_was_set_aside_without_a_question_waits_for_the_next_stage():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "late", "withdrawn")
    assert mail_of_days([1, 2, 6, 7, 8]) == {
        1: asked_once(commitment, 1, "ayesha"),
        7: asked_once(commitment, 7, "ayesha"),
    }


def test_plan_after_a_second_answer_was_sent_back_asks_a_third_time():
    commitment, person = matter(days=7)
    mail_of_day(0)
    for day in (1, 2):
        send_back(give_answer(person, "late"))
        assert mail_of_day(day) == asked_once(commitment, -7, "ayesha")
    assert rounds() == [(-7, 0), (-7, 1), (-7, 2)]


def test_plan_after_a_question_back_was_sent_asks_at_the_stages_as_before():
    commitment, person = matter()
    mail_of_day(0)
    send_back(give_answer(person, "late"))
    assert mail_of_days([1, 2, 6, 7, 8, 29, 30, 31]) == {
        day: asked_once(commitment, day, "ayesha") for day in (1, 7, 30)
    }


def test_plan_after_the_question_back_was_answered_keeps_rest_again():
    commitment, person = matter(days=7)
    mail_of_day(0)
    send_back(give_answer(person, "late"))
    mail_of_day(2)
    give_answer(person, "on_track", "published")
    other = make_due(person, days=9)
    assert mail_of_days([3, 5, 6, 7]) == {
        7: {"ayesha": [("asked", commitment.reference, 0), ("asked", other.reference, -7)]},
    }


def test_line_of_a_question_back_says_so_until_it_is_answered():
    _commitment, person = matter()
    mail_of_day(0)
    send_back(give_answer(person, "late"))
    ((due,),) = [digest.reminders for digest in due_digests(after(1))]
    assert due.reason == "an editor sent the answer back with a question (default policy)"
    mail_of_day(1)
    give_answer(person, "on_track", "published")
    ((due,),) = [digest.reminders for digest in due_digests(after(7))]
    assert due.reason == "7 days after the due date (default policy)"


def test_letter_after_an_answer_was_sent_back_shows_the_question():
    _commitment, person = matter()
    mail_of_day(0)
    send_back(give_answer(person, "late"))
    plan_digests(after(1))
    message = letter(1)
    assert f"An editor asks:\n{QUESTION}\n" in message.body
    assert "Which ministry signed?<br>We found none." in message.alternatives[0].content


def test_letter_after_the_question_back_was_answered_no_longer_shows_it():
    _commitment, person = matter()
    mail_of_day(0)
    send_back(give_answer(person, "late"))
    mail_of_day(1)
    give_answer(person, "on_track", "published")
    plan_digests(after(7))
    assert "An editor asks" not in letter(7).body


def test_letter_after_two_answers_were_sent_back_shows_the_last_question():
    _commitment, person = matter()
    mail_of_day(0)
    send_back(give_answer(person, "late"), "Where?")
    mail_of_day(1)
    send_back(give_answer(person, "late"), "And when?")
    plan_digests(after(2))
    body = letter(2).body
    assert ("An editor asks:\nAnd when?\n" in body, "Where?" in body) == (True, False)


def test_question_back_to_a_deputy_reaches_the_person_who_has_returned():
    commitment, person = matter()
    office = FocalPoint.objects.get()
    change(office, deputy=make_focal_person("deputy"))
    absence = person.absences.create(starts=TODAY, ends=TODAY)
    assert mail_of_day(0) == asked_once(commitment, 0, "deputy")
    send_back(give_answer(office.deputy, "late"))
    assert absence.ends < after(1).date()
    plan_digests(after(1))
    assert "An editor asks" in letter(1, recipient=f"person:{person.pk}").body


def test_question_back_to_a_supervisor_reaches_them():
    commitment, _person = matter()
    supervisor = make_focal_person("supervisor")
    change(FocalPoint.objects.get(), supervisor=supervisor)
    assert set(mail_of_days([0, 7])[7]) == {"ayesha", "supervisor"}
    send_back(give_answer(supervisor, "late"))
    assert mail_of_day(8) == {"supervisor": [("supervisor", commitment.reference, 7)]}
    assert mail_of_day(9) == {}


# What quietens


@pytest.mark.parametrize("answer", ["done", "late", "not_mine", "need_help"])
def test_plan_while_an_answer_waits_for_an_editor_asks_nothing(answer):
    _commitment, person = matter()
    mail_of_day(0)
    give_answer(person, answer)
    assert mail_of_days([1, 7, 30, 60]) == {}


def test_plan_while_an_answer_on_track_waits_asks_on():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "on_track")
    assert mail_of_day(7) == asked_once(commitment, 7, "ayesha")


def test_plan_after_lateness_was_accepted_asks_nothing_until_the_new_date_has_passed():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "late", "published", expected="2026-12")
    assert mail_of_days([1, 7, 30, *around(39)]) == {39: asked_once(commitment, 30, "ayesha")}  # the 39th is 1 January
    assert commitment.schedule_on(after(20).date()) == Schedule.OVERDUE


def test_plan_for_the_day_after_the_new_date_asks():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "late", "published", expected="2026-12-01")
    found = [len(due_digests(after(0), after(day).date())) for day in (8, 9)]
    assert (found, commitment.due_version) == ([0, 1], 1)


def test_plan_after_lateness_without_a_date_was_accepted_asks_on():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "late", "published")
    assert mail_of_day(7) == asked_once(commitment, 7, "ayesha")


def test_plan_after_lateness_was_accepted_and_the_due_date_moved_asks_about_the_new_one():
    commitment, person = matter()
    mail_of_day(0)
    give_answer(person, "late", "published", expected="2027-06-30")
    change(commitment, due="2026-12-30")
    assert mail_of_day(7) == asked_once(commitment, -30, "ayesha")


def test_plan_after_one_persons_lateness_was_accepted_asks_the_other():
    person, other = make_focal_person(), make_focal_person("other")
    commitment = make_due(person, other)
    mail_of_day(0)
    give_answer(person, "late", "published", expected="2026-12-31")
    assert mail_of_day(7) == asked_once(commitment, 7, "other")


# What comes again


def test_plan_of_what_recurs_takes_done_for_this_time_only():
    commitment, person = matter(recurrence="FREQ=MONTHLY", meeting=make_meeting(held="2026-01-01"))
    assert mail_of_day(0) == asked_once(commitment, 0, "ayesha")
    give_answer(person, "done", "published")
    assert mail_of_days([1, 7, *around(15, 23, 29, 30, 31)]) == {
        15: asked_once(commitment, -30, "ayesha"),
        23: asked_once(commitment, -7, "ayesha"),
        29: asked_once(commitment, -1, "ayesha"),
        30: asked_once(commitment, 0, "ayesha"),
        31: asked_once(commitment, 1, "ayesha"),
    }


def test_plan_of_what_is_continuous_asks_at_the_interval_and_takes_done_for_this_time_only():
    person = make_focal_person()
    commitment = make_due(person, due="", due_rule="continuous", meeting=make_meeting(held="2026-05-27"))
    assert mail_of_day(0) == asked_once(commitment, 0, "ayesha")
    give_answer(person, "done", "published")
    assert mail_of_days([1, 179, 180, 181]) == {180: asked_once(commitment, 0, "ayesha")}


def test_plan_of_what_is_continuous_waits_for_the_rest_of_the_person():
    person = make_focal_person()
    soon = make_due(person, days=29)
    assert mail_of_day(0) == asked_once(soon, -30, "ayesha")
    commitment = make_due(person, due="", due_rule="continuous", meeting=make_meeting(held="2026-05-28"))
    assert mail_of_days([1, 4, 5]) == {5: asked_once(commitment, 0, "ayesha")}


def test_plan_with_a_rule_of_recurrence_that_cannot_be_read_asks_about_everything():
    commitment, person = matter()
    bad = make_due(person)
    type(bad).objects.filter(pk=bad.pk).update(recurrence="nonsense")
    assert mail_of_day(0) == {
        "ayesha": [("asked", commitment.reference, 0), ("asked", bad.reference, 0)],
    }


def test_plan_after_the_mail_server_was_away_for_weeks_lets_the_person_rest():
    commitment, person = matter(days=30)
    plan_digests(after(0))
    send_all(after(20))
    other = make_due(person, days=51)
    assert mail_of_days([21, 24, 25, 26]) == {
        25: {"ayesha": [("asked", commitment.reference, -7), ("asked", other.reference, -30)]},
    }

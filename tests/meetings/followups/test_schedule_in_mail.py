"""What is overdue or due soon in mail is what the schedule of the commitment says, wherever its bounds lie; what was
only proposed is never overdue, whatever its date."""

from datetime import timedelta

import pytest

from meetings.followups import digest, rules
from meetings.followups.history import Holds
from meetings.followups.people import Coordinators
from meetings.followups.planner import plan_digests
from meetings.followups.sheet import SheetContents, SheetScope
from meetings.followups.working_days import Clock
from meetings.models import Commitment, FocalPoint, Schedule
from meetings.models.schedule import FIRM, FROM_TODAY
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person
from tests.meetings.followups.coordinating import (
    ask,
    headings,
    html,
    letter,
    make_coordinated_forum,
    make_outstanding,
    planned,
)
from tests.meetings.followups.test_digest import render

pytestmark = pytest.mark.django_db

DAYS = [-9, -4, -3, -2, -1, 0, 1, 19, 20, 21, 30, 31, 40]


@pytest.fixture(params=[(-1, 30), (-3, 20)], ids=["as they are", "others"])
def schedules(request, monkeypatch):
    """The schedule of what is due so many days from today, where overdue and due soon last until these days."""
    overdue, soon = request.param
    bounds = {
        Schedule.OVERDUE: (None, timedelta(days=overdue)),
        Schedule.DUE_SOON: (timedelta(days=overdue + 1), timedelta(days=soon)),
        Schedule.NOT_YET_DUE: (timedelta(days=soon + 1), None),
    }
    for schedule, days in bounds.items():
        monkeypatch.setitem(FROM_TODAY, schedule, days)
    return {day: "overdue" if day <= overdue else "soon" if day <= soon else "" for day in DAYS}


def sections(forum, coordinator):
    clock = Clock(NOON)
    contents = SheetContents(SheetScope([forum.pk], Coordinators(clock)), clock, Holds(TODAY))
    return {(entry.day - TODAY).days: entry.section.value for entry in contents.entries(forum.pk, coordinator)}


def test_digest_calls_overdue_what_the_schedule_does(schedules):
    found = {day: rules.urgency(TODAY + timedelta(days=day), TODAY) for day in DAYS}
    assert {day for day, word in found.items() if word == "overdue"} == {
        day for day, schedule in schedules.items() if schedule == "overdue"
    }


def test_sheet_files_under_overdue_and_due_soon_what_the_schedule_does(schedules):
    forum, coordinator = make_coordinated_forum()
    person = make_focal_person()
    for day in DAYS:
        make_outstanding(forum, person, days=day)
    found = sections(forum, coordinator)
    assert found == {day: schedule for day, schedule in schedules.items() if schedule}


def test_sheet_misses_an_answer_to_what_is_overdue_by_the_schedule(schedules):
    forum, coordinator = make_coordinated_forum()
    person = make_focal_person()
    for day in DAYS:
        make_outstanding(forum, person, days=day)
    ask(NOON)
    found = sections(forum, coordinator)
    assert found == {
        day: "no_answer" if schedule == "overdue" else schedule for day, schedule in schedules.items() if schedule
    }


# What was only proposed

STRENGTHS = list(Commitment.Strength)
LATE = ("overdue", "Overdue", "معینہ تاریخ گزر چکی", "逾期")


@pytest.mark.parametrize("strength", STRENGTHS)
def test_digest_calls_overdue_what_is_firm_alone(strength):
    make_due(make_focal_person(), days=-12, strength=strength, title="Desk")
    plan_digests(NOON)
    message = render()
    if strength in FIRM:
        assert message.subject == "1 commitment: “Desk” – 12 days overdue"
        assert "======== Overdue ========" in message.body
    else:
        assert message.subject == "1 commitment: “Desk” – its date passed 12 days ago"
        assert "======== Only proposed; its date has passed ========" in message.body
        assert "overdue" not in message.body.lower()
        assert "▲" not in html(message) and 'class="passed"' in html(message)


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_mail_about_proposals_alone_says_of_nothing_that_it_is_late(language):
    forum, _coordinator = make_coordinated_forum(language=language)
    make_outstanding(forum, make_focal_person(language=language), strength="proposed")
    plan_digests(NOON)
    planned()
    for message in (render(kind=digest.KIND), letter()):
        said = f"{message.subject} {message.body} {html(message).partition('<body')[2]}"
        assert [word for word in LATE if word in said.replace('class="overdue"', "")] == []


def test_digest_puts_what_is_overdue_before_what_was_only_proposed_and_counts_them_apart():
    person = make_focal_person()
    for days, strength in ((-90, "proposed"), (-1, "agreed"), (0, "invited"), (4, "intention"), (-2, "to_explore")):
        make_due(person, days=days, strength=strength, title=f"{strength} {days}")
    plan_digests(NOON)
    message = render()
    assert message.subject == "5 commitments, first “agreed -1” – 1 day overdue"
    counts = "1 overdue, 1 due today, 1 due soon, 2 only proposed, with a date that has passed"
    assert counts in " ".join(message.body.split())
    known = ("====", *(f"{strength} " for strength in STRENGTHS))
    in_order = [line for line in message.body.splitlines() if line.startswith(known)]
    assert [line.strip("= ") for line in in_order] == [
        *("Overdue", "agreed -1", "Due today", "invited 0", "Due soon", "intention 4"),
        *("Only proposed; its date has passed", "proposed -90", "to_explore -2"),
    ]


def test_sheet_calls_overdue_what_is_firm_alone():
    forum, _coordinator = make_coordinated_forum()
    person = make_focal_person()
    for strength in STRENGTHS:
        make_outstanding(forum, person, strength=strength, title=f"It is {strength}")
    planned()
    message = letter()
    soft = [f"It is {strength}" for strength in STRENGTHS if strength not in FIRM]
    assert headings(message) == {
        "Also overdue": [f"It is {strength}" for strength in STRENGTHS if strength in FIRM],
        "Only proposed; its date has passed": soft,
    }
    assert message.body.count("3 days overdue") == len(FIRM)
    assert message.body.count("its date passed 3 days ago") == len(soft)
    assert message.subject == f"JEC, week 48: {len(STRENGTHS)} open, {len(FIRM)} overdue"
    assert f"{len(soft)} only proposed, with a date that has passed" in " ".join(message.body.split())


def test_sheet_misses_an_answer_about_what_was_only_proposed_without_calling_it_overdue():
    forum, _coordinator = make_coordinated_forum()
    make_outstanding(forum, make_focal_person(), strength="proposed", title="Desk")
    ask(NOON)
    planned()
    message = letter()
    assert headings(message) == {"No answer": ["Desk"]}
    assert "overdue" not in message.body and "its date passed 3 days ago" in message.body


def test_those_above_hear_of_a_proposal_that_its_date_has_passed():
    person, chief = make_focal_person(), make_focal_person("chief")
    for strength in ("agreed", "proposed"):
        commitment = make_due(days=-8, strength=strength, title=strength)
        FocalPoint.objects.create(commitment=commitment, person=person, supervisor=chief)
    ask(NOON - timedelta(days=8))
    (due,) = [each for each in plan_digests(NOON) if each.person == chief]
    assert [each.reason for each in due.reminders] == [
        "7 days overdue, no answer (default policy)",
        "7 days past its date, no answer (default policy)",
    ]
    body = render(recipient=f"person:{chief.pk}").body
    lines = [line for line in body.splitlines() if line.startswith("COM-")]
    assert lines == ["COM-0001 – 8 days overdue", "COM-0002 – its date passed 8 days ago"]

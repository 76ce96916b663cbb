"""What is overdue or due soon in mail is what the schedule of the commitment says, wherever its bounds lie."""

from datetime import timedelta

import pytest

from meetings.followups import rules
from meetings.followups.history import Holds
from meetings.followups.people import Coordinators
from meetings.followups.sheet import SheetContents, SheetScope
from meetings.followups.working_days import Clock
from meetings.models import Schedule
from meetings.models.schedule import FROM_TODAY
from tests.meetings.followups.asking import NOON, TODAY, make_focal_person
from tests.meetings.followups.coordinating import ask, make_coordinated_forum, make_outstanding

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

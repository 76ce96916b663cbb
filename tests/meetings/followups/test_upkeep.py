"""What coordinators are told of records that lack something, and when that stops."""

from datetime import timedelta

import pytest

from agreements.models import Absence, AgreementEvent
from meetings.followups.planner import plan
from meetings.models import Coordinator, FollowUpPolicy, Outcome
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.meetings.followups.asking import NOON, TODAY, make_focal_person
from tests.meetings.followups.mailing import after, change, letter, mail_of_day, mail_of_days, told, withdrawal

pytestmark = pytest.mark.django_db


def day(number):
    return (TODAY + timedelta(days=number)).isoformat()


def coordinate(name="ayesha", forum=None, **fields):
    return Coordinator.objects.create(person=make_focal_person(name), forum=forum, **fields)


def held(number=-14, **fields):
    return make_meeting(held=day(number), **fields)


def planned(number=-1, **fields):
    return make_meeting(**{"held": day(number), "status": "confirmed", **fields})


def in_force(**fields):
    """An agreement to which notice can be given until the 30th day from today."""
    agreement = make_agreement(signed="2023-12-01", **{"validity_months": 36, "notice_months": 0, **fields})
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on="2023-12-23")
    return agreement


def line(role, record, stage, name="ayesha"):
    return {name: [(role, record.reference, stage)]}


# Meetings


def test_upkeep_of_a_meeting_without_outcomes_begins_a_fortnight_later():
    coordinate()
    meeting = held(-13)
    assert mail_of_days(range(10)) == {
        1: line("no_outcomes", meeting, 0),
        6: line("no_outcomes", meeting, 1),
    }


def test_upkeep_of_a_meeting_without_outcomes_begins_when_the_policy_says():
    coordinate()
    FollowUpPolicy.objects.update(outcomes_after=3)
    meeting = held(-3)
    assert mail_of_day(0) == line("no_outcomes", meeting, 0)


def test_upkeep_of_a_meeting_without_outcomes_where_the_policy_says_never_does_not_happen():
    coordinate()
    FollowUpPolicy.objects.update(outcomes_after=0)
    held(-60)
    assert mail_of_day(0) == {}


def test_upkeep_of_a_meeting_whose_planned_date_has_passed_begins_the_day_after():
    coordinate()
    meeting = planned(0)
    assert mail_of_days(range(3)) == {1: line("not_reported", meeting, 1)}


NOTHING_LACKS = {
    "with outcomes": lambda: Outcome.objects.create(meeting=held(), position=1, kind="decision", text="Agreed."),
    "with commitments": lambda: make_commitment(meeting=held()),
    "with agreements": lambda: held().agreement_links.create(agreement=make_agreement()),
    "preparatory": lambda: held(kind="preparatory"),
    "draft": lambda: held(state="draft"),
    "withdrawn": lambda: planned(state="withdrawn"),
    "under embargo": lambda: held(embargoed_until=NOON + timedelta(seconds=1)),
    "without a date": lambda: make_meeting(held=""),
    "put off": lambda: planned(status="postponed"),
    "cancelled": lambda: planned(status="cancelled"),
    "to come": lambda: planned(1),
    "perhaps to come": lambda: make_meeting(held="2026-11", status="confirmed"),
    "long ago": lambda: held(-367),
    "planned long ago": lambda: planned(-367),
}


@pytest.mark.parametrize("make", NOTHING_LACKS.values(), ids=NOTHING_LACKS)
def test_upkeep_of_a_record_that_lacks_nothing_does_not_happen(make):
    coordinate()
    make()
    assert mail_of_day(0) == {}


def test_upkeep_of_a_meeting_a_year_old_still_happens():
    coordinate()
    meeting = held(-364)
    assert mail_of_day(0) == line("no_outcomes", meeting, 330)


def test_upkeep_of_a_meeting_that_moved_to_an_earlier_day_starts_afresh():
    coordinate()
    meeting = planned(-1)
    assert mail_of_day(0) == line("not_reported", meeting, 1)
    change(meeting, held=day(-3))
    assert mail_of_day(5) == line("not_reported", meeting, 7)


def test_upkeep_waits_for_the_rest_of_the_person():
    coordinate()
    meeting = planned(-1)
    assert mail_of_day(0) == line("not_reported", meeting, 1)
    other = planned(1)
    assert mail_of_days(range(1, 8)) == {
        5: line("not_reported", other, 1),
    }


# Agreements


def test_upkeep_of_an_agreement_happens_before_the_last_day_of_notice_and_on_it():
    coordinate()
    agreement = in_force()
    assert mail_of_days(range(40)) == {
        number: line("notice_window", agreement, stage) for number, stage in ((0, -30), (23, -7), (29, -1), (30, 0))
    }


def test_upkeep_of_an_agreement_that_renews_itself_comes_again():
    coordinate()
    agreement = in_force(validity_months=12, renews_automatically=True)
    found = mail_of_days([0, 30, 31, 395])
    assert found == {0: line("notice_window", agreement, -30), 30: line("notice_window", agreement, 0)} | {
        395: line("notice_window", agreement, 0)
    }


OUT_OF_QUESTION = {
    "draft": lambda: in_force(state="draft"),
    "extended": lambda: AgreementEvent.objects.create(agreement=in_force(), kind="extended", on="2026-01-01"),
    "terminated": lambda: AgreementEvent.objects.create(agreement=in_force(), kind="terminated", on="2026-01-01"),
    "without a notice period": lambda: in_force(notice_months=None),
    "not yet in force": lambda: make_agreement(signed="2023-12-23", validity_months=36, notice_months=0),
}


@pytest.mark.parametrize("make", OUT_OF_QUESTION.values(), ids=OUT_OF_QUESTION)
def test_upkeep_of_an_agreement_without_a_known_last_day_does_not_happen(make):
    coordinate()
    make()
    assert mail_of_day(0) == {}


# Who


def test_upkeep_goes_to_the_coordinators_of_the_forum_and_else_to_those_of_the_rest():
    forum, other = make_forum(), make_forum()
    coordinate("of the forum", forum)
    coordinate("of the rest")
    of_forum, of_other, of_none = planned(forum=forum), planned(forum=other), planned()
    assert told(plan(NOON)) == {
        "of the forum": [("not_reported", of_forum.reference, 1)],
        "of the rest": [("not_reported", of_other.reference, 1), ("not_reported", of_none.reference, 1)],
    }


def test_upkeep_where_nobody_keeps_the_rest_tells_nobody_of_it():
    coordinate("of the forum", make_forum())
    planned()
    assert plan(NOON) == []


@pytest.mark.parametrize("term", [{"ends": TODAY - timedelta(days=1)}, {"starts": TODAY + timedelta(days=1)}])
def test_upkeep_where_the_term_of_the_forums_coordinator_does_not_run_goes_to_those_of_the_rest(term):
    forum = make_forum()
    coordinate("of the forum", forum, **term)
    coordinate("of the rest")
    meeting = planned(forum=forum)
    assert told(plan(NOON)) == line("not_reported", meeting, 1, "of the rest")


def test_upkeep_while_the_coordinator_is_away_goes_to_the_deputy():
    office = coordinate("own", deputy=make_focal_person("deputy"))
    Absence.objects.create(person=office.person, starts=TODAY, ends=TODAY)
    meeting = planned()
    assert told(plan(NOON)) == line("not_reported", meeting, 1, "deputy")


def test_upkeep_while_the_coordinator_is_away_without_a_deputy_waits():
    office = coordinate("own")
    Absence.objects.create(person=office.person, starts=TODAY, ends=TODAY)
    meeting = planned()
    assert mail_of_days(range(2)) == {1: line("not_reported", meeting, 1, "own")}


def test_upkeep_where_the_coordinator_wants_no_mail_goes_to_those_of_the_rest():
    forum = make_forum()
    change(coordinate("of the forum", forum).person, unsubscribed_at=NOON)
    coordinate("of the rest")
    meeting = planned(forum=forum)
    assert told(plan(NOON)) == line("not_reported", meeting, 1, "of the rest")


def test_upkeep_without_a_policy_in_use_does_not_happen():
    FollowUpPolicy.objects.update(is_active=False)
    coordinate()
    planned()
    assert plan(NOON) == []


# The letter


def test_letter_about_records_says_what_they_lack():
    coordinate()
    meeting, unreported, agreement = held(-20, title="Talks"), planned(-2, title="Session"), in_force(title="Pact")
    plan(NOON)
    message = letter()
    assert message.subject == "3 records to complete, first “Talks” – held 20 days ago"
    found = {record: record.reference in message.body for record in (meeting, unreported, agreement)}
    assert found == {meeting: True, unreported: True, agreement: True}
    for words in ("planned for 2 days ago", "notice possible for 30 more days"):
        assert message.body.count(words) == 1
    assert message.body.count(f"/admin/meetings/meeting/{meeting.pk}/change/") == 1


def report(meeting):
    change(meeting, status="held")
    Outcome.objects.create(meeting=meeting, position=1, kind="decision", text="Agreed.")


def give_away(meeting):
    change(meeting, forum=Coordinator.objects.get(forum__isnull=False).forum)


MENDED = {
    "reported": report,
    "put off": lambda meeting: change(meeting, status="postponed", held=""),
    "put off to another day": lambda meeting: change(meeting, held=day(20)),
    "corrected to another day": lambda meeting: change(meeting, held=day(-4)),
    "withdrawn": lambda meeting: change(meeting, state="withdrawn"),
    "given to another forum": give_away,
}


@pytest.mark.parametrize("mend", MENDED.values(), ids=MENDED)
def test_letter_about_a_record_that_was_mended_after_planning_is_withdrawn(mend):
    coordinate()
    coordinate("of another", make_forum())
    meeting = planned()
    plan(NOON)
    mend(meeting)
    assert withdrawal() == "the record is complete, or no longer calls for it: 1"


def test_letter_about_a_last_day_of_notice_that_has_passed_is_withdrawn():
    coordinate()
    in_force()
    mail_of_day(0)
    plan(after(30))
    assert withdrawal(30) == ""
    assert withdrawal(31) == "the record is complete, or no longer calls for it: 1"


def test_letter_about_records_to_somebody_who_no_longer_keeps_them_is_withdrawn():
    office = coordinate()
    planned()
    plan(NOON)
    change(office, ends=TODAY - timedelta(days=1))
    assert withdrawal() == "the record is complete, or no longer calls for it: 1"

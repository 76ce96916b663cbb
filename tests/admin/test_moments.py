"""Moments that are typed: the same hour is read, or refused, wherever the desk asks for one."""

from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from tests.admin.desk import errors, messages
from tests.admin.proposing import act, propose
from tests.admin.test_publication import state_of
from tests.admin.test_steps import post
from tests.factories import make_agreement
from tracker.records.admin.moments import read_moment

BERLIN = ZoneInfo("Europe/Berlin")
KARACHI = ZoneInfo("Asia/Karachi")


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        ("2027-05-01", "10:00", KARACHI, "2027-05-01T05:00:00+00:00"),
        ("2027-05-01", "10:00:59", KARACHI, "2027-05-01T05:00:00+00:00"),
        ("۲۰۲۷-۰۵-۰۱", "۱۰:۰۰", KARACHI, "2027-05-01T05:00:00+00:00"),
        (" 2027-05-01 ", "10:00", BERLIN, "2027-05-01T08:00:00+00:00"),
    ],
)
def test_day_and_hour_are_the_moment_in_their_zone(day, hour, zone, expected):
    assert read_moment(day, hour, zone).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "hour"),
    [("", ""), ("2027-05-01", ""), ("2027-05-01", "10:00+09:00"), ("2027-W05-1", "10:00"), ("0001-01-01", "00:00")],
)
def test_what_is_no_day_and_hour_is_no_moment(day, hour):
    assert read_moment(day, hour, KARACHI) is None


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_hour_that_a_change_of_the_clocks_skips_or_repeats_is_refused(day):
    with pytest.raises(ValidationError) as refused:
        read_moment(day, "02:30", BERLIN)
    assert refused.value.messages == [
        "The clocks of Europe/Berlin change then: there is no 02:30 on that day, or two. Give another hour."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "hour", "reason"),
    [
        (
            "2027-03-28",
            "02:30",
            "The clocks of Europe/Berlin change then: there is no 02:30 on that day, or two. Give ",
        ),
        ("2027-05-01", "", "Give the day and the hour at which it is to be "),
    ],
)
def test_record_and_proposal_are_refused_the_same_hour(editor, reviewer, monkeypatch, day, hour, reason):
    for module, name in (("steps.asked", "get_default_timezone"), ("proposals.timezone", "get_current_timezone")):
        monkeypatch.setattr(f"tracker.records.admin.{module}.{name}", lambda: BERLIN)
    record = make_agreement(state="in_review")
    said = [*errors(post(reviewer, record, "publish_at", _day=day, _time=hour))]
    proposal = propose(editor, make_agreement(), title="Other")
    said += messages(act(reviewer, proposal, "switch_at", moment_0=day, moment_1=hour))
    assert [text.startswith(reason) for text in said] == [True, True]
    proposal.refresh_from_db()
    assert (state_of(record), record.publish_at, proposal.switch_at) == ("in_review", None, None)

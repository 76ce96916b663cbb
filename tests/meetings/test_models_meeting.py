"""Meetings: whom they involve, what they are called, what is kept of their schedule."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from agreements.models import Membership
from meetings.models import (
    CommitmentFigure,
    Delegate,
    Delegation,
    Meeting,
    MeetingAgreement,
    MeetingFigure,
    Outcome,
    ScheduleChange,
)
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_working_group,
)

pytestmark = pytest.mark.django_db


def codes(meeting):
    return sorted(meeting.countries.values_list("code", flat=True))


def test_countries_are_those_of_the_delegations_and_of_their_organisations():
    meeting = make_meeting(["CHN"])
    Delegation.objects.create(meeting=meeting, organisation=make_organisation(country=make_country("PAK")))
    Delegation.objects.create(meeting=meeting, organisation=make_organisation(country=None))
    assert codes(meeting) == ["CHN", "PAK"]


@pytest.mark.parametrize(("role", "is_involved"), [("party", True), ("guest", True), ("observer", False)])
def test_observers_are_not_involved(role, is_involved):
    meeting = make_meeting(["CHN", "PAK"])
    Delegation.objects.create(meeting=meeting, country=make_country("LKA"), role=role)
    assert ("LKA" in codes(meeting)) is is_involved


def test_countries_when_a_delegation_changes_or_leaves_follow():
    meeting = make_meeting(["CHN", "PAK"], forum=None)
    delegation = meeting.delegations.get(country__code="PAK")
    delegation.role = "observer"
    delegation.save()
    assert codes(meeting) == ["CHN"]
    meeting.delegations.get(country__code="CHN").delete()
    assert codes(meeting) == []


def test_meeting_of_three_countries_shows_under_each_pair_and_counts_once():
    meeting = make_meeting(["CHN", "PAK", "UZB"])
    china, pakistan, uzbekistan = (make_country(code) for code in ("CHN", "PAK", "UZB"))
    for pair in ((china, pakistan), (uzbekistan, china), (pakistan, uzbekistan)):
        assert list(Meeting.objects.involving(*pair)) == [meeting]
    assert Meeting.objects.involving(china, pakistan, uzbekistan).count() == 1
    assert list(Meeting.objects.involving(china, make_country("LKA"))) == []


@pytest.mark.parametrize(
    ("delegations", "expected"),
    [
        ((), ["CHN", "PAK"]),
        (("CHN",), ["CHN", "PAK"]),
        (("LKA",), ["CHN", "LKA", "PAK"]),
        (("LKA", "UZB"), ["LKA", "UZB"]),
    ],
)
def test_members_of_the_forum_are_involved_where_fewer_than_two_delegations_are_known(delegations, expected):
    assert codes(make_meeting(delegations, forum=make_forum(members=["CHN", "PAK"]))) == expected


@pytest.mark.parametrize(
    ("joined", "left", "held", "was_member"),
    [
        ("", "", "2020-06-01", True),
        ("2019", "", "2020-06-01", True),
        ("2020", "", "2020-06-01", False),
        ("2021", "", "2020-06-01", False),
        ("", "2019", "2020-06-01", False),
        ("", "2020", "2020-06-01", True),
        ("2019", "2021", "2020-06-01", True),
        ("2021", "", "", True),
        ("", "2019", "", True),
        ("2020-06-01", "", "2020", True),
        ("2020-06-01", "", "2020-06-01", True),
        ("", "2020-06-01", "2020-06-01", True),
    ],
)
def test_members_of_the_forum_are_those_of_the_time(joined, left, held, was_member):
    forum = make_forum(members=["CHN"])
    Membership.objects.create(forum=forum, country=make_country("PAK"), joined=joined, left=left)
    meeting = make_meeting((), forum=forum, held=held)
    meeting.save()
    assert ("PAK" in codes(meeting)) is was_member


@pytest.mark.parametrize("role", ["observer", "invited"])
def test_those_who_do_not_belong_to_the_forum_are_not_involved(role):
    forum = make_forum(members=["CHN"])
    Membership.objects.create(forum=forum, country=make_country("PAK"), role=role)
    meeting = make_meeting((), forum=forum)
    meeting.save()
    assert codes(meeting) == ["CHN"]


def test_meeting_of_a_group_is_one_of_its_forum():
    group = make_working_group(forum=make_forum("home"))
    assert make_meeting(working_group=group, forum=make_forum("elsewhere")).forum.slug == "home"


@pytest.mark.parametrize(
    ("number", "suffix", "is_refused"), [(13, "", True), (13, "Special", False), (14, "", False), (None, "", False)]
)
def test_session_number_stands_once_in_a_forum_with_each_suffix(number, suffix, is_refused):
    forum = make_forum()
    make_meeting(forum=forum, session_number=13)
    another = Meeting(forum=forum, title="Another", session_number=number, session_suffix=suffix)
    if is_refused:
        with pytest.raises(ValidationError):
            another.full_clean()
    else:
        another.full_clean()
        another.save()


def test_groups_of_a_forum_number_their_meetings_for_themselves():
    forum = make_forum()
    for group in (None, make_working_group(forum=forum), make_working_group(forum=forum)):
        meeting = Meeting(forum=forum, working_group=group, session_number=1)
        meeting.full_clean()
        meeting.save()
    assert forum.meetings.filter(session_number=1).count() == 3


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"title": "Visit to Beijing"}, "Visit to Beijing"),
        ({"title": "", "session_number": 13}, "JEC, session 13"),
        ({"title": "", "session_number": 12, "session_suffix": "Special"}, "JEC, session 12 (Special)"),
    ],
)
def test_headline_is_the_title_or_the_body_and_its_number(fields, headline):
    meeting = make_meeting(forum=make_forum(name="JEC"), **fields)
    assert (meeting.headline, str(meeting)) == (headline, f"{meeting.reference} {headline}")


def test_newest_first_orders_by_the_day_held_and_puts_unknown_days_last():
    undated, old, new, before = (make_meeting(held=on) for on in ("", "2001", "2021-05", "../2010-01-01"))
    assert list(Meeting.objects.newest_first()) == [new, before, old, undated]


def test_changes_of_schedule_are_kept_in_the_order_in_which_they_were_announced():
    meeting = make_meeting(held="2021-09-23")
    for kind, planned, reported in (
        ("announced", "2021-07-16", "2021-07-01"),
        ("agreed", "2020-12", "2020-11-26"),
        ("postponed", "", "2021-07-15"),
        ("proposed", "2019-11", ""),
    ):
        ScheduleChange.objects.create(meeting=meeting, kind=kind, planned_for=planned, reported_on=reported)
    assert [str(change) for change in meeting.schedule_changes.all()] == [
        "proposed November 2019",
        "agreed December 2020",
        "announced 16 July 2021",
        "postponed",
    ]


def test_agreements_of_a_meeting_are_seen_from_both_with_what_happened():
    meeting, agreement = make_meeting(), make_agreement(title="MoU")
    link = MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role="announced")
    assert (list(meeting.agreements.all()), list(agreement.meetings.all())) == ([agreement], [meeting])
    assert str(link) == f"{agreement} – signing announced at the meeting"
    with pytest.raises(ProtectedError):
        agreement.delete()


def test_outcomes_are_in_order_and_realised_unless_said_otherwise():
    meeting = make_meeting()
    for position, text in ((2, "second"), (1, "first")):
        Outcome.objects.create(meeting=meeting, position=position, kind="decision", text=text)
    assert [(str(each), each.realisation) for each in meeting.outcomes.all()] == [
        ("first", "realised"),
        ("second", "realised"),
    ]


def test_delegations_may_be_of_unequal_size_and_have_several_heads():
    meeting = make_meeting(["CHN", "PAK"])
    china = meeting.delegations.get(country__code="CHN")
    for name, role in (("Lin Nianxiu", "co_chair"), ("Nong Rong", "co_chair"), ("An expert", "member")):
        Delegate.objects.create(delegation=china, person=make_person(name), role=role, office="then in office")
    assert [str(delegate) for delegate in china.delegates.all()] == [
        "Lin Nianxiu (co-chair)",
        "Nong Rong (co-chair)",
        "An expert (member)",
    ]


def test_natural_key_of_a_delegation_finds_it():
    meeting = make_meeting(["CHN"])
    Delegation.objects.create(meeting=meeting, organisation=make_organisation("moitt"))
    for delegation in meeting.delegations.all():
        assert Delegation.objects.get_by_natural_key(*delegation.natural_key()) == delegation
    assert [each.natural_key() for each in meeting.delegations.all()] == [("MTG-0001", "CHN"), ("MTG-0001", "moitt")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": "3.5000"}, "3.5 jobs"),
        ({"amount": "200", "comparator": "about"}, "about 200 jobs"),
        ({"amount": "20000", "comparator": "more_than"}, "more than 20,000 jobs"),
        ({"words": "thousands"}, "thousands jobs"),
    ],
)
def test_figure_reads_as_its_source_gives_it(fields, words):
    figure = MeetingFigure.objects.create(meeting=make_meeting(), what="jobs", unit="jobs", **fields)
    figure.refresh_from_db()
    assert str(figure) == words


def test_figures_belong_to_their_records():
    commitment = make_commitment()
    figure = CommitmentFigure.objects.create(commitment=commitment, what="villages", unit="villages", amount=100)
    assert (list(commitment.figures.all()), figure.main_record) == ([figure], commitment)


def test_meeting_with_commitments_is_not_deleted():
    meeting = make_commitment().meeting
    with pytest.raises(ProtectedError):
        meeting.delete()

"""Commitments: progress and schedule are two things; forum, countries and progress follow from other rows."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from meetings.models import (
    Commitment,
    CommitmentLineage,
    CommitmentParty,
    DueChange,
    FocalPoint,
    Progress,
    ProgressUpdate,
    Schedule,
)
from meetings.models.followup import days_of
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
)
from tracker.records.publication import publish_due

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 15)
LATER = datetime(2027, 1, 1, 12, tzinfo=UTC)


def codes(commitment):
    return sorted(commitment.countries.values_list("code", flat=True))


def say(commitment, progress, as_of="", **fields):
    fields = {"state": "published", **fields}
    update = ProgressUpdate.objects.create(commitment=commitment, progress=progress, as_of=as_of, **fields)
    commitment.refresh_from_db()
    return update


# Schedule


def grid():
    """Commitments of every due date around today, closure and progress."""
    meeting = make_meeting()
    days = [TODAY + timedelta(days=shift) for shift in (-400, -1, 0, 1, 29, 30, 31, 400)]
    dues = [
        "",
        *(day.isoformat() for day in days),
        "2026",
        "2026-03",
        "2025",
        "2026-33",
        "XXXX-03-14",
        "2026/..",
        "../2026-02",
    ]
    Commitment.objects.bulk_create(
        Commitment(
            reference=f"COM-{number:04}",
            title="One of the grid",
            strength=strength,
            meeting=meeting,
            due=due,
            due_rule="date" if due else "none",
            closure=closure,
            progress=progress,
        )
        for number, (due, closure, progress, strength) in enumerate(
            product(dues, ["", "dropped"], Progress.values, ["agreed", "proposed"])
        )
    )
    return Commitment.objects.all()


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1)])
def test_every_commitment_is_in_exactly_one_state_of_schedule_however_one_asks(today):
    commitments = grid()
    by_rule = {commitment.pk: commitment.schedule_on(today).value for commitment in commitments}
    by_annotation = dict(commitments.with_schedule(today).values_list("pk", "schedule"))
    assert by_rule == by_annotation and len(by_rule) == 16 * 2 * 2 * len(Progress)
    overdue = {key for key, schedule in by_rule.items() if schedule == Schedule.OVERDUE}
    is_open = {key for key, schedule in by_rule.items() if schedule != Schedule.CLOSED}
    assert set(commitments.overdue(today).values_list("pk", flat=True)) == overdue
    assert set(commitments.open().values_list("pk", flat=True)) == is_open


@pytest.mark.parametrize(
    ("due", "schedule"),
    [
        ("2026-03-14", "overdue"),
        ("2026-03-15", "due_soon"),
        ("2026-04-14", "due_soon"),
        ("2026-04-15", "not_yet_due"),
        ("2026-03", "due_soon"),
        ("2026-33", "due_soon"),
        ("2026", "not_yet_due"),
        ("2025", "overdue"),
        ("../2026-02", "overdue"),
        ("", "no_deadline"),
        ("2026/..", "no_deadline"),
        ("XXXX-03-14", "no_deadline"),
    ],
)
def test_schedule_of_a_due_date(due, schedule):
    assert make_commitment(due=due).schedule_on(TODAY) == schedule


@pytest.mark.parametrize("closure", Commitment.Closure.values)
def test_closed_commitment_is_never_overdue(closure):
    assert make_commitment(due="2020", closure=closure).schedule_on(TODAY) == Schedule.CLOSED


@pytest.mark.parametrize("rule", ["next_session", "relative", "conditional", "continuous", "none"])
def test_commitment_whose_date_cannot_be_computed_is_never_overdue(rule):
    commitment = make_commitment(due_rule=rule)
    assert commitment.schedule_on(date(2099, 1, 1)) == Schedule.NO_DEADLINE
    assert list(Commitment.objects.overdue(date(2099, 1, 1))) == []


def test_due_date_without_a_rule_is_by_a_date():
    commitment = make_commitment()
    commitment.due = "2026"
    commitment.full_clean()
    assert commitment.due_rule == Commitment.DueRule.DATE


def test_soonest_first_puts_commitments_without_a_date_last():
    never, late, soon, before = (make_commitment(due=due) for due in ("", "2027", "2026-05", "../2026-01-01"))
    assert list(Commitment.objects.soonest_first()) == [before, soon, late, never]


# The version of the due date


def due_version(commitment):
    return Commitment.objects.values_list("due_version", flat=True).get(pk=commitment.pk)


def test_due_version_moves_when_the_due_date_does_and_at_no_other_time():
    commitment = make_commitment(due="2026")
    assert due_version(commitment) == 1
    commitment.title = "Renamed"
    commitment.save()
    assert due_version(commitment) == 1
    for number, due in enumerate(["2027", "2027-06", "2026"], start=2):
        commitment.due = due
        commitment.save()
        assert due_version(commitment) == number


def test_due_version_when_the_date_alone_is_saved_moves():
    commitment = make_commitment(due="2026")
    commitment.due = "2027"
    commitment.save(update_fields=["due"])
    found = Commitment.objects.get(pk=commitment.pk)
    assert (found.due_version, found.due_latest) == (2, date(2027, 12, 31))


def test_due_version_never_goes_back_when_somebody_saves_what_was_read_before():
    commitment = make_commitment(due="2026")
    stale = Commitment.objects.get(pk=commitment.pk)
    for due in ("2027", "2026"):
        commitment.due = due
        commitment.save()
    stale.title = "Renamed meanwhile"
    stale.save()
    assert due_version(commitment) == 3


# Progress


def test_progress_is_that_of_the_latest_published_update():
    commitment = make_commitment()
    assert commitment.progress == Progress.NO_INFORMATION
    say(commitment, "substantial", "2026-02")
    say(commitment, "limited", "2025-06")
    assert commitment.progress == Progress.SUBSTANTIAL
    say(commitment, "not_started", "")
    assert commitment.progress == Progress.SUBSTANTIAL, "an undated word does not outweigh a dated one"
    say(commitment, "complete", "2026-03-01")
    assert commitment.progress == Progress.COMPLETE


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_progress_when_an_update_is_not_published_stays(state):
    commitment = make_commitment()
    say(commitment, "limited", "2025")
    say(commitment, "complete", "2026", state=state)
    assert commitment.progress == Progress.LIMITED


def test_progress_when_an_update_is_published_withdrawn_or_deleted_follows():
    commitment = make_commitment()
    say(commitment, "limited", "2025")
    update = say(commitment, "complete", "2026", state="in_review")
    seen = []
    for state in ("published", "withdrawn", "published"):
        update.state = state
        update.save()
        seen.append(Commitment.objects.get().progress)
    update.delete()
    assert [*seen, Commitment.objects.get().progress] == ["complete", "limited", "complete", "limited"]


def test_progress_when_the_moment_of_an_update_comes_follows_though_nobody_saves():
    commitment = make_commitment()
    say(commitment, "limited", "2025")
    say(commitment, "complete", "2026", state="in_review", publish_at=LATER, assessor="Audit Office")
    assert Commitment.objects.get().progress == Progress.LIMITED
    publish_due(LATER - timedelta(seconds=1))
    assert Commitment.objects.get().progress == Progress.LIMITED
    publish_due(LATER)
    assert Commitment.objects.get().progress == Progress.COMPLETE


def test_progress_of_two_updates_of_one_day_is_that_entered_last():
    commitment = make_commitment()
    say(commitment, "limited", "2026-01-01")
    say(commitment, "substantial", "2026-01-01")
    assert commitment.progress == Progress.SUBSTANTIAL


def test_answer_that_says_nothing_of_progress_leaves_it():
    commitment = make_commitment()
    say(commitment, "limited", "2025")
    say(commitment, "", "2026", answer="need_help")
    assert commitment.progress == Progress.LIMITED


def test_completion_closes_the_schedule_but_not_the_commitment():
    commitment = make_commitment(due="2020")
    say(commitment, "complete", "2026")
    assert (commitment.schedule_on(TODAY), commitment.closure) == (Schedule.CLOSED, "")
    assert list(Commitment.objects.overdue(TODAY)) == []


# Forum and countries


def test_forum_is_that_of_the_meeting_or_else_of_the_agreement():
    of_meeting, of_agreement = make_meeting(forum=make_forum("m")), make_agreement(forum=make_forum("a"))
    for fields, slug in (
        ({"meeting": of_meeting, "agreement": of_agreement}, "m"),
        ({"meeting": make_meeting(), "agreement": of_agreement}, "a"),
        ({"agreement": of_agreement}, "a"),
        ({"meeting": make_meeting()}, None),
    ):
        forum = make_commitment(**fields).forum
        assert (forum and forum.slug) == slug


def test_forum_when_the_meeting_changes_follows():
    meeting = make_meeting(forum=make_forum("first"))
    commitment = make_commitment(meeting=meeting)
    for forum in (make_forum("second"), None):
        meeting.forum = forum
        meeting.save()
        commitment.refresh_from_db()
        assert commitment.forum == forum


def test_forum_when_the_commitment_moves_to_another_meeting_follows():
    commitment = make_commitment(meeting=make_meeting(forum=make_forum("first")))
    commitment.meeting = make_meeting(forum=make_forum("second"))
    commitment.save()
    assert Commitment.objects.get().forum.slug == "second"


def test_countries_are_those_of_the_parties_on_both_sides():
    commitment = make_commitment(by=["PAK"], to=["CHN"])
    ministry = make_organisation(country=make_country("UZB"))
    party = CommitmentParty.objects.create(commitment=commitment, side="to", organisation=ministry)
    assert codes(commitment) == ["CHN", "PAK", "UZB"]
    party.delete()
    assert codes(commitment) == ["CHN", "PAK"]


@pytest.mark.parametrize(
    ("delegations", "scope", "expected"),
    [
        (["CHN", "PAK"], "bilateral", ["CHN", "PAK"]),
        (["CHN", "PAK", "UZB"], "bilateral", ["CHN", "PAK", "UZB"]),
        (["CHN", "PAK", "UZB", "LKA"], "bilateral", ["PAK"]),
        (["CHN", "PAK"], "domestic", ["PAK"]),
    ],
)
def test_party_in_words_stands_for_the_countries_of_a_small_meeting(delegations, scope, expected):
    commitment = make_commitment(["PAK"], (), meeting=make_meeting(delegations), scope=scope)
    CommitmentParty.objects.create(commitment=commitment, side="to", words="companies")
    assert codes(commitment) == expected


def test_party_in_words_when_the_delegations_change_follows():
    meeting = make_meeting(["CHN"])
    commitment = make_commitment((), (), meeting=meeting)
    CommitmentParty.objects.create(commitment=commitment, side="by", words="companies")
    meeting.delegations.create(country=make_country("PAK"))
    assert codes(commitment) == ["CHN", "PAK"]


def test_commitments_without_a_party_in_words_do_not_take_the_countries_of_the_meeting():
    assert codes(make_commitment(["PAK"], (), meeting=make_meeting(["CHN", "PAK"]))) == ["PAK"]


def test_undertaken_by_finds_what_a_country_or_its_organisation_promised():
    by_country, by_organisation = make_commitment(["PAK"], ["CHN"]), make_commitment((), ["CHN"])
    ministry = make_organisation(country=make_country("PAK"))
    CommitmentParty.objects.create(commitment=by_organisation, side="by", organisation=ministry)
    make_commitment(["CHN"], ["PAK"])
    assert set(Commitment.objects.undertaken_by([make_country("PAK")])) == {by_country, by_organisation}


def test_involving_several_countries_finds_what_involves_all_of_them():
    both = make_commitment(["PAK"], ["CHN"])
    make_commitment(["PAK"], ())
    assert list(Commitment.objects.involving(make_country("CHN"), make_country("PAK"))) == [both]


# Lineage, moved dates, people in charge


def test_lineage_is_seen_from_both_commitments():
    older, newer = make_commitment(title="Old"), make_commitment(title="New")
    link = CommitmentLineage.objects.create(commitment=newer, kind="repeats", earlier=older)
    assert list(newer.lineage.all()) == list(older.later.all()) == [link]
    assert str(link) == f"repeats {older.reference} Old"


def test_changes_of_the_due_date_are_kept_in_order():
    commitment = make_commitment(due="2028")
    for before, after, agreed in (("2027", "2028", "2026-02"), ("2026", "2027", "2025-01-10")):
        DueChange.objects.create(commitment=commitment, due_before=before, due_after=after, agreed_on=agreed)
    assert [str(change) for change in commitment.due_changes.all()] == ["2026 → 2027", "2027 → 2028"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_serving"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY - timedelta(days=1), False),
    ],
)
def test_serving_finds_the_focal_points_in_charge_on_a_day(starts, ends, is_serving):
    point = FocalPoint.objects.create(commitment=make_commitment(), person=make_person(), starts=starts, ends=ends)
    assert list(FocalPoint.objects.serving(TODAY)) == ([point] if is_serving else [])


@pytest.mark.parametrize(("text", "days"), [("30, 7, 1", [30, 7, 1]), ("", []), ("5", [5]), ("1,,2", [1, 2])])
def test_list_of_days_is_read(text, days):
    assert days_of(text) == days


@pytest.mark.parametrize("text", ["soon", "0", "-1", "3651", "1.5", "1; 2"])
def test_list_of_days_that_is_none_is_refused(text):
    with pytest.raises(ValidationError, match=r"whole numbers|between 1 and 3650"):
        days_of(text)


def test_states_of_the_grid_are_all_there():
    """So that the test of the grid would notice a state that nothing is in."""
    states = Counter(commitment.schedule_on(TODAY) for commitment in grid())
    assert set(states) == set(Schedule)

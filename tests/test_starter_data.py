"""The starter data load whole, and say no more than their sources do."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from agreements.models import AgreementParty, Forum, Theme, WorkingGroup
from meetings.models import Commitment, CommitmentParty, Meeting
from tracker.records import edtf
from tracker.records.evidence import Verdict, verdict
from tracker.records.models import Citation, Publishable, Versioned

pytestmark = pytest.mark.usefixtures("starter_data")

COUNTS = {
    "records.Source": 144,
    "agreements.Country": 250,
    "agreements.Theme": 111,
    "agreements.Organisation": 29,
    "agreements.OrganisationName": 5,
    "agreements.OrganisationCitation": 45,
    "agreements.Person": 67,
    "agreements.Forum": 17,
    "agreements.ForumName": 4,
    "agreements.ForumCitation": 60,
    "agreements.Membership": 49,
    "agreements.Presidency": 6,
    "agreements.Agreement": 51,
    "agreements.AgreementParty": 106,
    "agreements.AgreementRelation": 4,
    "agreements.AgreementEvent": 49,
    "agreements.AgreementCitation": 86,
    "agreements.WorkingGroup": 12,
    "agreements.WorkingGroupName": 5,
    "agreements.WorkingGroupStage": 18,
    "agreements.WorkingGroupCitation": 35,
    "meetings.Meeting": 68,
    "meetings.MeetingAgreement": 13,
    "meetings.MeetingCitation": 132,
    "meetings.MeetingFigure": 27,
    "meetings.ScheduleChange": 16,
    "meetings.Delegation": 84,
    "meetings.Delegate": 64,
    "meetings.Outcome": 67,
    "meetings.AgreementFigure": 9,
    "meetings.Commitment": 82,
    "meetings.CommitmentParty": 246,
    "meetings.CommitmentCitation": 109,
    "meetings.CommitmentFigure": 4,
    "meetings.ProgressUpdate": 10,
    # Made by a migration, so that mail has a policy even before there are data.
    "meetings.FollowUpPolicy": 1,
}

# Commitments by the meeting that an article reports. The articles tell of 51 in all.
COMMITMENTS_OF_ARTICLES = {"MTG-0001": 10, "MTG-0002": 16, "MTG-0004": 8, "MTG-0005": 4, "MTG-0006": 13}


def test_loaded_rows_are_those_of_the_table():
    models = [
        model
        for model in apps.get_models()
        if issubclass(model, Versioned) and model._meta.app_label in ("agreements", "meetings", "records")
    ]
    found = {model._meta.label: model.objects.count() for model in models}
    assert {label: count for label, count in found.items() if count} == COUNTS


def test_foreign_keys_of_loaded_rows_hold():
    connection.check_constraints()


def test_every_loaded_record_is_published_and_cited():
    for model in apps.get_models():
        if issubclass(model, Publishable):
            assert list(model.objects.exclude(state=Publishable.State.PUBLISHED)) == []
            assert list(model.objects.without_citation()) == []


def test_commitments_of_the_articles_are_all_there():
    references = [f"COM-{number:04}" for number in range(1, 52)]
    found = Commitment.objects.filter(reference__in=references)
    assert Counter(found.values_list("meeting__reference", flat=True)) == COMMITMENTS_OF_ARTICLES


def test_themes_have_eleven_clusters_and_five_of_cooperation():
    kinds = Counter(Theme.objects.values_list("kind", flat=True))
    assert (kinds["cluster"], kinds["cooperation"]) == (11, 5)


@pytest.mark.parametrize("model", [AgreementParty, CommitmentParty])
def test_every_party_is_exactly_one_of_country_organisation_and_words(model):
    for party in model.objects.all():
        assert [bool(party.country_id), bool(party.organisation_id), bool(party.words)].count(True) == 1, party


def claims(record, field):
    """``{(source, value)}`` of a record for one field."""
    rows = record.citations.filter(field=field)
    return set(rows.values_list("source__slug", "value"))


def test_13th_jec_session_shows_both_dates_with_their_sources():
    session = Meeting.objects.get(forum__slug="sri-lanka-pakistan-jec", session_number=13)
    assert session.held == "2026-01-28"
    assert claims(session, Citation.Field.DATE) == {
        ("adaderana-lk-2026-01-29", "../2026-01-29"),
        ("colombotimes-net", "2026-01-28"),
        ("agritechinsights-com-2026-01-29", "2026-01-28"),
        ("ft-lk-2026-01-30", "2026-01-29"),
    }


def test_working_group_of_the_13th_jec_session_shows_both_wordings():
    group = WorkingGroup.objects.get(slug="jec-jwg-it-digital-economy")
    assert group.stage == WorkingGroup.Stage.AGREED_IN_PRINCIPLE
    assert claims(group, Citation.Field.STATUS) == {
        ("adaderana-lk-2026-01-29", "agreed by establishing it", False),
        ("adaderana-lk-2026-01-29", "newly formed", False),
        ("colombotimes-net", "agreed in principle", True),
        ("ft-lk-2026-01-30", "agreed in principle", True),
    }
    assert claims(group, Citation.Field.TITLE) == {
        ("adaderana-lk-2026-01-29", "Joint Working Group on Information Technology and Digital Economy", True),
        ("colombotimes-net", "Working group on IT and telecommunications", False),
        ("ft-lk-2026-01-30", "Working group on IT and telecommunications", False),
    }


def test_10th_jcc_meeting_keeps_every_date_it_was_once_to_have():
    meeting = Meeting.objects.get(forum__slug="cpec-jcc", session_number=10)
    assert meeting.held == "2021-09-23"
    changes = meeting.schedule_changes.values_list("kind", "planned_for", "source__slug")
    assert set(changes) == {
        ("proposed", "2020-04", "dailytimes-com-pk-2020-01-24"),
        ("announced", "2020-11", "app-com-pk-2020-10-16"),
        ("announced", "2021-07-13", "dawn-com-2021-07-09"),
        ("announced", "2021-07-16", "thediplomaticinsight-com-2021-07-10"),
        ("postponed", "", "profit-pakistantoday-com-pk"),
        ("agreed", "2021-09-23", "profit-pakistantoday-com-pk"),
    }


def test_members_of_the_dco_are_those_it_counts_itself():
    dco = Forum.objects.get(slug="dco")
    roles = Counter(dco.memberships.values_list("role", flat=True))
    assert roles == {"founding": 7, "member": 9, "invited": 2}
    assert dco.countries.count() == 16


def days(notation):
    """How many days a date leaves open; as good as endless where it has no beginning or no end."""
    earliest, latest = edtf.bounds(notation)
    return latest - earliest if earliest and latest else timedelta.max


def test_no_meeting_is_dated_more_exactly_than_its_sources():
    """Either a source states a date as exact, or the record says how the date was found."""
    for meeting in Meeting.objects.exclude(held=""):
        stated = meeting.citations.filter(field=Citation.Field.DATE).values_list("value", flat=True)
        as_exact = any(days(value) <= days(meeting.held) for value in stated)
        vouched_for = meeting.citations.filter(field="").exists()
        assert as_exact or meeting.held_reason or (vouched_for and meeting.held_basis == "stated"), meeting


def test_no_meeting_is_dated_against_all_that_its_sources_state():
    for meeting in Meeting.objects.exclude(held=""):
        stated = [verdict(meeting, "date", value) for _source, value in claims(meeting, Citation.Field.DATE)]
        assert not stated or {Verdict.SAME, Verdict.AGREES} & set(stated), meeting


def test_every_date_claim_can_be_read():
    for model in Citation.__subclasses__():
        for value in model.objects.filter(field=Citation.Field.DATE).values_list("value", flat=True):
            assert edtf.in_words(value)

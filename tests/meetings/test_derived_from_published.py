"""What is published rests on what is published alone: its derived columns, and what lists count and sort by."""

from importlib import import_module

import pytest
from django.apps import apps

from agreements.models import Agreement, AgreementParty
from agreements.registers import WORKING_GROUPS
from meetings.models import Commitment, CommitmentParty, Delegation, Meeting
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tests.meetings.followups.mailing import change
from tests.registers.reading import ListPage, parse, words

pytestmark = pytest.mark.django_db


def codes(record):
    return sorted(record.countries.values_list("code", flat=True))


def counts(client, address, facet):
    return dict(ListPage(client.get(address)).facets.get(facet, {}).values())


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def make_ministry(state="draft", country="SAU"):
    return make_organisation(country=make_country(country), state=state)


def make_sides(ministry, **fields):
    """A record of each kind with countries, in which the organisation takes part beside Pakistan."""
    agreement, meeting = make_agreement(("PAK",), **fields), make_meeting(("PAK",), **fields)
    commitment = make_commitment(("PAK",), (), meeting=make_meeting(("PAK",)), **fields)
    AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    Delegation.objects.create(meeting=meeting, organisation=ministry)
    CommitmentParty.objects.create(commitment=commitment, side="by", organisation=ministry)
    return agreement, meeting, commitment


def test_organisation_involves_its_country_from_its_publication_to_its_withdrawal():
    ministry = make_ministry()
    records = make_sides(ministry)
    assert [codes(record) for record in records] == [["PAK"]] * 3
    change(ministry, state="published")
    assert [codes(record) for record in records] == [["PAK", "SAU"]] * 3
    change(ministry, state="withdrawn")
    assert [codes(record) for record in records] == [["PAK"]] * 3


def test_draft_rests_on_drafts_until_it_is_published():
    records = make_sides(make_ministry(), state="draft")
    assert [codes(record) for record in records] == [["PAK", "SAU"]] * 3
    for record in records:
        change(fresh(record), state="published")
    assert [codes(record) for record in records] == [["PAK"]] * 3


def test_members_of_a_forum_in_review_meet_nobody_in_public():
    forum = make_forum(members=["CHN", "PAK"], state="in_review")
    meeting = make_meeting((), forum=forum)
    commitment = make_commitment(("LKA",), (), meeting=meeting)
    CommitmentParty.objects.create(commitment=commitment, side="to", words="Companies")
    assert (codes(meeting), codes(commitment)) == ([], ["LKA"])
    change(forum, state="published")
    assert (codes(meeting), codes(commitment)) == (["CHN", "PAK"], ["CHN", "LKA", "PAK"])


def test_commitment_of_a_meeting_that_is_hidden_has_neither_its_forum_nor_its_countries_nor_a_next_session():
    forum = make_forum("jcc", members=["CHN", "PAK"])
    first = make_meeting(forum=forum, held="2024-01-01", state="draft")
    make_meeting(forum=forum, held="2025-01-01")
    commitment = make_commitment(("LKA",), (), meeting=first, due_rule="next_session")
    CommitmentParty.objects.create(commitment=commitment, side="to", words="Companies")
    commitment = fresh(commitment)
    assert (commitment.forum, commitment.due, codes(commitment)) == (None, "", ["LKA"])
    change(first, state="published")
    commitment = fresh(commitment)
    assert (commitment.forum, commitment.due, codes(commitment)) == (forum, "2025-01-01", ["CHN", "LKA", "PAK"])
    change(first, state="withdrawn")
    commitment = fresh(commitment)
    assert (commitment.forum, commitment.due, codes(commitment)) == (None, "", ["LKA"])


def test_commitment_of_a_hidden_meeting_has_the_forum_of_its_agreement():
    agreement = make_agreement(forum=make_forum("dco"))
    meeting = make_meeting(forum=make_forum("jcc"), state="draft")
    assert make_commitment(meeting=meeting, agreement=agreement).forum == agreement.forum
    agreement = make_agreement(forum=agreement.forum, state="in_review")
    assert make_commitment(meeting=meeting, agreement=agreement).forum is None


def test_hidden_organisation_undertakes_nothing_for_its_country(client):
    commitment = make_commitment(("PAK",), ("CHN",), title="Lay fibre")
    ministry = make_ministry()
    CommitmentParty.objects.create(commitment=commitment, side="by", organisation=ministry)
    make_agreement(("SAU", "PAK"))
    assert counts(client, "/commitments/", "by") == {"Pakistan": 1}
    assert ListPage(client.get("/commitments/?by=SAU")).titles == []
    change(ministry, state="published")
    assert counts(client, "/commitments/", "by") == {"Pakistan": 1, "Saudi Arabia": 1}
    assert ListPage(client.get("/commitments/?by=SAU")).titles == ["Lay fibre"]


def test_group_of_a_hidden_forum_is_of_none_of_its_countries_and_sorts_by_no_name(client):
    forum = make_forum("a-forum", ["CHN", "PAK"], name="A forum")
    make_working_group("one", forum=forum, name="One")
    make_working_group("two", forum=make_forum("b-forum", ["PAK"], name="B forum"), name="Two")
    change(forum, state="in_review")
    make_agreement(("CHN", "PAK"))
    page = ListPage(client.get("/working-groups/"))
    assert page.titles == ["Two", "One"]
    assert counts(client, "/working-groups/", "country") == {"Pakistan": 1}
    assert counts(client, "/working-groups/", "forum") == {"B forum": 1}
    assert ListPage(client.get("/working-groups/?country=CHN")).titles == []
    assert WORKING_GROUPS.records(None).count() == 2


def test_hidden_meeting_of_commitments_on_the_page_of_a_pair_is_no_heading(client):
    make_commitment(("PAK",), ("CHN",), title="Of a meeting", meeting=make_meeting(title="Unseen", state="draft"))
    paper = make_agreement(title="Paper")
    make_commitment(("PAK",), ("CHN",), title="Of a paper", agreement=paper)
    body = client.get("/pairs/CHN-PAK/").content.decode()
    occasions = [words(each) for each in parse(body).findall(".//p[@class='occasion']")]
    assert (occasions, "Unseen" in body) == (["Other commitments", "Paper date not known"], False)


def test_migration_derives_anew_what_rested_on_what_is_hidden():
    """As the former version stored it: as if nothing were hidden."""
    forum, ministry = make_forum("jcc", ["CHN", "PAK"], state="published"), make_ministry("published")
    first = make_meeting((), forum=forum, held="2024-01-01")
    make_meeting((), forum=forum, held="2025-01-01")
    awaited = make_commitment(("LKA",), (), meeting=first, due_rule="next_session")
    CommitmentParty.objects.create(commitment=awaited, side="to", words="Companies")
    other = make_commitment(("LKA",), (), meeting=make_meeting((), forum=make_forum(members=["UZB"]), title="Seen"))
    make_sides(ministry)
    for record in (forum, ministry, first):
        type(record).objects.filter(pk=record.pk).update(state="in_review")
    type(forum).objects.filter(pk=other.forum_id).update(state="draft")
    import_module("agreements.migrations.0009_countries_of_what_is_published").let_go(apps, None)
    import_module("meetings.migrations.0011_derived_from_what_is_published").derive_anew(apps, None)
    records = [*Agreement.objects.all(), *Meeting.objects.published(), *Commitment.objects.all()]
    assert [(record, names) for record in records if (names := record.derive())] == []
    assert (fresh(awaited).forum, fresh(awaited).due) == (None, "")

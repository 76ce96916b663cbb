"""Forms and proposals that were filled in before one of two records was taken into the other: they mean the other."""

import pytest

from agreements.models import Agreement
from meetings.models import Commitment, CommitmentParty
from tests.admin.desk import address, errors, fill_row, messages, shown
from tests.admin.proposing import act, lines, opened, propose
from tests.admin.test_merging import merge_address, sent
from tests.factories import make_agreement, make_commitment, make_organisation, make_theme
from tracker.records.models import ProposedChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    return make_organisation("kept", name="Ministry of IT"), make_organisation("gone", name="IT Ministry")


def merge(reviewer, kept, gone):
    assert reviewer.post(merge_address(type(kept)), sent(kept, gone, "merge")).status_code == 302


def with_party(client, commitment, organisation):
    data = shown(client.get(address(Commitment, "change", commitment.pk)))
    place = int(data["parties-TOTAL_FORMS"])
    side = CommitmentParty._meta.get_field("side").choices[0][0]
    fill_row(data, "parties", place, organisation=organisation.pk, side=side)
    return data


def parties(commitment):
    return list(commitment.parties.exclude(organisation=None).values_list("organisation__slug", flat=True))


def test_row_that_names_what_was_taken_in_is_saved_with_what_was_kept(editor, reviewer, two):
    commitment = make_commitment(state="draft")
    data = with_party(editor, commitment, two[1])
    merge(reviewer, *two)
    response = editor.post(address(Commitment, "change", commitment.pk), data)
    assert (response.status_code, parties(commitment)) == (302, ["kept"])


@pytest.mark.parametrize("times", [1, 2])
def test_relation_to_many_that_names_what_was_taken_in_is_saved_with_what_was_kept(editor, reviewer, times):
    agreement, themes = make_agreement(state="draft"), [make_theme(slug) for slug in ("cloud", "clouds", "data")]
    data = shown(editor.get(address(Agreement, "change", agreement.pk)))
    data["themes"] = [themes[1].pk, themes[2].pk]
    for kept, gone in ((themes[0], themes[1]), (themes[2], themes[0]))[:times]:
        merge(reviewer, kept, gone)
    assert editor.post(address(Agreement, "change", agreement.pk), data).status_code == 302
    assert set(agreement.themes.values_list("slug", flat=True)) == ({"cloud", "data"} if times == 1 else {"data"})


def test_form_that_is_refused_shows_what_was_kept_and_sends_it(editor, reviewer, two):
    commitment = make_commitment(state="draft")
    data = with_party(editor, commitment, two[1])
    merge(reviewer, *two)
    page = address(Commitment, "change", commitment.pk)
    response = editor.post(page, data | {"title": ""})
    assert errors(response) == ["This field is required."]
    assert f'<option value="{two[0].pk}" selected>Ministry of IT</option>' in response.content.decode()


def test_proposal_that_names_what_was_taken_in_is_read_and_switched_with_what_was_kept(editor, reviewer, two):
    commitment = make_commitment()
    data = with_party(editor, commitment, two[1])
    assert editor.post(address(Commitment, "change", commitment.pk), data).status_code == 302
    proposal = ProposedChange.objects.get()
    merge(reviewer, *two)
    assert "Organisation: Ministry of IT" in lines(opened(reviewer, proposal))[0][2]
    act(reviewer, proposal, "switch")
    assert parties(commitment) == ["kept"]


def test_proposal_for_a_field_that_names_what_was_taken_in_is_switched(editor, reviewer):
    agreement, (kept, gone) = make_agreement(), (make_theme("cloud"), make_theme("clouds"))
    proposal = propose(editor, agreement, themes=[gone.pk])
    merge(reviewer, kept, gone)
    assert [after for _where, _before, after in lines(opened(reviewer, proposal))] == ["cloud"]
    assert messages(act(reviewer, proposal, "switch")) == ["Switched: what was proposed is now what the record says."]
    assert list(agreement.themes.all()) == [kept]

"""Who organised a meeting, and who was in the chair."""

import pytest

from meetings.models import Delegate
from tests.agreements.test_pages import facts, open_page
from tests.factories import make_meeting, make_organisation, make_person
from tests.registers.reading import exported, words

pytestmark = pytest.mark.django_db


def make_organised(*organisations):
    meeting = make_meeting(title="Ministerial conference")
    meeting.organisers.set(organisations)
    return meeting


def test_organisers_are_shown_exported_found_and_filtered_by(client):
    agency, commission = make_organisation("agesic", name="AGESIC"), make_organisation("eclac", name="ECLAC")
    meeting, _other = make_organised(agency, commission), make_meeting()
    assert facts(open_page(client, meeting))["Organised by"] == "AGESIC, ECLAC"
    for query in ("organiser=eclac", "q=ECLAC"):
        (row,) = exported(client, "meetings", query)
        assert (row["organisers"], row["organisers_in_words"]) == (["agesic", "eclac"], ["AGESIC", "ECLAC"])
    assert exported(client, "meetings", "organisation=eclac") == []  # it need not have taken part
    page = open_page(client, commission)
    assert "/meetings/?organiser=eclac" in [link.get("href") for link in page.iter("a")]


def test_organiser_that_is_not_published_is_not_named(client):
    meeting = make_organised(make_organisation("hidden", name="Secret agency", state="draft"))
    page = open_page(client, meeting)
    assert "Organised by" not in facts(page) and "Secret" not in words(page)
    row = next(row for row in exported(client, "meetings") if row["reference"] == meeting.reference)
    assert row["organisers"] == row["organisers_in_words"] == []
    assert client.get("/meetings.json?organiser=hidden").status_code == 400


def test_who_was_in_the_chair_is_told_apart_from_heads_and_co_chairs(client):
    meeting = make_meeting()
    delegation = meeting.delegations.first()
    Delegate.objects.create(delegation=delegation, person=make_person("Chris Baryomunsi"), role="chair")
    section = words(open_page(client, meeting).find(".//section[@aria-labelledby='delegations']"))
    assert "Chris Baryomunsi chair of the meeting" in section

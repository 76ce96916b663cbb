"""Where references in another case and former slugs lead."""

import pytest

from tests.factories import (
    make_agreement,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
    make_used_theme,
    make_working_group,
)
from tests.registers.reading import parse, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["agr-0001", "Agr-0001", "AGR-0001"])
def test_reference_in_any_case_leads_to_the_record(client, form):
    assert make_agreement().reference == "AGR-0001"
    response = client.get(f"/agreements/{form}/")
    if form == "AGR-0001":
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (301, "/agreements/AGR-0001/")


@pytest.mark.parametrize("form", ["AGR-0002", "AGR-1", "AGR-00001", "MTG-0001", "0001", "AGR-0001 ", "x" * 3000, "ß"])
def test_reference_of_nothing_is_404(client, form):
    make_agreement(), make_meeting(), make_agreement(title="Draft", state="draft")
    assert client.get(f"/agreements/{form}/").status_code == 404


@pytest.mark.parametrize(
    ("make", "room"),
    [
        (make_forum, "forums"),
        (make_working_group, "working-groups"),
        (make_organisation, "organisations"),
        (make_used_theme, "themes"),
    ],
)
def test_old_slug_redirects_to_the_new_one_for_good(client, make, room):
    record = make("first-name")
    for slug in ("second-name", "third-name"):
        record.slug = slug
        record.save()
    for old in ("first-name", "second-name"):
        response = client.get(f"/{room}/{old}/")
        assert (response.status_code, response["Location"]) == (301, f"/{room}/third-name/")
    assert client.get(f"/{room}/third-name/").status_code == 200
    assert client.get(f"/{room}/never-a-name/").status_code == 404


def test_old_slug_of_a_source_redirects_and_of_a_draft_does_not(client):
    source = make_source(slug="old")
    make_agreement(cited=False).citations.create(source=source)
    source.slug = "new"
    source.save()
    assert client.get("/sources/old/")["Location"] == "/sources/new/"
    draft = make_organisation("old-draft", state="draft")
    draft.slug = "new-draft"
    draft.save()
    assert client.get("/organisations/old-draft/").status_code == 404


def test_old_slug_when_another_record_takes_it_leads_to_that_one(client):
    first = make_organisation("ministry", name="First")
    first.slug = "ministry-of-it"
    first.save()
    make_organisation("ministry", name="Second")
    assert words(parse(client.get("/organisations/ministry/").content.decode()).find(".//h1")) == "Second"

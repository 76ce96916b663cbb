"""What third voices said about meetings and commitments: on their pages, and counted nowhere as a commitment."""

import pytest

from meetings.models import Commitment, CommitmentStatement, MeetingStatement
from tests.agreements.test_pages import entries, open_page
from tests.factories import make_commitment, make_country, make_meeting, make_source
from tests.registers.reading import exported, parse, words

pytestmark = pytest.mark.django_db

KINDS = {"meeting": (make_meeting, MeetingStatement), "commitment": (make_commitment, CommitmentStatement)}


@pytest.mark.parametrize("kind", KINDS)
def test_statement_stands_on_the_page_of_its_record_and_is_no_commitment(client, kind):
    make, statement = KINDS[kind]
    record = make()
    number = Commitment.objects.count()
    said = {kind: record, "source": make_source(title="Protest note"), "locator": "page 2"}
    statement.objects.create(kind="protest", country=make_country("UZB"), on="2022-06-17", text="It objects.", **said)
    page = open_page(client, record)
    mark = words(page.find(".//section[@aria-labelledby='statements']//sup"))
    assert entries(page, "statements") == [f"Uzbekistan{mark} protest 17 June 2022 It objects."]
    assert "Protest note" in words(page.find(".//section[@aria-labelledby='sources']"))
    assert (Commitment.objects.count(), len(exported(client, "commitments"))) == (number, number)
    assert "UZB" not in record.countries.values_list("code", flat=True)
    told = words(parse(client.get("/").content.decode()).find(".//p[@class='tally']"))
    assert f"· {number} commitment" in told

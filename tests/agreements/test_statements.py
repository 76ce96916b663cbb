"""What third voices said about a record: on its page with voice and source, and counted nowhere."""

import pytest

from agreements.models import AgreementStatement, ForumStatement, WorkingGroupStatement
from tests.agreements.test_pages import entries, open_page
from tests.factories import (
    make_agreement,
    make_country,
    make_forum,
    make_organisation,
    make_person,
    make_source,
    make_working_group,
)
from tests.registers.reading import words

pytestmark = pytest.mark.django_db

KINDS = {
    "agreement": (make_agreement, AgreementStatement),
    "forum": (make_forum, ForumStatement),
    "group": (make_working_group, WorkingGroupStatement),
}


@pytest.mark.parametrize("kind", KINDS)
def test_statement_stands_on_the_page_of_its_record_with_its_voice_and_its_source(client, kind):
    make, statement = KINDS[kind]
    record, source = make(), make_source(title="Protest note")
    said = {kind: record, "source": source, "locator": "page 2"}
    statement.objects.create(kind="protest", country=make_country("UZB"), on="2022-06-17", text="It objects.", **said)
    speaker = make_person("Xiao Yaqing")
    statement.objects.create(kind="wish", person=speaker, office="Minister", text="Faster, please.", **said)
    statement.objects.create(kind="comment", words="a newspaper’s editorial", on="2024", text="Too little.", **said)
    page = open_page(client, record)
    number = words(page.find(".//section[@aria-labelledby='statements']//sup"))
    assert entries(page, "statements") == [
        f"Xiao Yaqing{number} request or wish Minister date not known Faster, please.",
        f"Uzbekistan{number} protest 17 June 2022 It objects.",
        f"a newspaper’s editorial{number} comment 2024 Too little.",
    ]
    assert "Protest note" in words(page.find(".//section[@aria-labelledby='sources']"))


@pytest.mark.parametrize("kind", KINDS)
def test_record_of_which_nobody_said_anything_has_no_section_for_it(client, kind):
    page = open_page(client, KINDS[kind][0]())
    assert page.findall(".//section[@aria-labelledby='statements']") == []


def test_statement_of_an_organisation_leads_to_its_page_and_counts_nowhere(client):
    agreement = make_agreement()
    company = make_organisation("huawei", name="Huawei", kind="enterprise", country=make_country("UZB"))
    AgreementStatement.objects.create(
        agreement=agreement, kind="pledge", organisation=company, text="To invest.", source=make_source()
    )
    page = open_page(client, agreement)
    assert page.find(".//section[@aria-labelledby='statements']//a").get("href") == company.get_absolute_url()
    agreement.refresh_from_db()
    assert [country.code for country in agreement.countries.order_by("code")] == ["CHN", "PAK"]
    assert agreement.commitments.count() == 0

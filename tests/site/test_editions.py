"""What a page says of itself on paper: which pages do, their address, day and data version; the sources of a pair."""

import pytest
from django.test import override_settings
from django.utils import timezone

from agreements.models import AgreementCitation, ForumCitation
from meetings.followups import answers
from meetings.models import CommitmentCitation, FocalPoint, MeetingCitation
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_source,
    make_theme,
    make_working_group,
)
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tests.registers.reading import parse, words
from tests.site.test_pages import open_page
from tracker.records import edtf
from tracker.records.models import DataVersion
from tracker.site.pair import PairPage
from tracker.site.registers import REGISTERS

pytestmark = pytest.mark.django_db

SITE = "https://tracker.example.org"


def colophon(page):
    """The address and the sentence at the foot; nothing where there are none."""
    found = page.find(".//div[@id='colophon']")
    return [words(line) for line in found] if found is not None else []


def printed(address):
    day = edtf.in_words(timezone.localdate().isoformat())
    return [f"Address of this page: {SITE}{address}", f"State of {day}, data version {DataVersion.current()}."]


@override_settings(SITE_URL=SITE)
def test_every_public_page_names_its_address_day_and_version(client):
    forum, agreement = make_forum(members=("CHN", "PAK")), make_agreement(("CHN", "PAK"), themes=["cloud"])
    meeting = make_meeting(("CHN", "PAK"), forum=forum)
    commitment = make_commitment(("PAK",), ("CHN",), meeting=meeting)
    source = make_source()
    AgreementCitation.objects.create(record=agreement, source=source)
    records = [forum, agreement, meeting, commitment, source, make_theme(), make_working_group(), make_country("PAK")]
    addresses = [record.get_absolute_url() for record in records]
    addresses += [f"/{register.name}/" for register in REGISTERS]
    addresses += ["/", "/about/", "/pairs/", "/pairs/CHN-PAK/", "/commitments/?country=PAK&country=CHN&sort=-due"]
    assert {address: colophon(open_page(client, address)) for address in addresses} == {
        address: printed(address) for address in addresses
    }


@override_settings(SITE_URL=SITE)
def test_record_is_cited_by_the_address_of_the_site_whatever_host_was_asked(client):
    agreement = make_agreement()
    page = open_page(client, agreement.get_absolute_url() + "?utm_source=mail")
    assert words(page.find(".//p[@class='cite-text']")).endswith(f", from {SITE}/agreements/{agreement.reference}/")
    assert colophon(page)[0] == f"Address of this page: {SITE}/agreements/{agreement.reference}/"
    assert page.get("data-address") == f"tracker.example.org/agreements/{agreement.reference}/"


def test_list_of_another_page_says_which_rows_it_shows(client):
    make_agreement(themes=[f"theme-{number}" for number in range(31)])
    page = open_page(client, "/themes/?page=2")
    line = "Rows 31–31 of 31 themes; the export has all: http://testserver/themes.csv"
    assert words(page.find(".//p[@class='printed-rows print-only']")) == line


def test_page_behind_a_signed_link_does_not_print_it(client):
    """Whoever holds the address may answer."""
    person = make_focal_person()
    commitment = make_due(today=timezone.localdate())
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    reminder = make_reminder(commitment, person)
    for link in (answers.link(reminder), answers.list_link(reminder.delivery, person)):
        response = client.get(link)
        page = parse(response.content.decode())
        assert (response.status_code, colophon(page), page.get("data-address")) == (200, [], None)


def test_page_that_was_not_found_names_no_address(client):
    assert colophon(parse(client.get("/nothing-here/").content.decode())) == []


def test_sources_of_a_pair_are_numbered_once_in_the_order_of_the_page():
    forum = make_forum(members=("CHN", "PAK"))
    meeting = make_meeting(("CHN", "PAK"), forum=forum)
    loose, agreement = make_meeting(("CHN", "PAK")), make_agreement(("CHN", "PAK"))
    commitment = make_commitment(("PAK",), ("CHN",), meeting=meeting)
    sources = [make_source() for _number in range(5)]
    for citation, record, cited in (
        (MeetingCitation, loose, (4, 0)),
        (AgreementCitation, agreement, (3,)),
        (MeetingCitation, meeting, (1,)),
        (ForumCitation, forum, (2,)),
        (CommitmentCitation, commitment, (0, 1)),
    ):
        record.citations.all().delete()
        for place in cited:
            citation.objects.create(record=record, source=sources[place], locator="page 1")
    page = PairPage(make_country("CHN"), make_country("PAK"), timezone.localdate())
    numbered = page.numbered_sources
    assert [(entry["number"], entry["source"], entry["locators"]) for entry in numbered] == [
        (number, source, []) for number, source in enumerate(sources, 1)
    ]
    (promised,) = page.lists.open
    assert {citation.source: citation.marks for citation in promised.cited} == {
        sources[0]: [1],
        sources[1]: [2],
    }

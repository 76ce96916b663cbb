"""The maps for search engines name every public page, in each language, and nothing else."""

import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.factories import make_agreement
from tests.parts import ENGLISH_FIRST
from tests.registers import world as of_the_tests
from tests.site.crawl import crawl
from tracker.records.models import Revision, one_change
from tracker.site import sitemaps
from tracker.site.addresses import in_language, language_of

LOCATION = re.compile(r"<loc>http://testserver(.*?)</loc>")


def mapped(client):
    """All addresses that the maps name, each as often as it is named."""
    found = []
    for address in LOCATION.findall(client.get("/sitemap.xml").content.decode()):
        response = client.get(address.replace("&amp;", "&"))
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml"), address
        found += LOCATION.findall(response.content.decode())
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_maps_name_every_page_that_links_lead_to(client, language):
    with of_the_tests.for_a_while():
        pages = {address for address in crawl(Client(), language=language) if address.endswith("/")}
        found = [address for address in mapped(client) if language_of(address) == language]
        # Forms, and what belongs to the page of a record: its history, and its days.
        further = ("/report-an-error/", "/history/", f"/{localdate()}/")
        closed = {page for page in pages if any(part in page for part in further)}
        assert closed and sorted([*found, in_language("/search/", language)]) == sorted(pages - closed)


@pytest.mark.django_db
def test_map_is_cut_into_several_and_says_when_a_record_changed(client, monkeypatch):
    monkeypatch.setattr(sitemaps.PublicSitemap, "limit", 6)
    with one_change():
        agreements = [make_agreement(title=f"Alpha {number}") for number in range(5)]
    found = mapped(client)
    for agreement in agreements:
        assert found.count(agreement.get_absolute_url()) == 1
    changed = {revision.made_at.date().isoformat() for revision in Revision.objects.all()}
    told = set(re.findall("<lastmod>(.*?)</lastmod>", client.get("/sitemap-agreements.xml?p=2").content.decode()))
    assert told == changed
    assert client.get("/sitemap-nothing.xml").status_code == 404

"""Where readers find a source: its own page, the records that cite it, and the exports."""

import json

import pytest

from tests.factories import make_agreement, make_source
from tests.registers.reading import parse

pytestmark = pytest.mark.django_db


def links(client, record):
    return [link.get("href") for link in parse(client.get(record.get_absolute_url()).content.decode()).iter("a")]


def test_source_kept_by_an_archive_leads_to_the_copy_from_the_record_and_from_its_own_page(client):
    archived = "https://archive.example.org/2026/a"
    agreement = make_agreement(cited=False)
    source = make_source(url="https://example.org/a", archive_url=archived)
    agreement.citations.create(source=source)
    assert [links(client, record).count(archived) for record in (agreement, source)] == [1, 1]
    (row,) = json.loads(client.get("/sources.json").getvalue())["records"]
    assert (row["url"], row["archive_url"]) == (source.url, archived)


@pytest.mark.parametrize(("language", "named"), [("ta", "Tamil"), ("zh-hans", "Simplified Chinese")])
def test_language_of_a_source_is_named_where_it_has_a_name(client, language, named):
    agreement = make_agreement(cited=False)
    source = make_source(language=language)
    agreement.citations.create(source=source)
    page = parse(client.get(source.get_absolute_url()).content.decode())
    assert named in " ".join(page.find(".//main").itertext())

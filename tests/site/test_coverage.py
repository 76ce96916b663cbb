"""What was read: each number is that of the list it opens, and nothing is said of what nobody noted."""

import pytest
from django.utils.timezone import localdate

from tests.factories import make_agreement, make_commitment, make_meeting, make_source
from tests.registers.reading import ListPage, parse, words
from tracker.registers import keeping
from tracker.site.registers import REGISTERS

pytestmark = pytest.mark.django_db


def cite(record, **fields):
    record.citations.create(source=make_source(**fields))
    return record


@pytest.fixture(params=[False, True], ids=["database", "index"])
def read(request, client, settings, tmp_path):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()

    def read(address="/about/"):
        for register in REGISTERS if request.param else ():
            keeping.prepare(register, localdate())
        return parse(client.get(address).content.decode())

    yield read
    keeping.forget()


def test_sources_are_counted_by_kind_and_language_and_lead_to_their_lists(read, client):
    kinds = ({"language": "en"}, {"language": "ur"}, {"language": "en", "evidence": "official"})
    for number, fields in enumerate(kinds):
        cite(make_agreement(title=f"Paper {number}", cited=False), **fields)
    cite(make_agreement(state="draft", cited=False), language="zh")
    part = read().find(".//section[@aria-labelledby='coverage']")
    assert "The published records rest on 3 sources." in words(part.find("p"))
    links = part.findall("ul/li/a")
    assert len(links) >= 4
    for link in links:
        number = words(next(item for item in part.iter("li") if link in list(item)).find("span"))
        assert ListPage(client.get(link.get("href"))).count.split()[0] == number


def test_day_of_the_last_look_is_told_only_where_it_was_noted(read):
    commitment = make_commitment(meeting=make_meeting())
    assert "last looked for" not in words(read().find(".//section[@aria-labelledby='coverage']"))
    said = words(read("/pairs/CHN-PAK/").find(".//section[@aria-labelledby='read']"))
    assert "When news of its commitments was last looked for is not recorded." in said
    commitment.look_again(localdate().replace(year=2025, month=3, day=12))
    page = read("/pairs/CHN-PAK/").find(".//section[@aria-labelledby='read']")
    assert "News of its commitments was last looked for on 12 March 2025." in words(page)
    about = words(read().find(".//section[@aria-labelledby='coverage']"))
    assert "looked for news of a commitment on 12 March 2025" in about


@pytest.mark.parametrize(("contact", "shown"), [("", []), ("mailto:desk@example.org", ["desk@example.org"])])
def test_contact_is_named_where_it_is_given(client, settings, contact, shown):
    settings.CONTACT, settings.PUBLISHER = contact, "House of Records"
    part = parse(client.get("/about/").content.decode()).find(".//section[@aria-labelledby='contact']")
    assert "Published by: House of Records." in words(part)
    assert [(words(link), link.get("href")) for link in part.iter("a")] == [(each, contact) for each in shown]

"""On a page in Urdu or Chinese, what editors wrote in English says so (WCAG 2.2, 3.1.2), and nothing else does."""

import re
from itertools import chain

import pytest
from django.test import Client

from agreements.models import Agreement, Country, Forum, Organisation, Theme, WorkingGroup
from meetings.models import Commitment, Meeting
from tests.registers.reading import parse, texts, unmarked
from tracker.records.models import Source
from tracker.site.addresses import in_language

pytestmark = pytest.mark.usefixtures("starter_data")

KINDS = [Agreement, Commitment, Country, Forum, Meeting, Organisation, Source, Theme, WorkingGroup]
PAGES = ["/", "/about/", "/pairs/", "/pairs/CHN-PAK/", "/pairs/LKA-PAK/"]
OTHER_SCRIPT = re.compile(r"[\u0600-\u06ff\u4e00-\u9fff]")
OTHER_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]|[０-９]")


def sample():
    """Of each kind the records that say most: those with the longest text, and those with most sources or rows."""
    for kind in KINDS:
        records = list(kind.objects.published() if hasattr(kind.objects, "published") else kind.objects.all())
        names = [field.name for field in kind._meta.concrete_fields if field.get_internal_type() == "TextField"]
        chosen = [max(records, key=lambda record, name=name: len(getattr(record, name) or "")) for name in names]
        for relation in kind._meta.related_objects:
            if name := relation.get_accessor_name():
                chosen.append(max(records, key=lambda record, name=name: _number(record, name)))
        yield from {record.get_absolute_url() for record in chosen or records[:3]}


def _number(record, name):
    related = getattr(record, name, None)
    return related.count() if hasattr(related, "count") else 0


def lists():
    return [f"/{name}/" for name in ("agreements", "meetings", "commitments", "forums", "working-groups")] + [
        f"/{name}/" for name in ("organisations", "themes", "countries", "sources")
    ]


@pytest.fixture(scope="module", params=["ur", pytest.param("zh-hans", marks=pytest.mark.thorough)])
def pages(request, starter_data, django_db_blocker):
    """``{address: its tree}``: all in Urdu, or every third in Chinese, which is marked by the same templates."""
    with django_db_blocker.unblock():
        pages = [in_language(address, request.param) for address in chain(PAGES, lists(), sorted(sample()))]
        read = pages[::3] if request.param == "zh-hans" else pages
        yield {address: parse(Client().get(address).content.decode()) for address in read}


def test_text_in_latin_letters_says_that_it_is_in_another_language(pages):
    assert len(pages) > (60 if "/ur/" in pages else 20)
    found = {address: set(unmarked(root, address.split("/")[1])) for address, root in pages.items()}
    assert {address: some for address, some in found.items() if some} == {}


def test_words_of_the_page_do_not_say_that_they_are_in_another_language(pages):
    found = {
        (text.strip(), said)
        for address, root in pages.items()
        for text, said in texts(root.find("body"))
        if said == "en" and OTHER_SCRIPT.search(text)
    }
    assert found == set()


def test_digits_are_the_same_in_every_language(pages):
    assert {text for root in pages.values() for text, _language in texts(root) if OTHER_DIGITS.search(text)} == set()


def test_text_that_nobody_marks_is_found():
    marked = parse('<html lang="ur"><body><p>متن <b lang="en">Deal</b> PAK COM-0001 <a>CSV</a></p></body></html>')
    assert list(unmarked(marked, "ur")) == []
    wrong = parse('<html lang="ur"><body><p>متن <b lang="en">Deal</b> by Pakistan</p><i>PAK x Deal</i></body></html>')
    assert list(unmarked(wrong, "ur")) == ["by Pakistan", "PAK x Deal"]

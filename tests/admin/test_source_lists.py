"""The list of sources shows what is to be looked up, and their form takes the address of a copy."""

import pytest

from tests.admin.desk import address, errors, shown
from tests.admin.test_lists import listed
from tests.factories import make_source
from tracker.records.models import Source

pytestmark = pytest.mark.django_db
PAGE, COPY = "https://example.org/news", "https://web.archive.org/web/2026/https://example.org/news"


def test_sources_that_lack_something_are_views_of_the_list(editor):
    make_source(title="Whole", url=PAGE, archive_url=COPY)
    untitled = make_source(title="", url="https://example.org/other", archive_url="https://web.archive.org/other")
    printed = make_source(title="A printed volume", url="")
    unkept = make_source(title="Unkept", url="https://example.org/third", archive_url="")
    unsaid = make_source(title="Unsaid", url="https://example.org/4", archive_url=f"{COPY}/4", evidence="unstated")
    lacks = ("title", "address", "archive", "kind")
    found = {name: listed(editor, Source, f"?lacks={name}") for name in lacks}
    assert found["title"] == [untitled] and found["address"] == [printed] and found["archive"] == [unkept]
    assert found["kind"] == [unsaid]


def test_address_of_a_copy_is_filled_in_by_hand(editor):
    source = make_source(title="News", url=PAGE)
    page = address(Source, "change", source.pk)
    refused = editor.post(page, shown(editor.get(page)) | {"archive_url": PAGE})
    assert errors(refused) == ["This is the address of the document itself: give that of the copy."]
    assert editor.post(page, shown(editor.get(page)) | {"archive_url": COPY}).status_code == 302
    source.refresh_from_db()
    assert source.archive_url == COPY

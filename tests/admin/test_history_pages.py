"""The pages of a record's history as they are read: reasons and values in the reader's language."""

import re
from datetime import UTC, datetime

import pytest

from tests.admin.desk import address
from tests.factories import make_agreement
from tracker.records.models import Revision
from tracker.records.publication import publish_due
from tracker.records.restoring import restore, restore_row

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)


def text_of(response):
    """What a page says, without its marks."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def read(client, record, page, *args, language="en"):
    return client.get(address(type(record), page, record.pk, *args), headers={"accept-language": language})


# Reasons


def publish_at_the_moment(agreement):
    publish_due(MOMENT)


def change_what_was_approved(agreement):
    agreement.title = "Another"
    agreement.save()


def bring_it_back(agreement):
    agreement.title = "Another"
    agreement.save()
    restore(type(agreement), Revision.objects.of(agreement).get(number=1), {"title"})


def bring_a_row_back(agreement):
    key = str(agreement.parties.first().pk)
    agreement.parties.first().delete()
    restore_row(agreement.parties.model, Revision.objects.of(agreement).get(number=1), key)


REASONS = {
    publish_at_the_moment: "مقررہ وقت پر شائع ہوا",
    change_what_was_approved: "اشاعت کی منظوری کے بعد تبدیلی ہوئی: مقررہ وقت منسوخ",
    bring_it_back: "سابقہ مندرجات بحال کیے گئے",
    bring_a_row_back: "سابقہ مندرجات بحال کیے گئے",
}


@pytest.mark.parametrize(("act", "words"), REASONS.items())
def test_reason_of_a_change_is_read_in_the_language_of_the_reader(reviewer, act, words):
    agreement = make_agreement(state="in_review", publish_at=MOMENT)
    act(agreement)
    last = Revision.objects.of(agreement).editorial().newest_first()[0]
    for language, expected in (("en", last.reason), ("ur", words)):
        assert f"({expected})" in text_of(read(reviewer, agreement, "history", language=language))
        assert f"· {expected}" in text_of(read(reviewer, agreement, "revision", last.number, language=language))


def test_change_without_a_reason_shows_none(reviewer):
    """gettext translates nothing into the head of the catalogue."""
    agreement = make_agreement()
    for page in (["history"], ["revision", 1]):
        assert "Content-Type" not in text_of(read(reviewer, agreement, *page, language="ur"))

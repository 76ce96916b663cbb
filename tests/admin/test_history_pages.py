"""The pages of a record's history as they are read: reasons and values in the reader's language."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from agreements.models import Absence
from meetings.models import AgreementFigure, FollowUpHold
from tests.admin.desk import address
from tests.factories import make_agreement, make_person
from tracker.accounts.models import User
from tracker.records.models import Revision
from tracker.records.publication import publish_due
from tracker.records.restoring import restore, restore_row

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)


def text_of(response):
    """What a page says, without its marks."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def read(client, record, page, *args, language="en"):
    User.objects.update(language=language)  # as their account says
    return client.get(address(type(record), page, record.pk, *args))


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


# Values


def make_moment():
    return make_agreement(state="in_review", publish_at=MOMENT)


def make_day():
    return FollowUpHold.objects.create(person=make_person(), until=date(2026, 3, 1))


def make_day_of_a_row():
    person = make_person()
    Absence.objects.create(person=person, starts=date(2026, 3, 1), ends=date(2026, 3, 1))
    return person


def make_amount():
    agreement = make_agreement()
    AgreementFigure.objects.create(agreement=agreement, what="cost", amount=Decimal("12.5"), unit="USD")
    return agreement


VALUES = {
    make_moment: {"en": "Publish at March 2, 2026, 3:30 a.m.", "zh-hans": "2026年3月2日 03:30"},
    make_day: {"en": "Until March 1, 2026", "zh-hans": "2026年3月1日"},
    make_day_of_a_row: {"en": "Until : March 1, 2026", "zh-hans": "2026年3月1日"},
    make_amount: {"en": "Amount : 12.5000", "zh-hans": "12.5000"},
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("make", VALUES)
def test_value_of_a_revision_is_read_as_the_language_writes_it_and_in_the_time_zone_of_the_site(
    superuser, settings, make, language
):
    settings.TIME_ZONE = "Asia/Karachi"
    record = make()
    number = Revision.objects.of(record).newest_first()[0].number
    assert VALUES[make][language] in text_of(read(superuser, record, "revision", number, language=language))


@pytest.mark.parametrize(("language", "arrow"), [("en", "→"), ("ur", "←"), ("zh-hans", "→")])
def test_arrow_from_a_value_to_another_points_the_way_one_reads(reviewer, language, arrow):
    agreement = make_agreement(title="Old")
    agreement.title = "<b>New"
    agreement.save()
    page = read(reviewer, agreement, "history", language=language).content.decode()
    assert f"<bdi>Old</bdi> {arrow} <bdi>&lt;b&gt;New</bdi>" in page

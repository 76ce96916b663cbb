"""How often the database is asked for a feed or a calendar: as often for one entry as for thirty."""

import pytest
from django.db import transaction
from django.utils import timezone

from tests.site.crowd import gather
from tracker.records.models import latest, one_change
from tracker.registers import calendar_file
from tracker.site.registers import REGISTERS

# What to change in a record of each.
CHANGED = {
    "agreements": "description",
    "meetings": "summary",
    "commitments": "text",
    "forums": "abbreviation",
    "working-groups": "description",
    "organisations": "abbreviation",
    "people": "other_names",
    "countries": "other_names",
    "themes": "description",
    "sources": "note",
}
# How often the database is asked for a feed.
ASKED = {
    "agreements": 13,
    "meetings": 14,
    "commitments": 18,
    "forums": 10,
    "working-groups": 13,
    "organisations": 8,
    "people": 8,
    "countries": 6,
    "themes": 6,
    "sources": 6,
}


@pytest.fixture(scope="module", params=[1, 30])
def changed(request, django_db_setup, django_db_blocker):
    """One, or thirty, of everything; all of it was changed since it was made."""
    with django_db_blocker.unblock(), transaction.atomic():
        gather(request.param)
        with one_change():
            for register in REGISTERS:
                for record in register.records(timezone.localdate()):
                    setattr(record, CHANGED[register.name], "Changed.")
                    record.save()
        yield request.param
        transaction.set_rollback(True)


@pytest.mark.parametrize(("register", "number"), ASKED.items(), ids=ASKED)
def test_feed_asks_as_often_for_one_entry_as_for_thirty(changed, client, django_assert_num_queries, register, number):
    with django_assert_num_queries(number):
        body = client.get(f"/{register}.atom").content
    assert body.count(b"<entry>") >= changed


@pytest.mark.parametrize("register", ["agreements", "commitments", "sources"])
def test_feed_of_a_long_list_asks_as_often(changed, client, django_assert_num_queries, register, monkeypatch):
    monkeypatch.setattr(latest, "FEW", 0)
    with django_assert_num_queries(ASKED[register]):
        assert client.get(f"/{register}.atom").content.count(b"<entry>") >= changed


@pytest.mark.parametrize(("register", "number"), {"agreements": 12, "meetings": 13, "commitments": 15}.items())
def test_calendar_asks_as_often_for_one_record_as_for_thirty(
    changed, client, django_assert_num_queries, register, number, monkeypatch
):
    monkeypatch.setattr(calendar_file, "FIRST", 1000)
    with django_assert_num_queries(number):
        body = client.get(f"/{register}.ics").getvalue()
    assert body.count(b"BEGIN:VEVENT") >= changed

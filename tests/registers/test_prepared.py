"""Records that a prepared query finds are those that Django's own would find, with all that belongs to them."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate

from agreements.models import Country
from meetings.models import Meeting, ProgressUpdate
from meetings.registers import COMMITMENTS
from tests.factories import make_commitment, make_country, make_meeting, make_source
from tracker.registers.prepared import RowsOf, records_of_page
from tracker.site.registers import REGISTERS


def all_of(record, *around):
    """What there is of a record in memory: columns, annotations, and the records it leads to but for those that lead to
    it."""
    around = (*around, record)
    values = {name: value for name, value in vars(record).items() if not name.startswith("_")}
    leads = {name: other for name, other in record._state.fields_cache.items() if other not in around}
    related = {name: other and all_of(other, *around) for name, other in leads.items()}
    many = getattr(record, "_prefetched_objects_cache", {})
    return values, related, {name: [all_of(each, *around) for each in others] for name, others in many.items()}


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_page_has_the_records_that_the_register_shows(world, register, language):
    for today in (localdate(), localdate() + timedelta(days=4000), localdate()):
        with translation.override(language):
            expected = {
                record.pk: all_of(record) for record in register.shown((register.rows or register.records)(today))
            }
            keys = sorted(expected, reverse=True)
            with CaptureQueriesContext(connection) as first:
                found = records_of_page(register, today, keys)
            assert [record.pk for record in found] == keys != []
            assert {record.pk: all_of(record) for record in found} == expected
            with CaptureQueriesContext(connection) as second:
                records_of_page(register, today, keys[:1])
            assert len(second) <= len(first)


@pytest.mark.django_db
def test_page_has_what_is_there_now_and_nobody_who_is_hidden():
    one, other = make_commitment(title="One"), make_commitment(title="Other")
    keys = [other.pk, one.pk, 10**9]
    assert [record.title for record in records_of_page(COMMITMENTS, localdate(), keys)] == ["Other", "One"]
    one.title = "One since"
    one.save()
    other.state = "withdrawn"
    other.save()
    assert [record.title for record in records_of_page(COMMITMENTS, localdate(), keys)] == ["One since"]
    assert records_of_page(COMMITMENTS, localdate(), []) == []


@pytest.mark.django_db
def test_page_names_who_speaks_in_the_language_in_force():
    pakistan = make_country("PAK", name_ur="پاکستان")
    Country.objects.filter(pk=pakistan.pk).update(name_ur="پاکستان")
    commitment = make_commitment()
    ProgressUpdate.objects.create(
        commitment=commitment, side=pakistan, as_of="2025", progress="under_way", state="published"
    )
    for language, name in (("en", "Pakistan"), ("ur", "پاکستان"), ("en", "Pakistan")):
        with translation.override(language):
            (record,) = records_of_page(COMMITMENTS, localdate(), [commitment.pk])
            assert record.speaker == name


@pytest.mark.django_db(transaction=True)
def test_other_threads_ask_by_their_own_connection():
    commitment, found = make_commitment(title="One"), []
    records_of_page(COMMITMENTS, localdate(), [commitment.pk])

    def ask():
        try:
            found.extend(records_of_page(COMMITMENTS, localdate(), [commitment.pk]))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [record.title for record in found] == ["One"] * 4


@pytest.mark.django_db
def test_rows_of_a_record_are_its_own_in_their_order_and_know_it():
    outcomes = RowsOf(Meeting.outcomes, lambda rows: rows.select_related("source"))
    one, other, empty = (make_meeting() for _meeting in range(3))
    for meeting, position in ((one, 2), (other, 1), (one, 1)):
        meeting.outcomes.create(kind="decision", text=f"{position}", position=position, source=make_source())
    for meeting in (one, other, empty, one):
        rows, expected = outcomes(meeting), list(meeting.outcomes.all())
        assert rows == expected
        with CaptureQueriesContext(connection) as asked:
            assert [(row.meeting is meeting, row.source.title != "") for row in rows] == [(True, True)] * len(rows)
        assert len(asked) == 0
    one.outcomes.all().delete()
    assert outcomes(one) == []

"""The data version: every committed change moves it, nothing else does."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agreements.models import AgreementEvent, AgreementParty, Country
from agreements.registers import AGREEMENTS
from meetings.models import Delegate, Delegation, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tracker.records.models import DataVersion, one_change, one_reading


@pytest.fixture
def moved(db):
    """How far the version has moved since it was last asked."""
    seen = DataVersion.current()

    def since():
        nonlocal seen
        before, seen = seen, DataVersion.current()
        return seen - before

    return since


MAKERS = [
    *[make_agreement, make_commitment, make_country, make_forum, make_meeting],
    *[make_organisation, make_person, make_source, make_theme, make_working_group],
]


@pytest.mark.django_db
def test_version_of_an_empty_database_is_nought():
    DataVersion.objects.all().delete()
    assert DataVersion.current() == 0


@pytest.mark.django_db
def test_version_when_first_moved_is_one():
    DataVersion.objects.all().delete()
    DataVersion.bump()
    assert DataVersion.current() == 1


@pytest.mark.parametrize("make", MAKERS)
def test_version_when_a_record_is_saved_moves_by_one(make, moved):
    record = make()
    moved()
    record.save()
    assert moved() == 1


@pytest.mark.parametrize("make", MAKERS)
def test_version_when_a_record_is_deleted_moves_by_one(make, moved):
    record = make()
    moved()
    record.delete()
    assert moved() == 1


def test_version_when_a_row_is_saved_or_deleted_moves_by_one(moved):
    agreement = make_agreement()
    moved()
    event = AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2020")
    assert moved() == 1
    event.on = "2021"
    event.save()
    assert moved() == 1
    event.delete()
    assert moved() == 1


def test_version_when_a_row_of_a_row_is_saved_or_deleted_moves_by_one(moved):
    delegation = make_meeting().delegations.first()
    person = make_person()
    moved()
    delegate = Delegate.objects.create(delegation=delegation, person=person)
    assert moved() == 1
    delegate.delete()
    assert moved() == 1


def test_version_when_data_are_read_stays(moved):
    make_agreement()
    moved()
    assert AGREEMENTS.records(timezone.now()).count() == 1
    DataVersion.current()
    assert moved() == 0


def test_version_when_its_transaction_is_rolled_back_is_as_before(moved):
    agreement = make_agreement()
    moved()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        agreement.save()
        make_meeting()
        raise ZeroDivisionError
    assert moved() == 0


def test_version_when_saving_fails_is_as_before(moved):
    agreement = make_agreement()
    moved()
    with pytest.raises(ValueError, match="unsaved related object"):
        AgreementParty(agreement=agreement, country=Country(code="XYZ")).save()
    assert moved() == 0


def test_change_derives_each_record_once_and_moves_the_version_by_one(moved):
    agreement, meeting = make_agreement(parties=()), make_meeting(delegations=())
    countries = [make_country("CHN"), make_country("PAK")]
    moved()
    with one_change():
        for country in countries:
            AgreementParty.objects.create(agreement=agreement, country=country)
            Delegation.objects.create(meeting=meeting, country=country)
        assert (agreement.countries.count(), meeting.countries.count(), moved()) == (0, 0, 0)
    assert (set(agreement.countries.all()), set(meeting.countries.all())) == (set(countries), set(countries))
    assert moved() == 1


def test_change_in_which_nothing_is_saved_is_none(moved):
    with one_change():
        make_country("PAK")
    assert moved() == 1
    with one_change():
        make_country("PAK")
    assert moved() == 0


def test_change_that_fails_leaves_nothing_behind(moved):
    agreement = make_agreement(parties=())
    moved()
    with pytest.raises(ZeroDivisionError), one_change():
        AgreementParty.objects.create(agreement=agreement, words="enterprises")
        raise ZeroDivisionError
    assert (agreement.parties.count(), moved()) == (0, 0)
    AgreementParty.objects.create(agreement=agreement, country=make_country())
    assert agreement.countries.count() == 1, "after a failed change, records are derived at once again"


def test_row_that_moves_to_another_record_counts_no_longer_for_the_former(db):
    one, other = make_agreement(), make_agreement(parties=())
    party = one.parties.get(country__code="CHN")
    party.agreement = other
    party.save()
    assert [sorted(each.countries.values_list("code", flat=True)) for each in (one, other)] == [["PAK"], ["CHN"]]


def test_progress_update_that_moves_to_another_commitment_takes_its_progress_along(db):
    one, other = make_commitment(), make_commitment()
    update = ProgressUpdate.objects.create(commitment=one, state="published", progress="limited", as_of="2026")
    update.commitment = other
    update.save()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.progress, other.progress) == ("no_information", "limited")


def test_moment_of_the_last_change_is_kept_with_the_number(db):
    before = timezone.now()
    make_forum()
    assert before <= DataVersion.objects.values_list("changed_at", flat=True).get() <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_reading_within_a_reading_belongs_to_it_and_sees_nothing_of_what_others_change():
    def change():
        make_country("LKA")
        connection.close()

    with one_reading():
        before = DataVersion.current()
        with one_reading():
            assert DataVersion.current() == before
        other = Thread(target=change)
        other.start()
        other.join()
        assert (DataVersion.current(), Country.objects.count()) == (before, 0)
    assert (DataVersion.current(), Country.objects.count()) == (before + 1, 1)

"""References are given once and for ever; slugs may change, and their old forms still lead to the record."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Agreement, Forum, Person, Theme
from meetings.models import Commitment, Meeting
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tracker.records.models import DataVersion, ReferenceCounter, SlugAlias


def in_threads(jobs):
    """Run the jobs at the same time, each with a connection of its own; return the errors they ended in."""
    errors, start = [], threading.Barrier(len(jobs))

    def run(job):
        try:
            start.wait(timeout=20)
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "prefix"), [(make_agreement, "AGR"), (make_meeting, "MTG"), (make_commitment, "COM")])
def test_references_when_records_are_saved_are_given_in_order(make, prefix):
    assert [make().reference for _ in range(3)] == [f"{prefix}-0001", f"{prefix}-0002", f"{prefix}-0003"]


@pytest.mark.django_db
def test_reference_when_the_record_is_saved_again_stays():
    meeting = make_meeting()
    meeting.save()
    assert (meeting.reference, str(ReferenceCounter.objects.get())) == ("MTG-0001", "MTG-0001")


@pytest.mark.django_db
def test_reference_of_a_deleted_record_is_never_given_again():
    make_agreement()
    make_agreement().delete()
    assert make_agreement().reference == "AGR-0003"


@pytest.mark.django_db
def test_reference_given_from_outside_is_kept_and_those_after_it_follow():
    make_meeting(reference="MTG-0042")
    assert [make_meeting().reference, make_meeting(reference="MTG-0007").reference] == ["MTG-0043", "MTG-0007"]
    assert make_meeting().reference == "MTG-0044"


@pytest.mark.django_db
def test_reference_past_four_digits_gets_a_fifth():
    make_meeting(reference="MTG-9999")
    assert make_meeting().reference == "MTG-10000"


@pytest.mark.django_db
def test_reference_when_saving_fails_is_not_used_up():
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(title="Made nowhere", strength="agreed")
    assert make_commitment().reference == "COM-0001"


@pytest.mark.django_db
def test_natural_key_finds_the_record():
    agreement, meeting, commitment = make_agreement(), make_meeting(), make_commitment()
    for model, record in ((Agreement, agreement), (Meeting, meeting), (Commitment, commitment)):
        assert model.objects.get_by_natural_key(*record.natural_key()) == record


@pytest.mark.django_db(transaction=True)
def test_references_when_taken_at_the_same_time_are_all_different():
    taken = []

    def take():
        for _ in range(10):
            with transaction.atomic():
                taken.append(ReferenceCounter.take("AGR"))

    assert in_threads([take] * 4) == []
    assert sorted(taken) == [f"AGR-{number:04}" for number in range(1, 41)]


@pytest.mark.django_db(transaction=True)
def test_records_when_saved_at_the_same_time_get_references_without_a_hole():
    assert in_threads([lambda: [Meeting.objects.create(title="One of many") for _ in range(5)]] * 3) == []
    assert list(Meeting.objects.values_list("reference", flat=True)) == [f"MTG-{n:04}" for n in range(1, 16)]
    assert DataVersion.current() == 15


@pytest.mark.django_db(transaction=True)
def test_transactions_that_save_the_same_kinds_in_another_order_do_not_block_each_other_for_ever():
    """A meeting with its commitments, while somebody else saves one of the commitments and then the meeting."""
    meeting = make_meeting()
    commitment = make_commitment(meeting=meeting)

    def top_down():
        for _ in range(8):
            with transaction.atomic():
                Meeting.objects.get(pk=meeting.pk).save()
                Commitment.objects.create(title="New", strength="agreed", meeting=meeting)
                Commitment.objects.get(pk=commitment.pk).save()

    def bottom_up():
        for _ in range(8):
            with transaction.atomic():
                Commitment.objects.get(pk=commitment.pk).save()
                Commitment.objects.create(title="New", strength="agreed", meeting=meeting)
                Meeting.objects.create(title="New")
                Meeting.objects.get(pk=meeting.pk).save()

    assert in_threads([top_down, bottom_up]) == []
    assert (Commitment.objects.count(), Meeting.objects.count()) == (17, 9)


SLUGGED = [make_organisation, make_forum, make_working_group, make_theme, make_person, make_source]


@pytest.mark.django_db
@pytest.mark.parametrize("make", SLUGGED)
def test_slug_when_changed_leaves_an_alias_that_leads_to_the_record(make):
    record = make(slug="before")
    record.slug = "after"
    record.save()
    assert type(record).renamed("before") == "after"
    assert type(record).objects.get_by_natural_key("after") == record


@pytest.mark.django_db
def test_every_slug_of_a_chain_of_renames_leads_to_the_present_one():
    forum = make_forum("first")
    for slug in ("second", "third", "fourth"):
        forum.slug = slug
        forum.save()
    assert [Forum.renamed(slug) for slug in ("first", "second", "third")] == ["fourth"] * 3


@pytest.mark.django_db
def test_slug_that_goes_to_and_fro_leads_to_the_present_one():
    forum = make_forum("one")
    for slug in ("other", "one"):
        forum.slug = slug
        forum.save()
    assert Forum.renamed("other") == "one"
    assert Forum.objects.get(slug="one") == forum


@pytest.mark.django_db
def test_slug_given_up_and_taken_by_another_record_leads_to_whoever_had_it_last():
    first, second = make_forum("name"), make_forum("second")
    first.slug = "first"
    first.save()
    second.slug = "name"
    second.save()
    second.slug = "third"
    second.save()
    assert Forum.renamed("name") == "third"


@pytest.mark.django_db
def test_slug_unchanged_leaves_no_alias():
    theme = make_theme("cloud")
    theme.name = "Clouds"
    theme.save()
    assert list(SlugAlias.objects.all()) == []


@pytest.mark.django_db
def test_alias_holds_for_its_own_kind_of_record_only():
    person = make_person(slug="before")
    person.slug = "after"
    person.save()
    assert (Person.renamed("before"), Theme.renamed("before"), Person.renamed("never")) == ("after", None, None)


@pytest.mark.django_db
def test_alias_of_a_deleted_record_leads_nowhere():
    forum = make_forum("before")
    forum.slug = "after"
    forum.save()
    forum.delete()
    assert Forum.renamed("before") is None

"""Sample data are what saving would have left: derived columns, history, counters; and every record is a valid one."""

from io import StringIO
from random import Random

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from agreements.models import Agreement, AgreementStatusPeriod, Country, Forum, Organisation, Theme, WorkingGroup
from meetings.models import Commitment, Meeting, ProgressUpdate
from tests.factories import make_agreement, make_country
from tracker.local.prepare import fill
from tracker.records.models import DataVersion, Publication, ReferenceCounter, Revision, Source, Versioned
from tracker.records.models.content import contents
from tracker.records.publication import obstacles
from tracker.site.sample.plan import Shares, Size, Zipf

COMMITMENTS = 300
RECORDS = [model for model in apps.get_models() if issubclass(model, Versioned) and not model.is_row]
ROWS = [model for model in apps.get_models() if issubclass(model, Versioned) and model.is_row]
# Made by the desk alone: who is asked, and how.
NOT_MADE = {"Coordinator", "FollowUpPolicy", "FollowUpHold"}


def make(**options):
    out = StringIO()
    call_command("make_sample_data", stdout=out, **({"commitments": COMMITMENTS, "yes": True} | options))
    return out.getvalue()


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield make()
        transaction.set_rollback(True)


def everything():
    """What all records say, and the periods that are derived beside them."""
    found = {model._meta.label: contents(model, model.objects.values_list("pk", flat=True)) for model in RECORDS}
    periods = AgreementStatusPeriod.objects.order_by("agreement", "start", "status")
    return found, list(periods.values_list("agreement", "status", "start", "end"))


@pytest.mark.parametrize("model", [model for model in RECORDS if model.__name__ not in NOT_MADE])
def test_each_kind_of_record_is_made(sample, model):
    assert model.objects.exists()


def test_deriving_each_record_in_order_changes_nothing(sample):
    before = everything()
    changed = {}
    for model in RECORDS:
        for record in model.objects.order_by("pk"):
            if names := record.derive():
                changed[str(record)] = names
    assert changed == {}
    assert everything() == before


def test_derived_columns_say_something(sample):
    """Else the test above could not fail."""
    assert Commitment.objects.filter(due_session__isnull=False).exists()
    assert Commitment.objects.filter(due_is_counted=True).exists()
    assert Commitment.objects.exclude(completed_on="").exists()
    assert Commitment.objects.exclude(assessment="").exists()
    assert Commitment.objects.filter(days_late_most__gt=0).exists()
    assert Agreement.objects.exclude(target="").exists() and Agreement.objects.exclude(signed="").exists()
    assert WorkingGroup.objects.exclude(stage="").exists()
    assert Theme.objects.filter(covered_by__in=Theme.objects.filter(parent__isnull=True)).exists()
    for model in (Forum, WorkingGroup, Agreement, Meeting, Commitment):
        assert model.objects.filter(countries__isnull=False).exists()


def test_each_record_has_one_revision_that_says_what_it_says(sample):
    number = 0
    for model in RECORDS:
        records = {record.pk: record for record in model.objects.all() if model.__name__ not in NOT_MADE}
        revisions = {each.record: each for each in Revision.objects.filter(kind=model._meta.label_lower)}
        said = contents(model, records)
        assert {key: each.content for key, each in revisions.items()} == said
        assert {key: each.title for key, each in revisions.items()} == {k: str(r)[:500] for k, r in records.items()}
        number += len(records)
    facts = Revision.objects.values_list("number", "data_version", "is_editorial", "is_content", "status", "account")
    assert list(facts.distinct()) == [(1, DataVersion.current(), True, True, "applied", None)]
    assert Revision.objects.count() == number > COMMITMENTS


@pytest.mark.parametrize("model", [*RECORDS, *(pytest.param(row, marks=pytest.mark.thorough) for row in ROWS)])
def test_each_record_and_row_is_one_that_a_form_would_take(sample, model):
    for record in model.objects.all():
        record.full_clean()


def test_nothing_stands_against_what_is_published(sample):
    found = {}
    for model in RECORDS:
        if issubclass(model, Publication):
            for record in model.objects.published():
                found |= {str(record): lacking} if (lacking := obstacles(record)) else {}
    assert found == {}


def test_numbers_go_on_after_those_of_the_sample(sample):
    for model in (Agreement, Meeting, Commitment):
        numbers = [int(reference[4:]) for reference in model.objects.values_list("reference", flat=True)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert ReferenceCounter.objects.get(prefix=model.REFERENCE_PREFIX).last == len(numbers)
    with transaction.atomic():
        last = Agreement.objects.latest("pk")
        agreement = make_agreement()
        assert agreement.pk > last.pk and agreement.reference > last.reference
        assert Source.objects.latest("pk").slug.startswith("source-")
        transaction.set_rollback(True)


def test_sample_shows_every_value_of_what_can_be_chosen(sample):
    """Of bodies there are too few in so small a sample."""
    missing = {}
    for model in (Agreement, Meeting, Commitment, ProgressUpdate, Source):
        for field in model._meta.concrete_fields:
            if field.choices and field.editable:
                shown = set(model.objects.order_by().values_list(field.name, flat=True).distinct())
                if left_out := {value for value, _label in field.flatchoices} - shown:
                    missing[f"{model.__name__}.{field.name}"] = left_out
    assert missing == {}


def test_pages_of_the_sample_are_there(sample, client):
    addresses = ["/", "/pairs/", "/ur/commitments/?schedule=overdue", "/commitments.csv", "/meetings.json"]
    for model in (Agreement, Meeting, Commitment, Forum, WorkingGroup, Organisation):
        addresses += [record.get_absolute_url() for record in model.objects.published()[:3]]
    addresses += [Country.objects.in_published_records().first().get_absolute_url(), reverse("source-list")]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_command_says_what_it_made_and_that_it_is_made_up(sample):
    assert f"Made {COMMITMENTS} commitments, " in sample
    assert "every record is made up" in sample


@pytest.mark.django_db
def test_same_seed_makes_the_same_records_and_another_one_others():
    made = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            make(commitments=5, seed=seed)
            made.append(repr([contents(model, model.objects.values_list("pk", flat=True)) for model in KEPT]))
            transaction.set_rollback(True)
    assert made[0] == made[1] != made[2]


# A progress update also says at what moment it was recorded.
KEPT = [model for model in RECORDS if model is not ProgressUpdate]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "words"), [({"yes": False}, "say --yes"), ({"commitments": 0}, "1 or more")], ids=["unsaid", "none"]
)
def test_sample_when_not_meant_is_refused(options, words):
    with pytest.raises(CommandError, match=words):
        make(**options)
    assert DataVersion.current() == 0 and not Country.objects.exists()


@pytest.mark.django_db
def test_sample_in_a_database_with_records_is_refused():
    make_country("PAK")
    with pytest.raises(CommandError, match="empty one only"):
        make()
    assert make(if_empty=True) == ""
    assert not Commitment.objects.exists()


@pytest.mark.django_db
def test_local_database_is_filled_with_as_many_as_asked_for_and_once(settings, capsys):
    settings.IS_LOCAL = True
    for number in ("5", "9"):
        fill(number)
    assert Commitment.objects.count() == 5
    for wrong in ("many", "0", "-1", "²"):
        with pytest.raises(SystemExit, match=f"SAMPLE is {wrong}"):
            fill(wrong)


def test_size_is_in_proportion_and_leaves_a_handful_of_each():
    large = Size(100_000)
    assert (large.pairs, large.forums, large.agreements, large.meetings) == (2000, 5000, 20_000, 50_000)
    assert min(Size(1).pairs, Size(1).forums, Size(1).agreements, Size(1).meetings) >= 5


def test_shares_come_to_the_whole_and_places_follow_zipf():
    parts = Shares(Random(1), 1000, 30).parts
    assert (sum(parts), len(parts)) == (1000, 30) and min(parts) >= 1
    places = Zipf(Random(1), 2000)
    drawn = [places.draw() for _number in range(3000)]
    assert min(drawn) >= 0 and max(drawn) < 2000
    assert 150 < drawn.count(0) < 250  # a fifteenth


def test_tables_are_filled_as_the_models_say(sample):
    """Inserted past the models: whatever the database would have refused at the end of the change shows here."""
    connection.check_constraints()

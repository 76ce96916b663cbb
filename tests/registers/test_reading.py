"""What columns read of many records at once is what each record says of itself, and of who is hidden it is nothing."""

import re

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import translation
from django.utils.timezone import localdate

from agreements.models import Agreement, Country
from meetings.models import Commitment, Meeting
from meetings.registers import COMMITMENTS, MEETINGS
from tests.factories import make_commitment, make_forum, make_meeting, make_working_group
from tracker.registers.reading import Reader, Told
from tracker.registers.register import Column
from tracker.registers.tables import rows_read_by
from tracker.site.registers import REGISTERS

LANGUAGES = ("en", "ur", "zh-hans")


def read(register, columns=None):
    """``{key: {column: value}}`` of all records of a register."""
    columns = columns or register.columns
    records = register.records(localdate())
    keys = list(records.values_list("pk", flat=True))
    names, rows = [column.name for column in columns], zip(*Reader(records, columns).read(keys), strict=True)
    return {key: dict(zip(names, row, strict=True)) for key, row in zip(keys, rows, strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_words_are_those_that_the_record_says_of_itself(world, settings, register, language):
    told = [column for column in register.columns if isinstance(column.value, Told)]
    with translation.override(language):
        found = read(register)
        for record in register.records(localdate()):
            row = found[record.pk]
            assert row["address"] == settings.SITE_URL + record.get_absolute_url()
            for column in told:
                said = column.value.put(getattr(record, column.value.name))
                assert row[column.name] == said, (record, column.name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_choices_are_in_the_words_that_django_has_for_them(language):
    records = [Meeting(), Commitment(strength="agreed", kind="no longer known"), Agreement(level=None, type="mou")]
    with translation.override(language):
        for record in records:
            for field in record._meta.fields:
                if field.choices:
                    words = Model._get_FIELD_display(record, field)
                    assert getattr(record, f"get_{field.name}_display")() == words, field.name


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.django_db
def test_group_that_is_hidden_is_not_named_where_its_forum_is_public(state):
    """Nor does the forum stand in for it: it is not the forum that met."""
    group = make_working_group("silent", forum=make_forum("jcc", name="Cooperation Committee"), state=state)
    meeting = make_meeting(("CHN", "PAK"), working_group=group, session_number=4, title="")
    commitment = make_commitment(("PAK",), ("CHN",), meeting=meeting)
    hidden = "Session 4 of a body not published here"
    assert read(MEETINGS)[meeting.pk]["title"] == hidden
    row = read(COMMITMENTS)[commitment.pk]
    assert (row["meeting"], row["meeting_in_words"]) == (meeting.reference, hidden)


@pytest.mark.django_db
def test_relation_that_is_hidden_is_read_as_nothing():
    meeting = make_meeting(("CHN", "PAK"), title="Silent", state="draft")
    commitment = make_commitment(("PAK",), ("CHN",), meeting=meeting)
    row = read(COMMITMENTS)[commitment.pk]
    assert (row["meeting"], row["meeting_in_words"]) == (None, None)


@pytest.mark.django_db
def test_records_come_in_the_order_asked_for_without_those_that_are_gone():
    one, other, gone = (make_commitment(title=title) for title in ("One", "Other", "Gone"))
    Commitment.objects.filter(pk=gone.pk).update(state="withdrawn")
    columns = [Column(name="title", reads=("title",))]
    reader = Reader(COMMITMENTS.records(localdate()), columns)
    assert reader.read([other.pk, gone.pk, one.pk, 10**9]) == [("Other", "One")]
    assert reader.read([gone.pk]) == reader.read([]) == [[]]


def test_property_of_which_something_is_not_read_cannot_be_told():
    """It is an error and no gap in a file."""
    with pytest.raises(FieldDoesNotExist):
        Told(Country, "local_name", "nobody__name")
    told = Told(Agreement, "headline", "title")
    assert told("A treaty") == "A treaty"
    with pytest.raises((AttributeError, RecursionError)):
        told("")  # its description would be asked for


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_rows_are_asked_for_by_their_records_alone(register):
    """A condition on whoever they name would have SQLite begin with all of those: thousands of times over."""
    records = register.records(localdate())
    for rows in Reader(records, register.columns, rows_read_by(register.tables)).rows:
        sql = str(rows.query(records.model).query)
        condition = sql.partition(" WHERE ")[2].partition(" ORDER BY ")[0]
        assert re.fullmatch(r'"\w+"\."\w+" IN \(keys of some records\)', condition), rows.relation

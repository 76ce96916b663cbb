"""A database with the history that was kept in a table for each kind of row: migrated, it has lost nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps as of_today
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import database_place
from tests.services.database import copied_database, models_of
from tracker.records.models import DataVersion, Revision, Versioned
from tracker.records.models.content import contents

pytestmark = pytest.mark.thorough

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def former(request, tmp_path_factory, django_db_setup, django_db_blocker):
    """The models of a database as it was; afterwards ``migrate`` brings it to the present."""
    cache, folder, suffix = database_place(request, tmp_path_factory)
    with django_db_blocker.unblock(), copied_database(cache, folder, f"{suffix}_former", "former"):
        yield models_of("former")


def migrate():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


class Past:
    """Changes as they were kept: the row itself, and its copy in the historical table, with a moment and an account."""

    def __init__(self, apps):
        self.apps, self.moment = apps, START
        User = apps.get_model("accounts", "User")
        self.editor = User.objects.create(username="editor", email="editor@example.org")
        self.reviewer = User.objects.create(username="reviewer", email="reviewer@example.org")
        self.count = 0

    def wait(self, **time):
        self.moment += timedelta(**time)

    def save(self, label, by=None, reason=None, links=None, row=None, **values):
        row = row or self.apps.get_model(label)()
        kind = "~" if row.pk else "+"
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        for name, others in (links or {}).items():
            getattr(row, name).set(others)
        self._keep(label, row, kind, by, reason)
        return row

    def delete(self, label, row, by=None):
        self._keep(label, row, "-", by, None)
        row.delete()

    def _keep(self, label, row, kind, by, reason):
        app, name = label.split(".")
        model = self.apps.get_model(app, f"Historical{name}")
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        about = {"history_date": self.moment, "history_type": kind, "history_change_reason": reason}
        entry = model.objects.create(**values, **about, history_user_id=by and by.pk)
        for field in row._meta.many_to_many if kind != "-" else ():
            self._keep_links(app, name, field, entry, row)
        self.count += 1
        self.wait(milliseconds=5)

    def _keep_links(self, app, name, field, entry, row):
        try:
            model = self.apps.get_model(app, f"Historical{name}_{field.name}")
        except LookupError:
            return
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        for link in field.remote_field.through.objects.filter(**{source: row}):
            ends = {f"{end}_id": getattr(link, f"{end}_id") for end in (source, target)}
            model.objects.create(id=link.pk, history=entry, **ends)


def told(label, key):
    found = Revision.objects.filter(kind=label, record=key).order_by("number")
    return [
        (
            each.number,
            each.status,
            each.account and each.account.username,
            each.reason,
            each.is_editorial,
            each.is_content,
        )
        for each in found
    ]


def said(label, key, name):
    found = Revision.objects.filter(kind=label, record=key).applied().order_by("number")
    return [each.content["fields"][name] for each in found]


def rows(label, key, row):
    return [each.content["rows"].get(row, {}) for each in Revision.objects.filter(kind=label, record=key).applied()]


def known_to(former, present):
    """What a present content says of the columns that there were when the revision was written."""
    if not isinstance(former, dict) or not isinstance(present, dict):
        return present
    return {name: known_to(former[name], value) for name, value in present.items() if name in former}


def assert_last_revisions_say_what_is():
    compared = 0
    for model in of_today.get_models():
        if issubclass(model, Versioned) and not model.is_row:
            found = contents(model, model._base_manager.values_list("pk", flat=True))
            last = {each.record: each for each in Revision.objects.last_of((model, key) for key in found)}
            compared += len(last)
            assert {key: each.content for key, each in last.items()} == {
                key: known_to(last[key].content, found[key]) for key in last
            }
    return compared


def test_all_history_becomes_revisions_of_records_with_their_rows(former):
    past = Past(former)
    moments = write_agreement(past)
    meeting = write_meeting(past)
    person = past.save("agreements.Person", past.editor, slug="a", name="Ayesha")
    past.wait(minutes=1)
    past.save("agreements.Person", None, "stopped by the person", row=person, unsubscribed_at=START)
    key = person.pk
    past.wait(minutes=1)
    past.delete("agreements.Person", person, past.reviewer)
    former.get_model("records", "DataVersion").objects.create(pk=1, number=100)

    migrate()

    assert told("agreements.person", key) == [
        (1, "applied", "editor", "", True, True),
        (2, "applied", None, "stopped by the person", True, True),
        (3, "removed", "reviewer", "", True, True),
    ]
    assert_agreement(moments)
    assert_meeting(meeting)
    numbers = Revision.objects.order_by("data_version").values_list("data_version", flat=True).distinct()
    assert (numbers[0] > 0, DataVersion.current()) == (True, 100)
    assert max(numbers) < 100, "nothing differed from what is there now"
    assert assert_last_revisions_say_what_is() == 6
    with connection.cursor() as cursor:
        assert [table for table in connection.introspection.table_names(cursor) if "historical" in table] == []


def write_agreement(past):
    cloud = past.save("agreements.Theme", slug="cloud", name="Cloud")
    china = past.save("agreements.Country", code="CHN", alpha2="CN", name="China")
    past.wait(minutes=1)
    values = {"reference": "AGR-0001", "title": "Old", "type": "mou", "count": 1}
    agreement = past.save("agreements.Agreement", past.editor, **values)
    past.save("agreements.Agreement", past.editor, row=agreement, links={"themes": [cloud]})
    party = past.save("agreements.AgreementParty", past.editor, agreement=agreement, country=china)
    past.wait(minutes=1)
    past.save("agreements.Agreement", past.reviewer, row=agreement, title="New")
    past.wait(milliseconds=100)
    past.delete("agreements.AgreementParty", party, past.reviewer)
    past.wait(minutes=1)
    past.save("agreements.Agreement", past.reviewer, row=agreement, state="in_review")
    past.save("agreements.Agreement", past.editor, "a reason of its own", row=agreement, state="draft")
    return agreement.pk, cloud.pk, china.pk


def assert_agreement(keys):
    agreement, cloud, china = keys
    assert told("agreements.agreement", agreement) == [
        (1, "applied", "editor", "", True, True),
        (2, "applied", "reviewer", "", True, True),
        (3, "applied", "reviewer", "", True, False),
        (4, "applied", "editor", "a reason of its own", True, False),
    ]
    assert said("agreements.agreement", agreement, "title") == ["Old", "New", "New", "New"]
    assert said("agreements.agreement", agreement, "themes") == [[cloud]] * 4
    parties = rows("agreements.agreement", agreement, "agreements.agreementparty")
    assert [[row["country"] for row in each.values()] for each in parties] == [[china], [], [], []]
    first = Revision.objects.get(kind="agreements.agreement", record=agreement, number=1)
    assert (first.title, first.content["derived"]["reference"]) == ("AGR-0001 Old", "AGR-0001")


def write_meeting(past):
    """Rows of rows, one that moves, and a record in its own right that belongs to another."""
    past.wait(minutes=1)
    country = past.apps.get_model("agreements", "Country").objects.get()
    person = past.save("agreements.Person", slug="b", name="Bilal")
    one, other = (
        past.save("meetings.Meeting", past.editor, reference=f"MTG-000{n}", title=f"Talks {n}", held="2026")
        for n in (1, 2)
    )
    delegation = past.save("meetings.Delegation", past.editor, meeting=one, country=country)
    past.save("meetings.Delegate", past.editor, delegation=delegation, person=person, office="Minister")
    past.wait(minutes=1)
    past.save("meetings.Delegation", past.reviewer, row=delegation, meeting=other)
    return one.pk, other.pk


def assert_meeting(keys):
    assert [told("meetings.meeting", key) for key in keys] == [
        [(1, "applied", "editor", "", True, True), (2, "applied", "reviewer", "", True, True)]
    ] * 2
    assert [list(map(len, rows("meetings.meeting", key, "meetings.delegation"))) for key in keys] == [[1, 0], [0, 1]]


def test_what_was_changed_past_the_history_is_a_revision_of_its_own(former):
    past = Past(former)
    source = past.save("records.Source", past.editor, slug="a", title="A")
    forum = past.save("agreements.Forum", past.editor, slug="jec", name="JEC", kind="jec")
    unknown = former.get_model("agreements", "Country").objects.create(code="PAK", alpha2="PK", name="Pakistan")
    former.get_model("agreements", "Forum").objects.filter(pk=forum.pk).update(state="published")

    migrate()

    assert told("records.source", source.pk) == [(1, "applied", "editor", "", True, True)]
    assert told("agreements.forum", forum.pk) == [
        (1, "applied", "editor", "", True, True),
        (2, "applied", None, "as it stood when the history moved to revisions", True, False),
    ]
    assert told("agreements.country", unknown.pk) == []
    assert DataVersion.current() == 2
    assert assert_last_revisions_say_what_is() == 2


def test_what_has_its_end_as_first_entry_was_there_before(former):
    past = Past(former)
    theme = former.get_model("agreements", "Theme").objects.create(slug="cloud", name="Cloud")
    person = past.save("agreements.Person", past.editor, slug="a", name="Ayesha")
    absence = former.get_model("agreements", "Absence").objects.create(person=person, starts=START, ends=START)
    keys = theme.pk, person.pk
    past.wait(minutes=1)
    past.delete("agreements.Theme", theme, past.editor)
    past.delete("agreements.Absence", absence, past.editor)

    migrate()

    assert told("agreements.theme", keys[0]) == [
        (1, "applied", None, "", False, False),
        (2, "removed", "editor", "", True, True),
    ]
    assert said("agreements.theme", keys[0], "name") == ["Cloud"]
    assert list(map(len, rows("agreements.person", keys[1], "agreements.absence"))) == [1, 0]
    assert assert_last_revisions_say_what_is() == 1


def test_database_without_history_has_none_afterwards(former):
    migrate()
    assert (Revision.objects.count(), DataVersion.objects.count()) == (0, 0)

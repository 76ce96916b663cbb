"""Every row of every table of a former database is there after the migrations, with every value, and so is its history;
what becomes of the few that change is declared here."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from agreements.models import Agreement, WorkingGroup
from meetings.models import Commitment, Meeting
from tests.conftest import database_place
from tests.former.filling import PRODUCT, Filler, rows_of
from tests.former.lives import add_lives
from tests.former.tables import Conversion, Table, Values, contents_of, differences, tables
from tests.services.database import copied_database, models_of
from tracker.records.models import Revision, SearchEntry, Versioned, found_by
from tracker.records.models.content import contents
from tracker.records.models.content import differences as differences_of_contents

WORDS = {
    "session": "session",
    "Meeting": "meeting",
    "rounds": "round",
    "consultations": "round",
    "General Assembly": "assembly",
    "": "session",
}


def periods(values: Values) -> Values:
    """In whole years first; beyond 999 of them a note for the editors."""
    found, notes = {}, [values["editors_note"]]
    for name, note in (("validity", "Valid for {} months."), ("notice", "Notice period of {} months.")):
        months = values[f"{name}_months"]
        years, rest = divmod(months or 0, 12)
        said = f"{years}Y" * bool(years) + f"{rest}M" * bool(rest)
        is_known = months is not None and months <= 999 * 12
        found[name] = f"P{said or '0D'}" if is_known else ""
        notes += [note.format(months)] * (months is not None and not is_known)
    return found | {"editors_note": "\n".join(filter(None, notes))}


def session_word(values: Values) -> Values:
    """What is none of the words is kept for the editors."""
    word, note = values["session_word"], values["editors_note"]
    if word in WORDS:
        return {"session_word": WORDS[word], "editors_note": note}
    note = f"{note}\nWord for a session: {word}.".lstrip()
    return {"session_word": "session", "editors_note": note}


def title_of_source(values: Values) -> Values:
    is_named = values["title"] or values["url"]
    return {"title": values["title"] if is_named else values["publisher"] or values["slug"]}


def name_of_permission(values: Values) -> Values:
    kind = ContentType.objects.get(pk=values["content_type_id"]).model_class()
    action, _mark, _model = values["codename"].partition("_")
    return {"name": f"Can {action} {kind._meta.verbose_name}" if kind else values["name"]}


def signed_or_adopted(values: Values) -> Values:
    return {f"signed_or_adopted{bound}": values[f"signed{bound}"] for bound in ("", "_earliest", "_latest")}


CITING = ("agreements.Organisation", "agreements.Forum", "agreements.WorkingGroup", "agreements.Agreement")
CONVERSIONS = [
    Conversion(
        "agreements.Agreement",
        ("type",),
        ("type",),
        lambda values: {"type": {"declaration": "intent"}.get(values["type"], values["type"])},
    ),
    Conversion(
        "agreements.Agreement",
        ("validity_months", "notice_months", "editors_note"),
        ("validity", "notice", "editors_note"),
        periods,
    ),
    Conversion(
        "agreements.Agreement",
        (),
        ("signed_or_adopted", "signed_or_adopted_earliest", "signed_or_adopted_latest"),
        signed_or_adopted,
        in_history=False,
    ),
    Conversion("agreements.Forum", ("session_word", "editors_note"), ("session_word", "editors_note"), session_word),
    Conversion("records.Source", ("title",), ("title",), title_of_source),
    # Whether a claim agrees with what is shown is compared from now on.
    *(
        Conversion(f"{label}Citation", ("is_accepted",), (), lambda values: {}, in_history=False)
        for label in (*CITING, "meetings.Meeting", "meetings.Commitment")
    ),
    # Permissions are named after what the kinds are called now.
    Conversion("auth.Permission", ("name",), ("name",), name_of_permission, in_history=False),
]
# New kinds have permissions, and roles hold them.
GROWING = {"django_content_type", "auth_permission", "auth_group_permissions"}
ENTRIES = SearchEntry._meta.db_table
BOUNDS = ("", "_earliest", "_latest")
# What the newest rules derive in every record: columns by table, and tables of which all rows belong to one.
DERIVED = {
    "agreements_agreement": ["target_kind", *(f"target{bound}" for bound in BOUNDS)],
    "agreements_agreementevent": ["is_open"],
    "meetings_commitment": [
        *(f"completed_on{bound}" for bound in BOUNDS),
        *("days_late_least", "days_late_most", "assessment"),
    ],
}
DERIVED_ROWS = {
    "agreements_agreementstatusperiod": "agreement_id",
    "agreements_workinggroup_countries": "workinggroup_id",
}
# What they derive only where it rested on what is hidden; else it stands as it was.
OF_HIDDEN = {
    "meetings_commitment": ["forum_id", "due_session_id", "due_version", *(f"due{bound}" for bound in BOUNDS)],
}
ROWS_OF_HIDDEN = {
    "agreements_agreement_countries": "agreement_id",
    "meetings_meeting_countries": "meeting_id",
    "meetings_commitment_countries": "commitment_id",
}


@dataclass(frozen=True)
class Migrated:
    """The tables before and after, and as they would be if every record were derived once more."""

    before: dict[str, Table]
    after: dict[str, Table]
    derived: dict[str, Table]


@pytest.fixture(scope="module")
def migrated(request, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Migrated]:
    cache, folder, suffix = database_place(request, tmp_path_factory)
    with django_db_blocker.unblock(), copied_database(cache, folder, f"{suffix}_revisions", "revisions"):
        with transaction.atomic():
            filler = Filler(models_of("revisions"))
            filler.fill()
            add_lives(filler.apps)
        before = tables()
        call_command("migrate", verbosity=0, interactive=False)
        yield Migrated(before, tables(), derived_once_more())


def derived_once_more() -> dict[str, Table]:
    """The youngest kinds first, so that each rests on what the migrations left."""
    with transaction.atomic():
        for model in (Commitment, Meeting, WorkingGroup, Agreement):
            for record in model._base_manager.order_by("pk"):
                record.derive()
        found = tables()
        transaction.set_rollback(True)
    return found


def test_every_table_of_the_former_database_is_filled_with_differing_values_and_every_choice(migrated):
    """Else the other tests would compare nothing."""
    found = []
    for model in models_of("revisions").get_models(include_auto_created=True):
        if model._meta.app_label in PRODUCT:
            table, wanted = migrated.before[model._meta.db_table], min(2, rows_of(model))
            found += [model] * (len(table.rows) < wanted)
            for column in model._meta.concrete_fields:
                values = {str(row[column.column]) for row in table.rows.values()}
                missing = {str(code) for code, _words in column.choices or ()} - values
                found += [(column, missing)] if missing or len(values) < wanted else []
    assert found == []


def policies_of_editors(found: dict[str, Table]) -> set[int]:
    """The rows by which editors hold permissions on policies, but for seeing them."""
    (group,) = (key for key, row in found["auth_group"].rows.items() if row["name"] == "editor")
    codes = {f"{action}_followuppolicy" for action in ("add", "change", "delete")}
    taken = {key for key, row in found["auth_permission"].rows.items() if row["codename"] in codes}
    rows = found["auth_group_permissions"].rows
    return {key for key, row in rows.items() if row["group_id"] == group and row["permission_id"] in taken}


def test_editors_no_longer_hold_what_all_mail_hangs_on(migrated):
    assert (len(policies_of_editors(migrated.before)), policies_of_editors(migrated.after)) == (3, set())


def test_every_row_of_a_former_database_is_kept_in_every_column_or_converted_as_declared(migrated):
    held, taken = migrated.before["auth_group_permissions"], policies_of_editors(migrated.before)
    others = Table(held.columns, {key: row for key, row in held.rows.items() if key not in taken})
    derived = {(name, "") for name in DERIVED_ROWS | ROWS_OF_HIDDEN} | {("records_revision", "content"), (ENTRIES, "")}
    derived |= {(name, column) for part in (DERIVED, OF_HIDDEN) for name in part for column in part[name]}
    before = migrated.before | {"auth_group_permissions": others}
    assert differences(before, migrated.after, CONVERSIONS, derived, GROWING) == []


def test_every_record_of_a_former_database_has_its_words(migrated):
    expected = {
        (model._meta.label_lower, key)
        for model in filter(found_by, apps.get_models())
        for key in migrated.after[model._meta.db_table].rows
    }
    assert {(row["kind"], row["record"]) for row in migrated.after[ENTRIES].rows.values()} == expected


def test_every_revision_of_a_former_database_says_what_it_said_in_the_words_of_today(migrated):
    before, after = (contents_of(each["records_revision"]) for each in (migrated.before, migrated.after))
    assert len(before) > 400
    expected = {key: converted(revision["kind"], revision["content"]) for key, revision in before.items()}
    found = [(key, after[key]["content"], each) for key, each in expected.items() if after[key]["content"] != each]
    assert found == []


def converted(kind: str, content: Values) -> Values:
    fields = dict(content.get("fields", {}))
    for each in CONVERSIONS:
        if each.in_history and each.label.lower() == kind and fields:
            given = each.convert(fields)
            fields = {name: value for name, value in fields.items() if name not in each.takes} | given
    return content | {"fields": fields} if content else content


def test_last_revision_of_every_migrated_record_says_what_the_record_says(migrated):
    compared = 0
    for model in apps.get_models():
        if issubclass(model, Versioned) and not model.is_row:
            found = contents(model, model._base_manager.values_list("pk", flat=True))
            last = {each.record: each for each in Revision.objects.last_of((model, key) for key in found)}
            compared += len(last)
            for key, revision in last.items():
                assert list(differences_of_contents(revision.content, found[key])) == [], (model, key)
    assert compared > 80


def test_what_migrations_derive_is_what_the_record_itself_derives(migrated):
    found = []
    for columns, rows, is_unless_hidden in ((DERIVED, DERIVED_ROWS, False), (OF_HIDDEN, ROWS_OF_HIDDEN, True)):
        for name in columns | rows:
            before, after, derived = (
                by_owner(each[name], columns.get(name), rows.get(name))
                for each in (
                    (migrated.before if is_unless_hidden else migrated.after),
                    migrated.after,
                    migrated.derived,
                )
            )
            for key, values in after.items():
                allowed = [derived[key], before[key]] if is_unless_hidden else [derived[key]]
                found += [(name, key, values, allowed)] * (values not in allowed)
    assert found == []


def by_owner(table: Table, columns: list[str] | None, owner: str | None) -> dict[Any, Any]:
    """These columns of each row by its key; or all rows without their keys by what they belong to."""
    if columns:
        return {key: [row[column] for column in columns] for key, row in table.rows.items()}
    found: dict[Any, set] = defaultdict(set)
    for row in table.rows.values():
        found[row[owner]].add(tuple(sorted((name, value) for name, value in row.items() if name not in ("id", owner))))
    return found


def test_whatever_was_migrated_may_be_saved_today(migrated):
    found = []
    for model in apps.get_models():
        if model._meta.app_label in PRODUCT:
            for record in model._base_manager.all():
                fields = model._meta.concrete_fields
                is_empty = {field.name for field in fields if field.value_from_object(record) in ("", None)}
                try:
                    record.clean_fields(exclude=is_empty)
                except ValidationError as error:
                    found.append((model, record.pk, error.message_dict))
    assert found == []


@pytest.mark.parametrize(
    ("period", "months"),
    [("P2Y", 24), ("P1Y6M", 18), ("P1M", 1), ("P0D", 0), ("P999Y", 11_988), ("P18D", None), ("P2W", None), ("", None)],
)
def test_period_becomes_months_again_on_the_way_back_where_these_can_say_it(period, months):
    migration = import_module("agreements.migrations.0012_months_to_periods")
    assert migration.months_of(period) == months
    assert months is None or migration.period_of(months) == period

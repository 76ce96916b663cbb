"""The tests make their tables from the models: migrations must come to the same tables and the same first rows."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from meetings.models import FollowUpPolicy
from tests.conftest import database_place
from tests.services.database import copied_database

TABLES_OF_POSTGRESQL = """
    SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, collation_name, is_nullable,
        column_default, identity_generation)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT conrelid::regclass::text, 'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


# PostgreSQL writes a check anew, with other casts, when a column of its table is altered.
CASTS = re.compile(r"::(?:character varying|text)(?:\[\])?")
# What stood in brackets for the sake of its cast: a value, a column, a list of values.
BRACKETS = re.compile(r"\(('[^']*'|\w+|ARRAY\[[^]]*\])\)")
NAMED = re.compile(r"^(CONSTRAINT|CREATE(?: UNIQUE)? INDEX) (\w+)")


def without_automatic_name(match: re.Match[str]) -> str:
    """A table or column that was renamed keeps the names that Django or PostgreSQL made up for its parts."""
    declared = {each.name for model in apps.get_models() for each in (*model._meta.constraints, *model._meta.indexes)}
    return match[0] if match[2] in declared else match[1]


# What SQLite keeps for itself, such as what it knows of the size of tables.
OF_SQLITE = "sqlite_"


def without_casts(part: str) -> str:
    """A check without the casts of text, which change nothing of what it says."""
    if "CHECK" not in part:
        return part
    part, found = CASTS.sub("", part), 1
    while found:
        part, found = BRACKETS.subn(r"\1", part)
    return part


def tables() -> dict[str, list[str]]:
    """What each table is made of: columns, constraints and indexes as the database words them, in any order."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TABLES_OF_POSTGRESQL)
            parts = [(table, without_casts(NAMED.sub(without_automatic_name, part))) for table, part in cursor]
        else:
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            made = [(table, sql) for table, sql in cursor.fetchall() if not table.startswith(OF_SQLITE)]
            parts = [(table, part) for table, sql in made for part in definitions(sql)]
    for table, part in parts:
        found.setdefault(table, []).append(part)
    # Django's own migrations and its own models differ in the width of a number here.
    found.pop("auth_group_permissions")
    return {table: sorted(parts) for table, parts in found.items()}


def definitions(sql: str) -> Iterator[str]:
    """The definitions within the brackets of a CREATE TABLE, or a whole CREATE INDEX."""
    if not sql.startswith("CREATE TABLE"):
        yield sql
        return
    depth, part = 0, ""
    for character in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()


def rows() -> dict[str, object]:
    """How many rows each table holds, and what those are that migrations make, by name and not by number."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(OF_SQLITE):
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    permission = ("content_type__app_label", "content_type__model", "codename", "name")
    (policy,) = FollowUpPolicy.objects.values()
    return {
        "counts": counts,
        "permissions": set(Permission.objects.values_list(*permission)),
        "roles": set(Group.objects.values_list("name", *(f"permissions__{name}" for name in permission))),
        "policy": policy,
        "applied": set(MigrationRecorder(connection).applied_migrations()),
    }


def test_migrations_and_models_make_the_same_database(request, tmp_path_factory, django_db_setup, django_db_blocker):
    cache, folder, suffix = database_place(request, tmp_path_factory)
    found = []
    with django_db_blocker.unblock():
        for template in ("empty", "migrated"):
            with copied_database(cache, folder, f"{suffix}_{template}", template):
                found.append((tables(), rows()))
    (made, first_rows), (migrated, migrated_rows) = found
    assert {table for table in made if re.search("revision|commitment", table)}
    assert {table: parts for table, parts in migrated.items() if parts != made.get(table)} == {}
    assert made.keys() == migrated.keys()
    assert first_rows == migrated_rows

"""The database itself refuses what must not be, and whoever typed it is told before it comes to that."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from tests.agreements import violations as of_agreements
from tests.meetings import violations as of_meetings
from tests.records import violations as of_records
from tests.records.violations import MENDED

VIOLATIONS = of_records.VIOLATIONS | of_agreements.VIOLATIONS | of_meetings.VIOLATIONS
ROOMS = ("accounts", "records", "mail", "agreements", "meetings", "site")


def product_models():
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


def constraints():
    """Every constraint by name, and every column of unique values."""
    found = {}
    for model in product_models():
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                found[f"{model._meta.label}.{field.name}"] = field
        found |= {constraint.name: constraint for constraint in model._meta.constraints}
        assert not model._meta.unique_together
    return found


def test_every_constraint_of_every_model_has_a_row_that_breaks_it():
    assert sorted(VIOLATIONS) == sorted(constraints())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "build", "message"), [(name, *violation) for name, violation in VIOLATIONS.items()], ids=VIOLATIONS
)
def test_row_is_refused_by_the_database_and_its_check_says_in_words_why(name, build, message):
    row = build()
    assert_refused_by_the_database(row, name)
    if message == MENDED:
        row.full_clean()
        models.Model.save(row)
        return
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == [message]


def assert_refused_by_the_database(row, name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        models.Model.save(row)
    if connection.vendor == "postgresql":
        assert "." in name or refusal.value.__cause__.diag.constraint_name == name
    elif isinstance(constraints()[name], models.CheckConstraint):
        assert str(refusal.value) == f"CHECK constraint failed: {name}"

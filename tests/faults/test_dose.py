"""A small dose of `make faults`: lists that are read while they change, on the database that the tests are on."""

import os

import pytest
from django.db import connection

from tests.faults.__main__ import run_on

DOSE = ["index", "--commitments", "1000", "--seconds", "4", "--starts", "2"]
# Beside the databases of the tests.
NAME = "faults_dose"


@pytest.mark.django_db
def test_lists_that_change_while_they_are_read_are_right_at_once():
    before, _, query = os.environ["DATABASE_URL"].partition("?")
    url = f"{before.rpartition('/')[0]}/{NAME}?{query}" if connection.vendor == "postgresql" else None
    found = run_on(connection.vendor, url, DOSE)
    assert [figure for figure in found if not figure.is_met] == []
    assert {figure.name: figure.value for figure in found}["changes committed"] > 0

"""One small world for all tests of a module that only read."""

import pytest

from tests.registers import world as of_the_tests


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), of_the_tests.for_a_while():
        yield


@pytest.fixture
def ask(client):
    """Asks the API for an address under /api/v1/, which must be answered with 200, and returns what was answered."""

    def ask(address):
        response = client.get(address if address.startswith("/") else f"/api/v1/{address}")
        assert response.status_code == 200, response.content
        return response.json()

    return ask

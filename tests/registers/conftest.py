"""One small world for all tests of a module that only read."""

import pytest

from tests.registers import world as of_the_tests
from tests.registers.reading import ListPage


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), of_the_tests.for_a_while():
        yield


@pytest.fixture
def read(client):
    """Opens the page of a register, which must be there."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200
        return ListPage(response)

    return read

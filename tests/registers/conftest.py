"""One small world for all tests of a module that only read."""

import pytest
from django.utils.timezone import localdate

from tests.registers import world as of_the_tests
from tests.registers.reading import ListPage
from tracker.registers import keeping
from tracker.site.registers import REGISTERS


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


@pytest.fixture
def indexed(settings, tmp_path):
    """Lists are read from indexes that are built when they are first asked for."""
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = True, tmp_path
    registers = {register.name: register for register in REGISTERS}
    keeping.forget()

    def read(client, address):
        """The page at an address, once the index of its register is there."""
        keeping.prepare(registers[address.split("/")[1]], localdate())
        response = client.get(address)
        assert response.status_code == 200
        return ListPage(response)

    yield read
    keeping.forget()

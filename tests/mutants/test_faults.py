"""The list of faults still fits the code: each can be made, in one place, and leaves Python behind."""

import ast

import pytest

from tests.mutants.faults import FAULTS
from tests.services.process import ROOT


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault.file}: {fault.note}" for fault in FAULTS])
def test_fault_can_be_made_in_one_place(fault):
    source = (ROOT / fault.file).read_text()
    assert source.count(fault.old) == 1
    assert ast.dump(ast.parse(source.replace(fault.old, fault.new))) != ast.dump(ast.parse(source))


def test_faults_are_forty_two_in_every_room():
    assert len(FAULTS) == len(set(FAULTS)) == 42
    rooms = {"/".join(fault.file.split("/")[: 2 if fault.file.startswith("tracker/") else 1]) for fault in FAULTS}
    assert rooms == {
        "agreements",
        "meetings",
        *(f"tracker/{room}" for room in ("accounts", "local", "mail", "records", "registers", "site")),
    }

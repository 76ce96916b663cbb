"""A process that starts takes up the index that another wrote to a file, if it belongs to these data."""

import os
import threading
import time

import numpy as np
import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.factories import make_agreement
from tests.registers import world as of_the_tests
from tests.registers.asking import same, told
from tracker.records.models import Revision
from tracker.registers import keeping, snapshot
from tracker.registers.index import Index
from tracker.site.registers import REGISTERS

AGREEMENTS = next(register for register in REGISTERS if register.name == "agreements")


@pytest.mark.django_db
def test_index_from_its_file_is_the_one_that_was_written(indexed):
    with of_the_tests.for_a_while():
        today = localdate()
        for register in REGISTERS:
            index = Index.build(register, today)
            snapshot.write(index)
            found = snapshot.read(register)
            assert same(found, index) and same(index, found)
            assert (found.day, found.version, found.seconds) == (today, index.version, index.seconds)


@pytest.mark.django_db
def test_process_that_starts_takes_up_what_another_wrote_and_what_has_changed_since(client, indexed):
    make_agreement(title="Alpha")
    indexed(client, "/agreements/")
    make_agreement(title="Beta")
    keeping.forget()
    index = keeping.ready(AGREEMENTS, localdate())
    assert index is not None and len(index.all) == 2
    assert told(AGREEMENTS, "", localdate(), index) == told(AGREEMENTS, "", localdate())


@pytest.mark.django_db(transaction=True)
def test_file_does_not_fall_behind_by_more_than_can_be_learned(indexed, monkeypatch):
    """Or each process that starts would build anew what another one has."""
    monkeypatch.setattr(keeping, "MOST_UNWRITTEN", 3)
    today = localdate()
    make_agreement(title="Alpha")
    keeping.prepare(AGREEMENTS, today)
    for number in range(10):
        make_agreement(title=f"Agreement {number}")
        index = keeping.ready(AGREEMENTS, today)
        for thread in threading.enumerate():
            if thread.name == "index of agreements":
                thread.join()
    found = snapshot.read(AGREEMENTS)
    assert index.version - found.version <= 3
    assert len(found.all) == len(index.all) - (index.version - found.version)


def test_file_that_a_killed_process_left_half_written_is_taken_away_later(tmp_path):
    left, present = tmp_path / "left.new", tmp_path / "present.new"
    for path in (left, present):
        path.write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(left, (hours_ago, hours_ago))
    snapshot._replace(tmp_path / "agreements.npz", {"head": np.arange(3)})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agreements.npz", "present.new"]


def damaged(path):
    path.write_bytes(path.read_bytes()[:200])


def of_another_history(path):
    Revision.objects.update(made_at=timezone.now())


def empty(path):
    path.write_bytes(b"")


@pytest.mark.django_db
@pytest.mark.parametrize("harm", [damaged, empty, of_another_history])
def test_file_that_does_not_belong_to_these_data_is_not_taken(client, indexed, tmp_path, harm):
    make_agreement(title="Alpha")
    indexed(client, "/agreements/")
    harm(tmp_path / "agreements.npz")
    keeping.forget()
    assert snapshot.read(AGREEMENTS) is None
    assert indexed(client, "/agreements/").titles == ["Alpha"]


@pytest.mark.django_db
def test_index_goes_without_a_file_where_none_can_be_written(client, indexed, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.INDEX_FOLDER = tmp_path / "file"
    make_agreement(title="Alpha")
    assert indexed(client, "/agreements/").titles == ["Alpha"]

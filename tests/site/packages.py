"""What is in a release of the data package, and withdrawals, for the tests of both."""

import csv
import io
import json
from zipfile import ZipFile


def packed(release):
    """``{name: text}`` of the files of a release."""
    with release.file.open() as opened, ZipFile(io.BytesIO(opened.read())) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def rows(release, name):
    return list(csv.DictReader(io.StringIO(packed(release)[f"{name}.csv"], newline="")))


def differences(release):
    with release.differences.open() as opened:
        return json.loads(opened.read())["registers"]


def withdraw(record, **values):
    """Or move it to another state, with further values."""
    for name, value in {"state": "withdrawn", **values}.items():
        setattr(record, name, value)
    record.save()

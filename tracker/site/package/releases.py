"""Making the releases of the data package: by the worker, when something has changed since the last."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate

from tracker.records.models import DataVersion, one_reading

from ..models import Release
from . import contents
from .description import describe
from .differences import differences
from .storing import pack, store
from .without import names_withdrawn_by_law

A_RELEASE_EVERY = timedelta(days=7)


def release_if_due(now: datetime) -> Release | None:
    """Make one where there is none yet, or where the last is a week old and something has changed since."""
    last = Release.objects.newest_first().first()
    if last and (now - last.made_at < A_RELEASE_EVERY or last.data_version == DataVersion.current()):
        return None
    return make_release(now)


def make_release(now: datetime) -> Release | None:
    """Return the new release; None where another process has made one meanwhile."""
    last = Release.objects.newest_first().first()
    number = last.number + 1 if last else 1
    with TemporaryDirectory() as temporary, translation.override(settings.LANGUAGE_CODE):
        folder, file = Path(temporary) / "package", Path(temporary) / "package.zip"
        folder.mkdir()
        with one_reading():
            version, without = DataVersion.current(), sorted(names_withdrawn_by_law())
            lines = contents.write(folder, localdate(now))
        describe(folder, lines, number=number, made_at=now, version=version)
        changes = _changes_since(last, folder, number) if last and last.is_kept else None
        pack(folder, file)
        release = Release(
            number=number, made_at=now, day=localdate(now), data_version=version, lines=lines, without=without
        )
        return store(release, file, now, changes)


def _changes_since(last, folder, number):
    with last.file.open() as opened, ZipFile(opened) as before:
        found = differences(before, folder)
    head = {"from": last.version, "to": f"{number}.1"}
    return json.dumps(head | {"registers": found}, ensure_ascii=False)

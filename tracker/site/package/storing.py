"""A release as it is kept: its files packed, in the storage for files, and the row that leads to them."""

from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from ..models import Release
from .description import digest


def pack(folder: Path, file: Path) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, path.name)


def store(release: Release, path: Path, now: datetime, changes: str | None = None) -> Release | None:
    """Keep the file, then the row that names it; without the row nobody is led to the file."""
    release.issued_at, release.bytes, release.sha256 = now, path.stat().st_size, digest(path)
    with path.open("rb") as opened:
        release.file.save(release.file_name, File(opened), save=False)
    if changes is not None:
        name = f"differences-{release.version}.json"
        release.differences.save(name, ContentFile(changes.encode()), save=False)
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError:  # the same number, made by another process at the same time
        for field in filter(None, (release.file, release.differences)):
            field.delete(save=False)
        return None
    return release

"""A mark of the code that answers: an answer may be another after a release, though no record has changed."""

import hashlib
from functools import cache

from django.conf import settings

ROOMS = ("tracker", "agreements", "meetings", "templates")
# What answers are made by: code, templates and translations.
SUFFIXES = (".py", ".html", ".mo")


@cache
def deployed_code() -> str:
    """Read once, at the first answer that needs it: takes some hundredths of a second."""
    found = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*")):
            if path.suffix in SUFFIXES:
                found.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0")
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def etag_of(address: str, version: int, day: object) -> str:
    """Of an answer that is a function of the data version, the day and its address, and too long to be made for the
    sake of its mark."""
    said = "\0".join((deployed_code(), str(version), str(day), address))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'

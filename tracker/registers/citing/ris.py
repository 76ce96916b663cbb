"""A work as RIS, the tagged format that reference managers exchange: lines end with CR and LF, each value has one."""

from .dates import in_english, parts_of, with_slashes
from .work import Work


def as_ris(work: Work) -> str:
    parts = parts_of(work.issued)
    lines = [
        ("TY", work.kind.ris),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", work.author),
        ("T2", work.container),
        ("PB", work.publisher),
        ("PY", f"{parts[0][0]:04}" if parts else in_english(work.issued)),
        ("DA", with_slashes(work.issued)),
        ("ET", work.version),
        ("AN", work.number),
        ("LA", work.language),
        ("UR", work.address),
        ("L2", work.archived),
        ("Y2", with_slashes(work.accessed_on)),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"

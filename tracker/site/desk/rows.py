"""A line of the index of the desk."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise


@dataclass
class WorkRow:
    """``number`` is the least that there are, where there ``is_more``. ``address`` is that of the list; where several
    kinds are counted, each of ``kinds`` has its own: ``(name, number, is more, address)``. ``links`` are ways to what
    is no record. ``first`` is the one that has waited longest.
    """

    number: int
    label: str | Promise
    address: str = ""
    kinds: list[tuple[str, int, bool, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    first: str = ""
    first_address: str = ""
    detail: str = ""
    quote: str = ""
    age: str = ""
    is_more: bool = False
    is_old: bool = False
    is_late: bool = False
    since: date | None = None

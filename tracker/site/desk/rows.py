"""A line of the index of the desk."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Row:
    """``address`` is that of the list; where several kinds are counted, each of ``kinds`` has its own: ``(name, number,
    address)``. ``links`` are ways to what is no record. ``first`` is the one that has waited longest."""

    number: int
    label: str
    address: str = ""
    kinds: list[tuple[str, int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    first: str = ""
    first_address: str = ""
    detail: str = ""
    quote: str = ""
    age: str = ""
    is_old: bool = False
    is_late: bool = False
    since: date | None = None

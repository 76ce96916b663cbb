"""How much of a pair its page shows."""

from dataclasses import dataclass

# Agreements and meetings that a timeline can tell apart.
MOST_DATED = 200
# Records of all kinds of which a reader may want to see many at once, and not the newest.
MOST_TOLD = 500


@dataclass(frozen=True)
class Limits:
    """``open`` commitments, ``rows`` of each other list, ``forums`` and ``sessions`` of each in a table, where there is
    room for it, and ``numbers`` in the strip of these; ``is_by_record`` is whether the timeline names each record."""

    open: int
    rows: int
    forums: int
    sessions: int
    numbers: int
    is_by_record: bool


OF_MOST_PAIRS = Limits(open=24, rows=10, forums=12, sessions=20, numbers=30, is_by_record=True)
OF_LARGE_PAIRS = Limits(open=10, rows=5, forums=4, sessions=0, numbers=10, is_by_record=False)


def limits(dated: int, told: int) -> Limits:
    """Of a pair with so many agreements and meetings, and so many records together with commitments."""
    return OF_MOST_PAIRS if dated <= MOST_DATED and told <= MOST_TOLD else OF_LARGE_PAIRS

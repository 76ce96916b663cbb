"""How values are put on paper: the marks between them, which languages write differently, and grouped numbers."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from .languages import Composed, in_a_row


def between_names() -> str:
    """Chinese has a comma of its own for them."""
    return pgettext("between names", ", ")


def between_clauses() -> str:
    return pgettext("between clauses", ", ")


def colon() -> str:
    return pgettext("after a label", ": ")


def before_line() -> str:
    """The colon at the end of a line, before what stands on the next one."""
    return pgettext("at the end of a line", ":")


def names(items: Iterable) -> Composed:
    return in_a_row(items, between_names())


def clauses(items: Iterable) -> Composed:
    """Parts of one sentence, such as counts, or a meeting and its day; those that are empty are left out."""
    return in_a_row(filter(None, items), between_clauses())


def statements(items: Iterable) -> Composed:
    """What could be sentences, on one line."""
    return in_a_row(items, gettext("; "))


def labelled(label, value) -> Composed:
    return Composed([str(label), colon(), value if isinstance(value, str) else str(value)])


def grouped(number: int | Decimal) -> str:
    """22,000: digits 0–9 in groups of three in every language, no idle decimals."""
    return f"{number.normalize():,f}" if isinstance(number, Decimal) else f"{number:,}"

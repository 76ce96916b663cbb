"""How values are put on paper: the marks between them, which languages write differently, and grouped numbers."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext, pgettext


def names(items: Iterable) -> str:
    """Names one after the other; Chinese has a comma of its own for them."""
    return pgettext("between names", ", ").join(map(str, items))


def clauses(items: Iterable) -> str:
    """Parts of one sentence, such as counts, or a meeting and its day."""
    return pgettext("between clauses", ", ").join(map(str, items))


def statements(items: Iterable) -> str:
    """What could be sentences, on one line."""
    return gettext("; ").join(map(str, items))


def labelled(label, value) -> str:
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}


def grouped(number: int | Decimal) -> str:
    """22,000: digits 0–9 in groups of three in every language, no idle decimals."""
    return f"{number.normalize():,f}" if isinstance(number, Decimal) else f"{number:,}"

"""Dates as sources give them: the Extended Date/Time Format of ISO 8601-2, its bounds, its wording, and its reading
from what people type.

A notation is kept as it was entered; nothing here ever makes it more precise than it is.
"""

from .notation import UNREADABLE, Bounds, Exactness, agree, bounds, exactness, validate
from .typed import read
from .words import in_words

__all__ = ["UNREADABLE", "Bounds", "Exactness", "agree", "bounds", "exactness", "in_words", "read", "validate"]

"""Rows with the names that a body bore over time."""

from tracker.records.admin import RowInline


class NameInline(RowInline):
    """Former, foreign and other names; search finds all of them."""

    fk_name = "body"
    fields = ["name", "abbreviation", "language", "used_from", "used_until", "note"]
    classes = ["collapse"]

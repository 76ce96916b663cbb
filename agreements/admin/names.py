"""Rows with the names that a body bore over time."""

from tracker.records.admin import StackedRowInline


class NameInline(StackedRowInline):
    """Former, foreign and other names; search finds all of them."""

    fk_name = "body"
    line, line_title = [("name", "abbreviation"), ("language", "used_from", "used_until", "note")], "name"
    fields = [("name", "abbreviation", "language"), ("used_from", "used_until", "note")]
    widths = {"name": 6, "abbreviation": 3, "language": 3, "used_from": 3, "used_until": 3, "note": 6}

"""Rows with what third voices said about a record: the same on every form."""

from django.utils.translation import gettext_lazy as _

from agreements.models import AgreementStatement, ForumStatement, WorkingGroupStatement
from tracker.records.admin import StackedRowInline


class StatementInline(StackedRowInline):
    """The base: each names its ``model``."""

    fields = [
        ("kind", "on", "on_words"),
        ("country", "organisation", "person", "words", "office"),
        "text",
        ("source", "locator"),
    ]
    line = ["on", "text", ("country", "organisation", "person", "words", "office")]
    line_title = "text"
    widths = {"source": 8, "locator": 4}
    intro = _(
        "What somebody from outside said about the record: a protest, a reaction, a wish, a pledge of a company, an "
        "editorial. Give one voice: a country, an organisation, a person or words. Statements are shown on the page "
        "and counted nowhere; what a party itself promised is a commitment."
    )


class AgreementStatementInline(StatementInline):
    model = AgreementStatement


class ForumStatementInline(StatementInline):
    model = ForumStatement


class WorkingGroupStatementInline(StatementInline):
    model = WorkingGroupStatement

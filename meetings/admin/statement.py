"""Rows with what third voices said about a meeting or a commitment."""

from agreements.admin.statement import StatementInline
from meetings.models import CommitmentStatement, MeetingStatement


class MeetingStatementInline(StatementInline):
    model = MeetingStatement


class CommitmentStatementInline(StatementInline):
    model = CommitmentStatement

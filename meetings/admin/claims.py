"""Pages of delegates, announced dates and figures, for what sources state of them."""

from django.contrib import admin

from meetings.models import (
    CommitmentFigure,
    CommitmentFigureClaim,
    Delegate,
    DelegateClaim,
    MeetingFigure,
    MeetingFigureClaim,
    ScheduleChange,
    ScheduleChangeClaim,
)
from tracker.records.admin import PartAdmin, claim_inline


@admin.register(Delegate)
class DelegateAdmin(PartAdmin):
    inlines = [claim_inline(DelegateClaim)]


@admin.register(ScheduleChange)
class ScheduleChangeAdmin(PartAdmin):
    inlines = [claim_inline(ScheduleChangeClaim)]


@admin.register(MeetingFigure)
class MeetingFigureAdmin(PartAdmin):
    inlines = [claim_inline(MeetingFigureClaim)]


@admin.register(CommitmentFigure)
class CommitmentFigureAdmin(PartAdmin):
    inlines = [claim_inline(CommitmentFigureClaim)]

"""Pages of events, memberships and stages, for what sources state of them."""

from django.contrib import admin

from agreements.models import (
    AgreementEvent,
    AgreementEventClaim,
    Membership,
    MembershipClaim,
    WorkingGroupStage,
    WorkingGroupStageClaim,
)
from tracker.records.admin import PartAdmin, claim_inline


@admin.register(AgreementEvent)
class AgreementEventAdmin(PartAdmin):
    inlines = [claim_inline(AgreementEventClaim)]


@admin.register(Membership)
class MembershipAdmin(PartAdmin):
    inlines = [claim_inline(MembershipClaim)]


@admin.register(WorkingGroupStage)
class WorkingGroupStageAdmin(PartAdmin):
    inlines = [claim_inline(WorkingGroupStageClaim)]

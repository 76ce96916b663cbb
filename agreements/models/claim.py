"""What sources state of the parts of agreements, forums and groups: events, memberships, stages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Claim

from .event import AgreementEvent
from .forum import Membership
from .working_group import WorkingGroupStage


class AgreementEventClaim(Claim):
    class Field(models.TextChoices):
        DATE = "date", _("date")
        KIND = "kind", _("event")
        PLACE = "place", _("place")
        REASON = "reason", _("reason")

    part = models.ForeignKey(AgreementEvent, on_delete=models.CASCADE, related_name="claims")
    field = models.CharField(_("field it states"), max_length=15, choices=Field)


class MembershipClaim(Claim):
    class Field(models.TextChoices):
        JOINED = "joined", _("joined")
        LEFT = "left", _("left")
        ROLE = "role", _("role")
        ORDINAL = "ordinal", _("order of joining")

    part = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="claims")
    field = models.CharField(_("field it states"), max_length=15, choices=Field)


class WorkingGroupStageClaim(Claim):
    class Field(models.TextChoices):
        DATE = "date", _("date")
        STAGE = "stage", _("stage")

    part = models.ForeignKey(WorkingGroupStage, on_delete=models.CASCADE, related_name="claims")
    field = models.CharField(_("field it states"), max_length=15, choices=Field)

"""What sources state of the parts of meetings and commitments: delegates, announced dates, figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Claim

from .delegation import Delegate
from .lineage import CommitmentFigure
from .outcome import AgreementFigure, MeetingFigure
from .programme import ScheduleChange


class DelegateClaim(Claim):
    class Field(models.TextChoices):
        PERSON = "person", _("person")
        OFFICE = "office", _("office at that time")
        ROLE = "role", _("role")

    part = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="claims")
    field = models.CharField(_("field it states"), max_length=15, choices=Field)


class ScheduleChangeClaim(Claim):
    class Field(models.TextChoices):
        DATE = "date", _("date")
        REPORTED = "reported", _("reported")
        KIND = "kind", _("what")

    part = models.ForeignKey(ScheduleChange, on_delete=models.CASCADE, related_name="claims")
    field = models.CharField(_("field it states"), max_length=15, choices=Field)


class FigureClaim(Claim):
    class Field(models.TextChoices):
        AMOUNT = "amount", _("amount")
        UNIT = "unit", _("unit or currency")
        AS_OF = "as_of", _("as of")
        WHAT = "what", _("what it counts")

    field = models.CharField(_("field it states"), max_length=15, choices=Field)

    class Meta(Claim.Meta):
        abstract = True


class MeetingFigureClaim(FigureClaim):
    part = models.ForeignKey(MeetingFigure, on_delete=models.CASCADE, related_name="claims")


class AgreementFigureClaim(FigureClaim):
    part = models.ForeignKey(AgreementFigure, on_delete=models.CASCADE, related_name="claims")


class CommitmentFigureClaim(FigureClaim):
    part = models.ForeignKey(CommitmentFigure, on_delete=models.CASCADE, related_name="claims")

"""Questions about commitments that no column answers: as expressions, for filters, facets and exports."""

from django.db.models import Case, CharField, DateField, Exists, OuterRef, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.records.models import is_published

from .headline import IS_COMPLETED


class YesNo(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


def answers(model, lineage) -> dict:
    """Return the annotations: ``standing``, ``completed``, ``late`` (empty where nobody knows), ``repeated``;
    ``made_earliest`` and ``made_latest``, the bounds of the day on which it was made, as far as that is public."""
    return {
        "standing": _case(When(strength__in=model.FIRM, then=Value("firm")), default="soft"),
        "completed": _case(When(IS_COMPLETED, then=Value("yes")), default="no"),
        "late": _case(
            When(days_late_least__gt=0, then=Value("yes")), When(days_late_most=0, then=Value("no")), default=""
        ),
        "repeated": _case(When(Exists(_later(lineage)), then=Value("yes")), default="no"),
        "made_earliest": _made("earliest"),
        "made_latest": _made("latest"),
    }


def _case(*whens, default):
    return Case(*whens, default=Value(default), output_field=CharField())


def _later(lineage):
    """Published commitments that repeat, refine or supersede this one."""
    return lineage.filter(is_published("commitment__"), earlier=OuterRef("pk"))


def _made(edge):
    return Case(
        When(is_published("meeting__"), then=f"meeting__held_{edge}"),
        When(is_published("agreement__"), then=f"agreement__signed_or_adopted_{edge}"),
        output_field=DateField(),
    )

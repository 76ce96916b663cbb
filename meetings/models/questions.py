"""Questions about commitments that no column answers: as expressions, for filters, facets and exports."""

from datetime import date

from django.db.models import Case, CharField, DateField, Exists, OuterRef, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.records.models import is_published

from .headline import IS_COMPLETED
from .implementation import heard, implementation_case

EDGES = ("earliest", "latest")


class YesNo(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


def answers(model, lineage, updates, today: date) -> dict:
    """Return the annotations: ``standing``, ``completed``, ``late`` (empty where nobody knows), ``repeated``,
    ``implementation``; ``made_earliest`` and ``made_latest``, the bounds of the day on which it was made, as far as
    that is public, and ``heard_earliest`` and ``heard_latest``, those of the last word of it."""
    published = updates.filter(state="published")
    return {
        "standing": _case(When(strength__in=model.FIRM, then=Value("firm")), default="soft"),
        "completed": _case(When(IS_COMPLETED, then=Value("yes")), default="no"),
        "late": _case(
            When(days_late_least__gt=0, then=Value("yes")), When(days_late_most=0, then=Value("no")), default=""
        ),
        "repeated": _case(When(Exists(_later(lineage)), then=Value("yes")), default="no"),
        "implementation": implementation_case(published, today),
        **{f"made_{edge}": _made(edge) for edge in EDGES},
        **{f"heard_{edge}": heard(published, _made(edge), edge) for edge in EDGES},
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

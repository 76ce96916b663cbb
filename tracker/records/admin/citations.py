"""Citations as rows of the record they support."""

from django.utils.translation import gettext_lazy as _

from .base import PartInline
from .forms import RecordFormSet


class CitationFormSet(RecordFormSet):
    """The rows that publication counts."""


class CitationInline(PartInline):
    """The sources of a record; publishing needs one. ``?source=`` in the address fills in the first row."""

    formset = CitationFormSet
    fk_name = "record"
    fields = ["source", "locator", "field", "value", "is_accepted", "note"]
    extra_when_new = 1
    verbose_name_plural = _("sources")
    terms = {
        "source": _("The document that says so."),
        "field": _("Only for a claim: which fact this source states, where sources differ or one must be weighed."),
        "value": _("Only for a claim: the value as this source gives it; dates in EDTF notation."),
        "is_accepted": _("Unticked: the source says so, but the record follows another one."),
        "note": _("Why this value was chosen, or not."),
    }

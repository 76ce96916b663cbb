"""Citations as rows of the record they support."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.records.models import NO_CITATION, Publication

from .forms import RecordFormSet
from .rows import RowInline


class CitationFormSet(RecordFormSet):
    """The rows that publication counts: one that is published, or has its moment, keeps at least one."""

    def clean(self):
        super().clean()
        is_published = self.instance.state == Publication.State.PUBLISHED
        if (is_published or self.instance.publish_at) and not self.living_forms():
            raise ValidationError(NO_CITATION)


class CitationInline(RowInline):
    """The sources of a record; publishing needs one. ``?source=`` in the address fills in the first row."""

    formset = CitationFormSet
    fk_name = "record"
    fields = ["source", "locator", "field", "value", "note"]
    widths = {"source": 4, "locator": 2, "field": 2, "value": 2, "note": 2}
    extra_when_new = 1
    verbose_name_plural = _("sources")
    terms = {
        "source": _("The document that says so."),
        "field": _("Only for a claim: which fact this source states, where sources differ or one must be weighed."),
        "value": _("Only for a claim: the value as this source gives it; dates in EDTF notation."),
        "note": _("Why this value was adopted, or not. It is shown beside the value."),
    }

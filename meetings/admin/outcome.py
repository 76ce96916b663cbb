"""Outcomes and figures: the rows of a meeting beside its commitments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import AgreementFigure, AgreementFigureClaim, CommitmentFigure, MeetingFigure, Outcome
from tracker.records.admin import RecordForm, RowAdmin, StackedRowInline, claim_inline

from .handed_down import HandedDownFormSet
from .plausible import doubt_figure

FIGURE_ROWS = [
    ("what", "comparator", "amount", "unit"),
    ("words", "previous_amount", "scenario", "as_of"),
    ("said_by", "said_by_words"),
    ("source", "locator", "note"),
]
FIGURE_WIDTHS = {"what": 5, "comparator": 2, "amount": 2, "source": 5, "locator": 3, "note": 4}


class OutcomeForm(RecordForm):
    """A group that was set up says by its name what came of the meeting."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text") and "text" not in self.errors:
            group = cleaned.get("working_group")
            if group is None:
                self.add_error("text", _("Say what came of the meeting, or name the group that was set up."))
            cleaned["text"] = f"{group}." if group else ""
        return cleaned


class OutcomeInline(StackedRowInline):
    model = Outcome
    form = OutcomeForm
    formset = HandedDownFormSet
    extra_when_new = 1
    order_field, list_field = "position", "text"
    line, line_title = ["kind", "text", ("working_group", "locator")], "text"
    fields = ["text", ("kind", "realisation", "working_group"), ("source", "locator", "position")]
    widths = {"kind": 3, "realisation": 3, "working_group": 6, "source": 6, "position": 2}
    intro = _(
        "What a party promised is a commitment, below; everything else that came of the meeting is an outcome. "
        "Decision: settled there. Establishment: a body was set up. Signature: somebody signed. Adoption: a text was "
        "adopted or endorsed. Extension: a term was prolonged. Statement: a view. Information: a fact that was "
        "reported. Expected: announced beforehand, not yet known to have happened."
    )
    terms = {
        "text": _("In our own words. Empty: the name of the group it concerns."),
        "source": _("Empty: the first source of the meeting."),
        "position": _("Order on the page; equal numbers appear in the order of entry."),
    }


class FigureForm(RecordForm):
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        doubt_figure(self)
        return cleaned


class FigureInline(StackedRowInline):
    form = FigureForm
    fields = FIGURE_ROWS
    line, line_title = (
        ["comparator+amount+words+unit", "what", ("locator", "said_by", "said_by_words")],
        "what",
    )
    widths = FIGURE_WIDTHS
    intro = _(
        "A figure is a number or words, with the unit in which it was given, and by whom. Figures are never added up. "
        "Source empty: the first source of the record."
    )


class MeetingFigureInline(FigureInline):
    model = MeetingFigure
    formset = HandedDownFormSet
    show_change_link = True


class CommitmentFigureInline(FigureInline):
    model = CommitmentFigure
    show_change_link = True


@admin.register(AgreementFigure)
class AgreementFigureAdmin(RowAdmin):
    list_display = ["what", "__str__", "agreement", "as_of", "source"]
    list_select_related = ["agreement", "source"]
    search_fields = ["what", "unit", "agreement__title", "agreement__reference"]
    fields = ["agreement", *FIGURE_ROWS]
    next_fields = ["agreement", "source"]
    inlines = [claim_inline(AgreementFigureClaim)]

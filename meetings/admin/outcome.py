"""Outcomes and figures: the rows of a meeting beside its commitments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import (
    AgreementFigure,
    AgreementFigureClaim,
    CommitmentFigure,
    MeetingAgreement,
    MeetingFigure,
    Outcome,
)
from tracker.records.admin import RecordForm, RowAdmin, StackedRowInline, claim_inline

from .handed_down import HandedDownFormSet
from .plausible import doubt_figure

Role, Kind = MeetingAgreement.Role, Outcome.Kind
# What was done with an agreement, and with several that are one record, in the language of the records. The link says
# which one it was: its title may not be public, and may be corrected.
DONE = {
    Role.SIGNED: (Kind.SIGNATURE, "An agreement was signed.", "Agreements were signed."),
    Role.EXCHANGED: (Kind.SIGNATURE, "An agreement was exchanged.", "Agreements were exchanged."),
    Role.ADOPTED: (Kind.ADOPTION, "An agreement was adopted.", "Agreements were adopted."),
    Role.EXTENDED: (Kind.EXTENSION, "An agreement was extended.", "Agreements were extended."),
    Role.ANNOUNCED: (
        Kind.INFORMATION,
        "The signing of an agreement was announced.",
        "The signing of agreements was announced.",
    ),
}
FIGURE_ROWS = [
    ("what", "comparator", "amount", "unit"),
    ("words", "previous_amount", "scenario", "as_of"),
    ("said_by", "said_by_words"),
    ("source", "locator", "note"),
]
FIGURE_WIDTHS = {"what": 5, "comparator": 2, "amount": 2, "source": 5, "locator": 3, "note": 4}


def done(role, agreement):
    """Return kind and text of the outcome that a meeting did this with an agreement."""
    kind, of_one, of_several = DONE[role]
    return kind, of_one if agreement.count == 1 else of_several


class OutcomeForm(RecordForm):
    """The name of a group that was set up says what came of the meeting, and so does the kind beside an agreement."""

    DONE_BY_KIND = {Kind.SIGNATURE: Role.SIGNED, Kind.ADOPTION: Role.ADOPTED, Kind.EXTENSION: Role.EXTENDED}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text") and "text" not in self.errors:
            cleaned["text"] = self._what_it_names(cleaned)
            if not cleaned["text"]:
                message = _("Say what came of the meeting, or name the group that was set up or the agreement signed.")
                self.add_error("text", message)
        return cleaned

    def _what_it_names(self, cleaned):
        if group := cleaned.get("working_group"):
            return f"{group}."
        agreement, role = cleaned.get("agreement"), self.DONE_BY_KIND.get(cleaned.get("kind"))
        is_done = agreement and role and cleaned.get("realisation") == Outcome.Realisation.REALISED
        return done(role, agreement)[1] if is_done else ""


class ChoosesAgreement:
    """Rows that name an agreement which is there: what is new is made in the row of agreements, with all it takes."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "agreement":
            field.widget.can_add_related = False
        return field


class OutcomeInline(ChoosesAgreement, StackedRowInline):
    model = Outcome
    form = OutcomeForm
    formset = HandedDownFormSet
    extra_when_new = 1
    order_field, list_field = "position", "text"
    line, line_title = ["kind", "text", ("working_group", "agreement", "locator")], "text"
    fields = ["text", ("kind", "realisation"), ("working_group", "agreement"), ("source", "locator", "position")]
    widths = {"kind": 3, "realisation": 3, "working_group": 6, "agreement": 6, "source": 6, "position": 2}
    intro = _(
        "What a party promised is a commitment, below; everything else that came of the meeting is an outcome. "
        "Decision: settled there. Establishment: a body was set up. Signature: somebody signed. Adoption: a text was "
        "adopted or endorsed. Extension: a term was prolonged. Statement: a view. Information: a fact that was "
        "reported. Expected: announced beforehand, not yet known to have happened."
    )
    terms = {
        "text": _("In our own words. Empty: the name of the group it concerns, or what was done with the agreement."),
        "agreement": _("Named beside the text once it is public: its title need not stand there too."),
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


class MeetingFigureInline(ChoosesAgreement, FigureInline):
    model = MeetingFigure
    fields = [*FIGURE_ROWS[:2], ("said_by", "said_by_words", "agreement"), FIGURE_ROWS[3]]
    line = [FigureInline.line[0], "what", ("agreement", *FigureInline.line[2])]
    terms = {"agreement": _("Then its page says, too, that this was said of it at the meeting.")}
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

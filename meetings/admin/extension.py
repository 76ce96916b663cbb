"""The form of an agreed extension: it moves the due date of a commitment, and keeps the former one with the source."""

from datetime import date

from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.followups.rules import happens_again
from meetings.models import Commitment, DueChange, ProgressUpdate
from tracker.records import edtf
from tracker.records.admin import RecordForm
from tracker.records.admin.dates import EDTFInput
from tracker.records.models import Basis

from .lookups import one_of

DueRule, State = Commitment.DueRule, ProgressUpdate.State
FIELDSETS = [(_("As agreed"), {"fields": ["due_after", "agreed_on", "reason", "source"]})]


def obstacle(update: ProgressUpdate):
    """Return why no extension can follow from this progress update, in words, or None."""
    if update.answer != ProgressUpdate.Answer.LATE or update.state not in (State.IN_REVIEW, State.PUBLISHED):
        return _("An extension follows only from the answer “late”, in review or accepted.")
    if happens_again(update.commitment):
        return _(
            "The commitment is recurring or continuous: a single occurrence has no due date of its own. "
            "Change the commitment instead."
        )
    return None


class ExtensionForm(RecordForm):
    """A change of the due date from the present one. ``update``: the answer that tells of it."""

    source = one_of(DueChange, "source", _("Source"), _("The document that says that the sides agreed."))

    class Meta:
        model = DueChange
        fields = FIELDSETS[0][1]["fields"]
        widgets = {"due_after": EDTFInput, "agreed_on": EDTFInput, "reason": AdminTextInputWidget}
        labels = {"due_after": _("New due date")}
        help_texts = {"agreed_on": ""}

    def __init__(self, *args, update: ProgressUpdate, today: date, **kwargs):
        commitment = update.commitment
        change = DueChange(commitment=commitment, due_before=commitment.due)
        initial = {"due_after": update.expected, "reason": update.reason}
        super().__init__(*args, instance=change, initial=initial, **kwargs)
        self.today = today
        needed = {
            "due_after": _("Give the new due date."),
            "agreed_on": _("Say when it was agreed, as exactly as the source does."),
            "source": _("Name the source that says so. Without one the due date stays as it is."),
        }
        for name, message in needed.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        agreed, new = (self._bounds(cleaned.get(name)) for name in ("agreed_on", "due_after"))
        if agreed.earliest and agreed.earliest > self.today:
            self.add_error("agreed_on", _("This day has not come yet."))
        present = self.instance.commitment.due_latest
        if new.latest and present and new.latest <= present:
            self.add_error("due_after", _("An extension ends later than the present due date."))
        return cleaned

    def _bounds(self, notation):
        """What cannot be read, the model's own fields refuse."""
        try:
            return edtf.bounds(notation or "")
        except ValidationError:
            return edtf.bounds("")

    def save(self, commit=True):
        """Save the change and move the due date: the caller keeps both in one transaction."""
        change = super().save(commit)
        commitment = change.commitment
        commitment.due, commitment.due_basis, commitment.due_reason = change.due_after, Basis.STATED, ""
        if commitment.due_rule in (DueRule.NONE, DueRule.NEXT_SESSION):
            # It no longer follows the session, which would set its own day.
            commitment.due_rule, commitment.due_session = DueRule.DATE, None
        commitment.save()
        return change

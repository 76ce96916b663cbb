"""Due dates and focal points of many commitments at once."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.followups.rules import happens_again
from meetings.models import Commitment, FocalPoint
from tracker.records.admin import BulkChange
from tracker.records.admin.dates import EDTFInput
from tracker.records.languages import in_a_row, written
from tracker.records.models import Basis

from .lookups import one_of

DueRule = Commitment.DueRule
RECURS = _("It recurs or goes on: a single due date would not fit it. Change it on its own form.")
FOLLOWS = _("Its due date follows from a session or an event. Change it on its own form.")


class DueForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = ["due", "due_words", "due_basis", "due_reason"]
        widgets = {"due": EDTFInput}
        labels = {"due": _("New due date")}
        help_texts = {"due_words": _("As the source puts the new date. Empty: the words about the former one go.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due"].required = True
        self.fields["due"].error_messages["required"] = _("Give the new due date.")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("due_basis") != Basis.STATED and not cleaned.get("due_reason"):
            self.add_error("due_reason", _("Say why: no source states the date itself."))
        return cleaned

    def _post_clean(self):
        """The values are no commitment of their own."""


class DueInBulk(BulkChange):
    name = "change_due"
    label = _("Change the due date …")
    warning = _(
        "This corrects what is recorded. Where the sides agreed on a later date, enter that on the form of the "
        "commitment as a change of its due date, with the source: then both dates are shown."
    )
    form_class = DueForm

    def apply(self, record, values):
        if happens_again(record):
            raise ValidationError(RECURS)
        if record.due_rule in (DueRule.NEXT_SESSION, DueRule.RELATIVE):
            raise ValidationError(FOLLOWS)
        before = self._said(record)
        for name, value in values.items():
            setattr(record, name, value)
        if record.due_rule == DueRule.NONE:
            record.due_rule = DueRule.DATE
        record.clean()
        record.validate_constraints()
        said = zip(before, self._said(record), strict=True)
        return [(label, old, new) for (label, old), (_label, new) in said if old != new]

    def _said(self, commitment):
        """What is shown of its due date, with the labels of the form."""
        of = Commitment._meta.get_field
        return [
            (of("due").verbose_name, commitment.due_in_words),
            (of("due_rule").verbose_name, commitment.get_due_rule_display()),
            (of("due_basis").verbose_name, commitment.get_due_basis_display()),
            (of("due_reason").verbose_name, written(commitment.due_reason)),
        ]


class FocalPointForm(forms.Form):
    person = one_of(FocalPoint, "person", _("Focal point"))
    side = one_of(FocalPoint, "side", _("For the side"))
    instead_of = one_of(
        FocalPoint, "person", _("Instead of"), _("Whose term ends today, where this person is a focal point now.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].required = True
        self.fields["person"].error_messages["required"] = _("Name the person who is to be asked.")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") and cleaned.get("person") == cleaned.get("instead_of"):
            self.add_error("instead_of", _("Nobody can take their own place."))
        return cleaned


class FocalPointInBulk(BulkChange):
    name = "change_focal_point"
    label = _("Change focal points …")
    warning = _(
        "Whoever is named here receives mail about these commitments: once they are published and their due dates "
        "come near, and again until they are answered. Saving alone sends nothing."
    )
    form_class = FocalPointForm
    permission = "meetings.add_focalpoint"
    is_content = False

    def fetched(self, records):
        return records.prefetch_related("focal_points__person", "focal_points__side")

    def apply(self, record, values):
        today = timezone.localdate()
        named = list(record.focal_points.all())
        before = [each for each in named if each.is_serving(today)]
        record.leaving = [each for each in before if each.person == values["instead_of"]]
        if values["instead_of"] and not record.leaving:
            raise ValidationError(_("%(person)s is no focal point of it now.") % {"person": values["instead_of"]})
        record.coming = self._coming(record, named, values, today)
        after = [each for each in [*before, *record.coming] if each not in record.leaving]
        if not record.leaving and not record.coming:
            return []
        return [(FocalPoint._meta.verbose_name_plural, _named(before), _named(after))]

    def _coming(self, record, named, values, today):
        """The new focal point; none where the person is one already."""
        known = next((each for each in named if each.person == values["person"]), None)
        if known is None:
            starts = today + timedelta(days=1) if record.leaving else None
            return [FocalPoint(commitment=record, person=values["person"], side=values["side"], starts=starts)]
        if known.is_serving(today) and known.side == (values["side"] or known.side):
            return []
        raise ValidationError(
            _("%(person)s is named in it already, for another term or side. Change that on the form of the commitment.")
            % {"person": known.person}
        )

    def save(self, record, values):
        for each in record.leaving:
            each.ends = timezone.localdate()
            each.save()
        for each in record.coming:
            each.save()


def _named(focal_points):
    return in_a_row(map(_with_side, focal_points), ", ")


def _with_side(focal_point):
    side = f" ({focal_point.side.code})" if focal_point.side else ""
    return written(f"{focal_point.person}{side}")

"""The form of the answer page: five answers, and what belongs to each."""

from datetime import date

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from tracker.records import edtf

from .answers import Answer

# What is asked only with one answer, and its empty value. The page hides it with the others, so there it can be
# neither wrong nor right.
DETAILS = {
    Answer.LATE: {"expected": "", "reason": ""},
    Answer.NOT_MINE: {"responsible": None, "responsible_words": ""},
}


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class AnswerForm(forms.Form):
    """The cleaned data are fields of ``ProgressUpdate``. ``colleagues`` are those whom “not mine” may name."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=Answer, error_messages={"required": _("Choose one of the five answers.")}
    )
    expected = forms.CharField(label=_("New date"), required=False, max_length=40)
    reason = forms.CharField(label=_("Why"), required=False, max_length=400)
    responsible = forms.TypedChoiceField(label=_("Who then?"), required=False, empty_value=None)
    responsible_words = forms.CharField(label=_("Who then?"), required=False, max_length=200)
    text = forms.CharField(label=_("Note"), required=False, max_length=4000)
    evidence_url = WebAddressField(
        label=_("Link to evidence"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": _("Write a web address that begins with https:// or http://.")},
    )

    def __init__(self, *args, today: date, colleagues: list[Person] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.colleagues = colleagues
        people = {str(person.pk): person for person in colleagues}
        self.fields["responsible"].choices = [("", ""), *((key, person.name) for key, person in people.items())]
        self.fields["responsible"].coerce = people.get

    def clean(self):
        answer = self.cleaned_data.get("answer")
        for choice, details in DETAILS.items():
            if choice != answer:
                for name, empty in details.items():
                    self.errors.pop(name, None)
                    self.cleaned_data[name] = empty
        if answer == Answer.LATE:
            self._clean_lateness()

    def _clean_lateness(self):
        expected = self.cleaned_data.get("expected")
        if "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a few words why it is late."))
        if not expected:
            return
        try:
            latest = edtf.bounds(expected).latest
        except forms.ValidationError as error:
            self.add_error("expected", error)
            return
        if latest is not None and latest < self.today:
            self.add_error("expected", _("This day has passed already: give the new date."))

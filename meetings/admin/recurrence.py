"""The next dates of what recurs, beside its rule: as it was saved, and as it is typed (``static/admin_tracker/``)."""

from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from meetings.followups import rules
from meetings.models import Commitment, Meeting
from meetings.models.due import UNREADABLE
from meetings.models.recurrence import recurrence_in_words
from tracker.records import edtf, typography
from tracker.records.form_fields import EDTFFormField
from tracker.records.languages import capfirst

DATES_SHOWN = 5


class TypedRecurrence(forms.Form):
    """What stands in the form of a commitment at the moment; what cannot be read counts as empty."""

    recurrence = forms.CharField(required=False, max_length=Commitment._meta.get_field("recurrence").max_length)
    due = EDTFFormField(required=False)
    meeting = forms.ModelChoiceField(Meeting.objects.all(), required=False)
    agreement = forms.ModelChoiceField(Agreement.objects.all(), required=False)

    def commitment(self) -> Commitment:
        self.full_clean()
        return Commitment(**{name: value for name, value in self.cleaned_data.items() if value})


class ShowsNextDates(admin.ModelAdmin):
    """The admin of commitments, as far as they recur."""

    class Media:
        js = ["admin_tracker/recurrence.js"]

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.next_dates_view))
        return [path("next-dates/", view, name="meetings_commitment_next_dates"), *super().get_urls()]

    def next_dates_view(self, request):
        """The line under a rule that is being typed, as plain text. Changes nothing."""
        if not (self.has_view_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        commitment = TypedRecurrence(request.GET).commitment()
        return HttpResponse(next_dates_in_words(commitment, timezone.localdate()), content_type="text/plain")

    @admin.display(description=gettext_lazy("next dates"))
    def next_dates(self, commitment):
        words = next_dates_in_words(commitment, timezone.localdate())
        address = reverse("admin:meetings_commitment_next_dates")
        return format_html('<output class="next-dates" data-address="{}">{}</output>', address, words)


def next_dates_in_words(commitment: Commitment, today: date) -> str:
    """Return the rule in words and the next dates; or what is missing. Empty where nothing recurs."""
    if not commitment.recurrence:
        return ""
    commitment.due_latest = edtf.bounds(commitment.due).latest  # else it follows only when it is saved
    try:
        days = rules.next_times(commitment, today, DATES_SHOWN)
    except UNREADABLE:
        return _("Not a rule of recurrence yet. Write it as in FREQ=MONTHLY;INTERVAL=2.")
    if days:
        said = typography.names(edtf.in_words(day.isoformat()) for day in days)
    elif rules.recurs_from(commitment) is None:
        said = _("enter a due date, or a meeting or agreement with a date; it recurs from there")
    else:
        said = _("no date is left")
    return typography.labelled(capfirst(recurrence_in_words(commitment.recurrence) or _("next dates")), said)

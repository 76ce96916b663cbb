"""The event from which the due date of a commitment is counted, as a short list: few can be meant."""

from django import forms
from django.db.models import Q

from agreements.models import AgreementEvent
from meetings.models import Commitment


class CountedFromField(forms.ModelChoiceField):
    """An event of the agreement that the commitment stands in, or of one that its meeting dealt with."""

    def label_from_instance(self, event):
        return f"{event.agreement.reference}: {event}"


def countable_events(request):
    """The events that the form of this request offers: of the commitment as it is stored, and as it is entered."""
    stored = Commitment.objects.filter(pk=request.form_of and request.form_of.pk)
    typed = {name: request.POST.get(name) or request.GET.get(name, "") for name in ("agreement", "meeting")}
    numbers = {name: [int(value)] if value.isdecimal() and len(value) < 19 else [] for name, value in typed.items()}
    meant = Q(pk__in=stored.values("due_event"))
    meant |= Q(agreement__in=stored.values("agreement")) | Q(agreement__in=numbers["agreement"])
    meant |= Q(agreement__meetings__in=stored.values("meeting")) | Q(agreement__meetings__in=numbers["meeting"])
    return AgreementEvent.objects.filter(meant).select_related("agreement").distinct().order_by("agreement", "pk")

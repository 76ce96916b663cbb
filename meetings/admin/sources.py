"""Results of a meeting that name no source of their own take the meeting's: a communiqué is entered once."""

from agreements.models import AgreementCitation
from meetings.models import (
    Commitment,
    CommitmentCitation,
    MeetingAgreement,
    MeetingFigure,
    Outcome,
    ScheduleChange,
)
from tracker.records.models import Publishable

WITH_A_SOURCE = (Outcome, MeetingFigure, ScheduleChange)


def hand_down(meeting, formsets):
    """Give the sources of the meeting to the rows that were just added or changed without one."""
    citations = list(meeting.citations.all())
    if not citations:
        return
    for formset in formsets:
        rows = [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
        if formset.model is Commitment:
            places = {form.instance.pk: form.cleaned_data.get("locator", "") for form in formset.living_forms()}
            for commitment in rows:
                _cite(commitment, CommitmentCitation, citations, places.get(commitment.pk, ""))
        elif formset.model is MeetingAgreement:
            for link in rows:
                if link.agreement.state == Publishable.State.DRAFT:
                    _cite(link.agreement, AgreementCitation, citations, "")


def _cite(record, model, citations, place):
    """Cite what the meeting cites; a place that was given without a source lies in the first of its sources."""
    if record.citations.exists():
        return
    if place:
        model.objects.create(record=record, source=citations[0].source, locator=place)
        return
    for source, locator in dict.fromkeys((each.source, "" if each.field else each.locator) for each in citations):
        model.objects.create(record=record, source=source, locator=locator)


def fill_in(meeting, formset):
    """Before outcomes, figures and changes of schedule are saved: new ones without a source get the meeting's first."""
    first = meeting.citations.first() if formset.model in WITH_A_SOURCE else None
    for form in formset.living_forms() if first else []:
        if form.instance.pk is None and form.instance.source_id is None:
            form.instance.source = first.source

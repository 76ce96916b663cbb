"""What results of a meeting take from it where they say nothing else: a communiqué is entered once."""

from typing import Any

from agreements.models import AgreementCitation, Organisation, OrganisationCitation, WorkingGroup, WorkingGroupCitation
from meetings.models import (
    Commitment,
    CommitmentCitation,
    MeetingAgreement,
    MeetingFigure,
    Outcome,
    ScheduleChange,
)
from tracker.records.admin import RecordFormSet, made_here
from tracker.records.models import Publishable

WITH_A_SOURCE = (Outcome, MeetingFigure, ScheduleChange)
CITING: dict[Any, Any] = {Organisation: OrganisationCitation, WorkingGroup: WorkingGroupCitation}
MARK = "↑"


class HandedDownFormSet(RecordFormSet):
    """Rows that know their meeting, as its form says it, and in which what is as the meeting has it bears a mark."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.meeting = self.instance
        for name in ("themes", "source") if self.instance.pk else ():
            field = form.fields.get(name)
            if hasattr(field, "label_from_instance"):
                field.label_from_instance = self._label

    def _label(self, record):
        return f"{MARK} {record}" if record in _of(self.instance) else str(record)


def _of(meeting):
    """Its themes and sources, read once for all rows of its form."""
    if not hasattr(meeting, "handed_down"):
        cited = meeting.citations.select_related("source")
        meeting.handed_down = {*meeting.themes.all(), *(citation.source for citation in cited)}
    return meeting.handed_down


def hand_down(meeting, formsets):
    """Give the sources of the meeting to the rows that were just added or changed without one, its themes to new ones,
    and its forum to the groups that were made with it."""
    _give_forum(meeting)
    citations = list(meeting.citations.all())
    for formset in formsets:
        rows = [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
        if formset.model is Commitment:
            places = {form.instance.pk: form.cleaned_data.get("locator", "") for form in formset.living_forms()}
            for commitment in rows:
                _cite(commitment, CommitmentCitation, citations, places.get(commitment.pk, ""))
            _give_themes(meeting, formset.new_objects)
        elif formset.model is MeetingAgreement:
            places = {form.instance.pk: form.cleaned_data.get("place", "") for form in formset.living_forms()}
            for link in rows:
                if link.agreement.state == Publishable.State.DRAFT:
                    _cite(link.agreement, AgreementCitation, citations, places.get(link.pk, ""))
    for record in made_here():
        if type(record) in CITING:
            _cite(record, CITING[type(record)], citations, "")


def _give_forum(meeting):
    for group in made_here():
        if isinstance(group, WorkingGroup) and group.forum is None and meeting.forum:
            group.forum = meeting.forum
            group.save()


def _give_themes(meeting, records):
    themes = list(meeting.themes.all())
    for record in records if themes else ():
        if not record.themes.exists():
            record.themes.set(themes)


def _cite(record, model, citations, place):
    """Cite what the meeting cites; a place that was given without a source lies in the first of its sources."""
    if not citations or record.citations.exists():
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

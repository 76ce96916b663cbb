"""Claims that contradict each other, of a record and of its parts, as the index of the desk counts them."""

import pytest

from agreements.models import (
    AgreementCitation,
    AgreementEventClaim,
    Forum,
    MembershipClaim,
    WorkingGroupStage,
    WorkingGroupStageClaim,
)
from meetings.models import (
    AgreementFigure,
    AgreementFigureClaim,
    CommitmentFigure,
    CommitmentFigureClaim,
    Delegate,
    DelegateClaim,
    MeetingFigure,
    MeetingFigureClaim,
    ScheduleChangeClaim,
)
from meetings.models.claim import FigureClaim
from tests.admin.desk import address
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_person,
    make_source,
    make_working_group,
)
from tracker.records.models import Claim
from tracker.site.desk import asking

pytestmark = pytest.mark.django_db
TABLES = [each for each in (*Claim.__subclasses__(), *FigureClaim.__subclasses__()) if not each._meta.abstract]


def rows_of(client):
    return {str(row.label): row for section in client.get("/admin/").context["sections"] for row in section.rows}


def test_claim_with_a_note_is_decided(editor):
    agreement = make_agreement()
    for value, note in (("2020", ""), ("2021", "the later text is signed")):
        AgreementCitation.objects.create(record=agreement, source=make_source(), field="date", value=value, note=note)
    assert "Claims undecided" not in rows_of(editor)
    AgreementCitation.objects.filter(record=agreement).update(note="")
    asking._counted.clear()
    assert rows_of(editor)["Claims undecided"].number == 1
    assert Forum.objects.with_claims_undecided().count() == 0


def a_part_of_each_kind():
    """A part of a record for each kind of claim that can be made on one, with the record and a field."""
    figure = {"what": "trade", "amount": 1, "source": make_source()}
    agreement, meeting, commitment = make_agreement(), make_meeting(), make_commitment()
    forum, group = make_forum("f", members=["CHN"]), make_working_group()
    event = agreement.events.create(kind="signed", on="2020", source=make_source())
    delegate = Delegate.objects.create(delegation=meeting.delegations.first(), person=make_person(), role="head")
    change = meeting.schedule_changes.create(kind="postponed", planned_for="2020", source=make_source())
    stage = WorkingGroupStage.objects.create(group=group, stage="established", on="2020", source=make_source())
    return {
        AgreementEventClaim: (agreement, event, "date"),
        AgreementFigureClaim: (agreement, AgreementFigure.objects.create(agreement=agreement, **figure), "amount"),
        CommitmentFigureClaim: (commitment, CommitmentFigure.objects.create(commitment=commitment, **figure), "unit"),
        DelegateClaim: (meeting, delegate, "office"),
        MeetingFigureClaim: (meeting, MeetingFigure.objects.create(meeting=meeting, **figure), "amount"),
        MembershipClaim: (forum, forum.memberships.get(), "joined"),
        ScheduleChangeClaim: (meeting, change, "date"),
        WorkingGroupStageClaim: (group, stage, "date"),
    }


@pytest.mark.parametrize("claim", TABLES)
def test_claims_on_a_part_that_contradict_each_other_are_undecided_until_a_note_decides(editor, claim):
    record, part, field = a_part_of_each_kind()[claim]
    for value in ("2020", "2021"):
        claim.objects.create(part=part, source=make_source(), field=field, value=value)
    row = rows_of(editor)["Claims undecided"]
    assert (row.number, row.first) == (1, str(record))
    shown = editor.get(address(type(record), "changelist"), {"todo": "claims_undecided"})
    assert list(shown.context["cl"].queryset) == [record]
    claim.objects.filter(value="2021").update(note="as printed")
    assert not type(record).objects.with_claims_undecided().exists()

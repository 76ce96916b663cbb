"""Rows that break the constraints of the meetings floor."""

from datetime import date

from meetings.models import (
    AgendaItem,
    AgreementFigure,
    AgreementFigureClaim,
    Commitment,
    CommitmentFigure,
    CommitmentFigureClaim,
    CommitmentLineage,
    CommitmentParty,
    CommitmentStatement,
    Coordinator,
    Delegate,
    DelegateClaim,
    Delegation,
    DueChange,
    FocalPoint,
    FollowUpHold,
    FollowUpPolicy,
    Meeting,
    MeetingAgreement,
    MeetingFigure,
    MeetingFigureClaim,
    MeetingStatement,
    OrganisationFocalPoint,
    ProgressUpdate,
    Reminder,
    ScheduleChange,
    ScheduleChangeClaim,
)
from tests.agreements.violations import VOICELESS, violations_of_claims, voiceless
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_working_group,
)
from tests.records.violations import MENDED, NOT_IN_REVIEW, NOW, ONE_PARTY, TWICE, changed, delivery, its_own, twin
from tracker.mail.models import Delivery

DELEGATION = "A delegation is of a country or of an organisation, exactly one of them."


def reminder(**fields):
    fields = fields or {"commitment": make_commitment()}
    fields |= {"person": make_person(), "stage": 7, "due_on": NOW.date(), "due_version": 1}
    return fields | {"delivery": Delivery.objects.create(**delivery()), "day": NOW.date()}


def session(**fields):
    return {"title": "", "session_number": 13} | fields


def answer_without_words():
    asked = Reminder.objects.create(**reminder())
    return ProgressUpdate(commitment=make_commitment(), progress="limited", reminder=asked)


VIOLATIONS = {
    # meetings: what happened
    "meetings.Meeting.reference": (
        lambda: Meeting(reference=make_meeting().reference, title="Another"),
        "Meeting with this Reference already exists.",
    ),
    "session_number_unique_in_forum": (
        lambda: Meeting(forum=make_meeting(**session(forum=make_forum())).forum, session_number=13),
        "The forum already has a session of this number and suffix.",
    ),
    "session_number_unique_in_group": (
        lambda: changed(
            Meeting(session_number=13),
            working_group=(group := make_meeting(**session(working_group=make_working_group())).working_group),
            forum=group.forum,
        ),
        "The group already has a meeting of this number and suffix.",
    ),
    "session_number_needs_a_body": (
        lambda: Meeting(session_number=13),
        "Only a meeting of a forum or a group has a session number.",
    ),
    "meeting_has_title_or_number": (
        lambda: Meeting(forum=make_forum()),
        "Give a title, or the forum and the session number.",
    ),
    "meeting_not_preparing_itself": (
        lambda: its_own(make_meeting(), "preparatory_for"),
        "A meeting cannot prepare itself.",
    ),
    "meeting_agreement_unique": (
        lambda: twin(MeetingAgreement, meeting=make_meeting(), agreement=make_agreement()),
        "Agreement at the meeting with this Meeting and Agreement already exists.",
    ),
    "agenda_number_unique": (
        lambda: twin(AgendaItem, meeting=make_meeting(), number=1, title="Opening"),
        "Agenda item with this Meeting and Number already exists.",
    ),
    "schedule_change_has_a_date": (
        lambda: ScheduleChange(meeting=make_meeting(), kind="announced"),
        "Give the date that was announced, unless the meeting was put off.",
    ),
    "delegation_country_or_organisation": (
        lambda: Delegation(meeting=make_meeting(), country=make_country("UZB"), organisation=make_organisation()),
        DELEGATION,
    ),
    "delegation_country_once": (
        lambda: Delegation(meeting=make_meeting(["CHN"]), country=make_country("CHN")),
        TWICE,
    ),
    "delegation_organisation_once": (
        lambda: twin(Delegation, meeting=make_meeting(), organisation=make_organisation()),
        TWICE,
    ),
    "delegate_once_in_delegation": (
        lambda: twin(Delegate, delegation=make_meeting().delegations.first(), person=make_person()),
        TWICE,
    ),
    "delegate_has_name_or_office": (
        lambda: Delegate(delegation=make_meeting().delegations.first()),
        "Name the person, or give the office where no source names one.",
    ),
    # meetings: what must follow
    "meetings.Commitment.reference": (
        lambda: changed(make_commitment(), pk=None, reference=Commitment.objects.get().reference),
        "Commitment with this Reference already exists.",
    ),
    "commitment_has_meeting_or_agreement": (
        lambda: Commitment(title="Made nowhere", strength="agreed"),
        "A commitment was made at a meeting or in an agreement: name one.",
    ),
    "commitment_due_by_a_date_has_one": (
        lambda: changed(make_commitment(), due_rule="date"),
        "Give the date that it is due by.",
    ),
    "commitment_without_deadline_has_no_date": (
        lambda: changed(make_commitment(), due="2026", due_rule="none"),
        MENDED,
    ),
    "commitment_closed_on_needs_closure": (
        lambda: changed(make_commitment(), closed_on="2026"),
        "Say why it was closed.",
    ),
    "commitment_due_from_one_day": (
        lambda: changed(
            make_commitment(due_rule="relative"),
            due_meeting=make_meeting(),
            due_event=make_agreement(signed="2020").events.get(),
        ),
        "A due date is counted from one event: of an agreement, or a meeting.",
    ),
    "commitment_party_is_one": (
        lambda: CommitmentParty(commitment=make_commitment(), side="by"),
        ONE_PARTY,
    ),
    "commitment_country_once_a_side": (
        lambda: CommitmentParty(commitment=make_commitment(by=["PAK"]), side="by", country=make_country("PAK")),
        TWICE,
    ),
    "commitment_organisation_once_a_side": (
        lambda: twin(CommitmentParty, commitment=make_commitment(), side="to", organisation=make_organisation()),
        TWICE,
    ),
    "focal_point_once": (
        lambda: twin(FocalPoint, commitment=make_commitment(), person=make_person()),
        "Focal point with this Commitment and Person already exists.",
    ),
    "organisation_focal_point_once": (
        lambda: twin(OrganisationFocalPoint, organisation=make_organisation(), person=make_person()),
        "Focal point of an organisation with this Organisation and Person already exists.",
    ),
    "meetings.FollowUpPolicy.forum": (
        lambda: twin(FollowUpPolicy, forum=make_forum()),
        "Follow-up policy with this Forum already exists.",
    ),
    "one_active_default_policy": (
        lambda: (FollowUpPolicy.objects.all().delete(), twin(FollowUpPolicy))[1],
        "There is a default policy already.",
    ),
    "reminder_has_one_subject": (
        lambda: Reminder(**reminder(commitment=make_commitment(), meeting=make_meeting())),
        "Constraint “reminder_has_one_subject” is violated.",
    ),
    "reminder_role_fits_subject": (
        lambda: Reminder(**reminder(meeting=make_meeting(), role="asked")),
        "Constraint “reminder_role_fits_subject” is violated.",
    ),
    "reminder_of_commitment_once": (
        lambda: twin(Reminder, **reminder()),
        "Constraint “reminder_of_commitment_once” is violated.",
    ),
    "reminder_of_meeting_once": (
        lambda: twin(Reminder, **reminder(meeting=make_meeting(), role="no_outcomes")),
        "Constraint “reminder_of_meeting_once” is violated.",
    ),
    "reminder_of_agreement_once": (
        lambda: twin(Reminder, **reminder(agreement=make_agreement(), role="notice_window")),
        "Constraint “reminder_of_agreement_once” is violated.",
    ),
    "coordinator_once": (
        lambda: twin(Coordinator, forum=make_forum(), person=make_person()),
        "This person coordinates it already.",
    ),
    "coordinator_of_the_rest_once": (
        lambda: twin(Coordinator, person=make_person()),
        "This person coordinates it already.",
    ),
    "hold_holds_something": (FollowUpHold, "Name the person, the commitment, or both."),
    "commitment_lineage_unique": (
        lambda: twin(CommitmentLineage, commitment=make_commitment(), kind="repeats", earlier=make_commitment()),
        "Relation to an earlier commitment with this Commitment and Earlier commitment already exists.",
    ),
    "commitment_lineage_to_another": (
        lambda: CommitmentLineage(commitment=(one := make_commitment()), kind="repeats", earlier=one),
        "A commitment cannot repeat itself.",
    ),
    "due_change_changes_something": (
        lambda: DueChange(commitment=make_commitment(), due_before="2026", due_after="2026"),
        "The two dates are the same.",
    ),
    "progress_update_says_something": (
        lambda: ProgressUpdate(commitment=make_commitment()),
        "Say how far the commitment has progressed.",
    ),
    "answer_to_a_reminder_has_an_answer": (
        answer_without_words,
        "Constraint “answer_to_a_reminder_has_an_answer” is violated.",
    ),
    "progress_question_returns_an_answer": (
        lambda: ProgressUpdate(commitment=make_commitment(), progress="limited", question="Which part?"),
        "Only an answer to a message can be returned with a question.",
    ),
    "meetings.ProgressUpdate.reminder": (
        lambda: twin(
            ProgressUpdate, commitment=make_commitment(), answer="done", reminder=Reminder.objects.create(**reminder())
        ),
        "Progress update with this Answers the reminder already exists.",
    ),
}

for _model, _make in {
    AgreementFigure: make_agreement,
    CommitmentFigure: make_commitment,
    MeetingFigure: make_meeting,
}.items():
    VIOLATIONS[f"{_model._meta.model_name}_number_or_words"] = (
        lambda model=_model, make=_make: model(
            **{model.owner_name: make()}, what="jobs", unit="jobs", amount=3, words="thousands"
        ),
        "A figure is a number or words, exactly one of them.",
    )

for _model, _whole in {
    FocalPoint: lambda: {"commitment": make_commitment()},
    OrganisationFocalPoint: lambda: {"organisation": make_organisation()},
    Coordinator: lambda: {"forum": make_forum()},
}.items():
    _name = _model._meta.model_name
    VIOLATIONS |= {
        f"{_name}_ends_after_start": (
            lambda model=_model, whole=_whole: model(
                **whole(), person=make_person(), starts=date(2026, 1, 2), ends=date(2026, 1, 1)
            ),
            "The term ends before it starts.",
        ),
        f"{_name}_deputy_is_another": (
            lambda model=_model, whole=_whole: model(**whole(), person=(one := make_person()), deputy=one),
            "Nobody can be their own deputy.",
        ),
    }

for _name, _make in {
    "commitment": make_commitment,
    "meeting": make_meeting,
    "progressupdate": lambda: ProgressUpdate(commitment=make_commitment(), progress="limited", state="published"),
}.items():
    VIOLATIONS[f"{_name}_to_be_published_is_in_review"] = (
        lambda make=_make: changed(make(), publish_at=NOW),
        NOT_IN_REVIEW,
    )
for _model, _make in {MeetingStatement: make_meeting, CommitmentStatement: make_commitment}.items():
    VIOLATIONS[f"{_model._meta.model_name}_has_one_voice"] = (voiceless(_model, _make), VOICELESS)


def delegate():
    delegation = make_meeting().delegations.first()
    return Delegate.objects.create(delegation=delegation, person=make_person())


def figure(model, record):
    return model.objects.create(**{model.owner_name: record}, what="trade", words="thousands", unit="people")


for _model, _part in {
    DelegateClaim: delegate,
    ScheduleChangeClaim: lambda: ScheduleChange.objects.create(meeting=make_meeting(), planned_for="2026"),
    MeetingFigureClaim: lambda: figure(MeetingFigure, make_meeting()),
    AgreementFigureClaim: lambda: figure(AgreementFigure, make_agreement()),
    CommitmentFigureClaim: lambda: figure(CommitmentFigure, make_commitment()),
}.items():
    VIOLATIONS |= violations_of_claims(_model, _part)

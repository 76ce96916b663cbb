"""For each constraint of each model, a row that breaks it and nothing else, and what the person who typed it reads.

``VIOLATIONS`` maps the name of a constraint, or ``app.Model.field`` for a column of unique values, to
``(function that makes the row, message)``.
"""

from datetime import UTC, date, datetime

from django.contrib.auth import get_user_model

from agreements.models import (
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementParty,
    AgreementRelation,
    AgreementStatusPeriod,
    AgreementTitle,
    Country,
    Forum,
    ForumCitation,
    ForumName,
    Membership,
    Organisation,
    OrganisationCitation,
    OrganisationName,
    Person,
    Presidency,
    Theme,
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupName,
    WorkingGroupStage,
)
from meetings.models import (
    AgendaItem,
    AgreementFigure,
    Commitment,
    CommitmentCitation,
    CommitmentFigure,
    CommitmentLineage,
    CommitmentParty,
    Delegate,
    Delegation,
    DueChange,
    FocalPoint,
    FollowUpPolicy,
    Meeting,
    MeetingAgreement,
    MeetingCitation,
    MeetingFigure,
    Notice,
    OrganisationFocalPoint,
    ProgressUpdate,
    ScheduleChange,
)
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion, SlugAlias, Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MENDED = "checking the row mends it"
ONE_PARTY = "A party is a country, an organisation or words, exactly one of them."


def twin(model, **fields):
    """A second row like one that is there."""
    model.objects.create(**fields)
    return model(**fields)


def changed(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def its_own(record, field):
    return changed(record, **{field: record})


def delivery():
    return {"key": "key", "kind": "k", "recipient": "r", "day": NOW.date(), "not_before": NOW, "message_id": "<1@x>"}


def notice():
    fields = {"person": make_person(), "commitment": make_commitment(), "stage": 7, "due_version": 1}
    return fields | {"delivery": Delivery.objects.create(**delivery()), "day": NOW.date()}


def user(**fields):
    return get_user_model()(**{"username": "second", "password": "x", "email": "second@example.org"} | fields)


def existing_user():
    return get_user_model().objects.create_user("first", "first@example.org", "x")


def its_own_relation():
    agreement = make_agreement()
    return AgreementRelation(agreement=agreement, kind="amends", other=agreement)


def session(**fields):
    return {"title": "", "session_number": 13} | fields


def answer_without_words():
    return ProgressUpdate(commitment=make_commitment(), progress="limited", notice=Notice.objects.create(**notice()))


MEMBER = "A member is a country or an organisation, exactly one of them."
DELEGATION = "A delegation is of a country or of an organisation, exactly one of them."
TWICE = "stands here twice"  # what RecordFormSet says of rows without a message of their own

VIOLATIONS = {
    # accounts
    "accounts.User.username": (
        lambda: user(username=existing_user().username),
        "A user with that username already exists.",
    ),
    "user_email_unique": (
        lambda: user(email=existing_user().email.upper()),
        "Another account has this e-mail address.",
    ),
    # records
    "data_version_is_one_row": (lambda: DataVersion(pk=2), "Constraint “data_version_is_one_row” is violated."),
    "slug_alias_unique": (
        lambda: twin(SlugAlias, kind="forum", slug="jec", record_id=1),
        "Former slug with this Kind and Slug already exists.",
    ),
    "records.Source.slug": (lambda: Source(slug=make_source().slug), "Source with this Slug already exists."),
    # mail
    "mail.Delivery.key": (lambda: twin(Delivery, **delivery()), "Delivery with this Key already exists."),
    "delivery_sent_has_its_moment": (
        lambda: Delivery(**delivery(), state="sent"),
        "Constraint “delivery_sent_has_its_moment” is violated.",
    ),
    # agreements: who
    "agreements.Country.code": (
        lambda: Country(code=make_country("PAK").code, alpha2="XX", name="Another"),
        "Country with this Code already exists.",
    ),
    "agreements.Country.alpha2": (
        lambda: Country(code="XXX", alpha2=make_country("PAK").alpha2, name="Another"),
        "Country with this Two-letter code already exists.",
    ),
    "agreements.Country.name": (
        lambda: Country(code="XXX", alpha2="XX", name=make_country("PAK").name),
        "Country with this Name already exists.",
    ),
    "agreements.Organisation.slug": (
        lambda: Organisation(slug=make_organisation().slug, name="Another", kind="agency"),
        "Organisation with this Slug already exists.",
    ),
    "organisation_not_its_own_part": (
        lambda: its_own(make_organisation(), "parent"),
        "An organisation cannot be part of itself.",
    ),
    "agreements.Forum.slug": (
        lambda: Forum(slug=make_forum().slug, name="Another", kind="jec"),
        "Forum with this Slug already exists.",
    ),
    "agreements.Forum.organisation": (
        lambda: Forum(
            slug="another",
            name="Another",
            kind="jec",
            organisation=make_forum(organisation=make_organisation()).organisation,
        ),
        "Forum with this Organisation already exists.",
    ),
    "membership_country_or_organisation": (lambda: Membership(forum=make_forum()), MEMBER),
    "membership_ends_after_start": (
        lambda: Membership(forum=make_forum(), country=make_country(), joined="2020", left="2018"),
        "The membership ends before it starts.",
    ),
    "membership_country_once": (lambda: twin(Membership, forum=make_forum(), country=make_country()), TWICE),
    "membership_organisation_once": (
        lambda: twin(Membership, forum=make_forum(), organisation=make_organisation()),
        TWICE,
    ),
    "presidency_unique": (
        lambda: twin(Presidency, forum=make_forum(), country=make_country(), term="2026"),
        "Presidency with this Forum, Country and Term already exists.",
    ),
    "agreements.Person.slug": (
        lambda: Person(slug=make_person().slug, name="Another"),
        "Person with this Slug already exists.",
    ),
    "agreements.Person.user": (
        lambda: Person(slug="another", name="Another", user=make_person(user=existing_user()).user),
        "Person with this Account already exists.",
    ),
    "person_send_hour_of_a_day": (lambda: changed(make_person(), send_hour=24), "The hour is 0 to 23."),
    "agreements.Theme.slug": (
        lambda: Theme(slug=make_theme("cloud").slug, name="Another"),
        "Theme with this Slug already exists.",
    ),
    "agreements.Theme.name": (
        lambda: Theme(slug="another", name=make_theme("cloud").name),
        "Theme with this Name already exists.",
    ),
    "theme_not_its_own_parent": (lambda: its_own(make_theme(), "parent"), "A theme cannot stand under itself."),
    "agreements.WorkingGroup.slug": (
        lambda: WorkingGroup(slug=make_working_group().slug, name="Another", forum=make_forum()),
        "Working group with this Slug already exists.",
    ),
    "working_group_not_its_own_parent": (
        lambda: its_own(make_working_group(), "parent"),
        "A group cannot stand under itself.",
    ),
    "working_group_stage_unique": (
        lambda: twin(WorkingGroupStage, group=make_working_group(), stage="active", on="2020"),
        "Stage with this Group, Stage and Date already exists.",
    ),
    # agreements: on what paper
    "agreements.Agreement.reference": (
        lambda: Agreement(reference=make_agreement().reference, title="Another", type="mou"),
        "Agreement with this Reference already exists.",
    ),
    "agreement_counts_something": (
        lambda: Agreement(title="Nothing", type="mou", count=0),
        "A record stands for at least one document.",
    ),
    "agreement_has_title_or_description": (
        lambda: Agreement(type="mou"),
        "Give the title, or describe the document where the title is unknown.",
    ),
    "agreement_not_its_own_parent": (
        lambda: its_own(make_agreement(), "parent"),
        "A document cannot be one of itself.",
    ),
    "agreement_title_unique": (
        lambda: twin(AgreementTitle, agreement=make_agreement(), language="zh", title="协定"),
        "Title in another language with this Agreement and Language already exists.",
    ),
    "agreement_party_is_one": (
        lambda: AgreementParty(agreement=make_agreement(), country=make_country("UZB"), words="enterprises"),
        ONE_PARTY,
    ),
    "agreement_country_once": (
        lambda: AgreementParty(agreement=make_agreement(parties=["CHN"]), country=make_country("CHN")),
        TWICE,
    ),
    "agreement_organisation_once": (
        lambda: twin(AgreementParty, agreement=make_agreement(), organisation=make_organisation()),
        TWICE,
    ),
    "agreement_signatory_once": (
        lambda: twin(AgreementParty, agreement=make_agreement(()), country=make_country(), signatory=make_person()),
        TWICE,
    ),
    "agreement_relation_unique": (
        lambda: twin(AgreementRelation, agreement=make_agreement(), kind="amends", other=make_agreement()),
        "Relation with this Agreement, Relation and Other agreement already exists.",
    ),
    "agreement_relation_to_another": (
        its_own_relation,
        "An agreement cannot stand in a relation to itself.",
    ),
    "agreement_event_one_actor": (
        lambda: AgreementEvent(
            agreement=make_agreement(), kind="signed", country=make_country(), organisation=make_organisation()
        ),
        "An event has one actor: a country or an organisation.",
    ),
    "agreement_event_only_targets_move": (
        lambda: AgreementEvent(
            agreement=make_agreement(signed="2020"), kind="signed", previous_target=AgreementEvent.objects.get()
        ),
        "Only a planned event takes the place of an earlier target.",
    ),
    "status_period_ends_after_start": (
        lambda: AgreementStatusPeriod(
            agreement=make_agreement(), status="signed", start=date(2020, 1, 1), end=date(2020, 1, 1)
        ),
        "Constraint “status_period_ends_after_start” is violated.",
    ),
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
    "session_number_needs_a_forum": (
        lambda: Meeting(session_number=13),
        "Only a meeting of a forum or a group has a session number.",
    ),
    "group_meeting_has_its_forum": (lambda: Meeting(title="Met", working_group=make_working_group()), MENDED),
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
        "Delegate with this Delegation and Person already exists.",
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
    "notice_unique": (
        lambda: twin(Notice, **notice()),
        "Notice with this Person, Commitment, Stage and Due version already exists.",
    ),
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
        "Say how far the commitment is.",
    ),
    "answer_to_a_notice_has_an_answer": (
        answer_without_words,
        "Constraint “answer_to_a_notice_has_an_answer” is violated.",
    ),
    "meetings.ProgressUpdate.notice": (
        lambda: twin(
            ProgressUpdate, commitment=make_commitment(), answer="done", notice=Notice.objects.create(**notice())
        ),
        "Progress update with this Answers the notice already exists.",
    ),
}


def _citation(model, make, **fields):
    return lambda: model(record=make(), source=make_source(), **fields)


CITATIONS = {
    AgreementCitation: make_agreement,
    CommitmentCitation: make_commitment,
    ForumCitation: make_forum,
    MeetingCitation: make_meeting,
    OrganisationCitation: make_organisation,
    WorkingGroupCitation: make_working_group,
}
for _model, _make in CITATIONS.items():
    _name = _model._meta.model_name
    VIOLATIONS |= {
        f"{_name}_claim_has_field_and_value": (
            _citation(_model, _make, field="date"),
            "A claim needs both: the field and the value as stated.",
        ),
        f"{_name}_only_claims_are_refused": (
            _citation(_model, _make, is_accepted=False),
            "Only a claim (a field and its value) can be left unaccepted.",
        ),
        f"{_name}_unique": (
            lambda model=_model, make=_make: twin(model, record=make(), source=make_source(), locator="page 2"),
            "The record already cites this place of this source.",
        ),
    }

for _model, _make in {
    ForumName: make_forum,
    OrganisationName: make_organisation,
    WorkingGroupName: make_working_group,
}.items():
    _name = _model._meta.model_name
    VIOLATIONS |= {
        f"{_name}_unique": (
            lambda model=_model, make=_make: twin(model, body=make(), name="Former name"),
            "Other name with this Body, Name and Used from already exists.",
        ),
        f"{_name}_ends_after_start": (
            lambda model=_model, make=_make: model(body=make(), name="Former", used_from="2020", used_until="2018"),
            "The name ends before it starts.",
        ),
    }

for _model, _make in {
    AgreementFigure: make_agreement,
    CommitmentFigure: make_commitment,
    MeetingFigure: make_meeting,
}.items():
    VIOLATIONS[f"{_model._meta.model_name}_number_or_words"] = (
        lambda model=_model, make=_make: model(
            **{model.whole_name: make()}, what="jobs", unit="jobs", amount=3, words="thousands"
        ),
        "A figure is a number or words, exactly one of them.",
    )

for _model, _make in {FocalPoint: make_commitment, OrganisationFocalPoint: make_organisation}.items():
    _name = _model._meta.model_name
    VIOLATIONS |= {
        f"{_name}_ends_after_start": (
            lambda model=_model, make=_make: model(
                **{model.whole_name: make()}, person=make_person(), starts=date(2026, 1, 2), ends=date(2026, 1, 1)
            ),
            "The term ends before it starts.",
        ),
        f"{_name}_deputy_is_another": (
            lambda model=_model, make=_make: model(
                **{model.whole_name: make()}, person=(one := make_person()), deputy=one
            ),
            "Nobody can be their own deputy.",
        ),
    }

"""Rows that break the constraints of the agreements floor, and of every citation."""

from datetime import date

from agreements.models import (
    Absence,
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementEventClaim,
    AgreementParty,
    AgreementRelation,
    AgreementStatement,
    AgreementStatusPeriod,
    AgreementTitle,
    Country,
    Forum,
    ForumCitation,
    ForumName,
    ForumStatement,
    Membership,
    MembershipClaim,
    Organisation,
    OrganisationCitation,
    OrganisationName,
    Person,
    Presidency,
    Theme,
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupMember,
    WorkingGroupName,
    WorkingGroupStage,
    WorkingGroupStageClaim,
    WorkingGroupStatement,
)
from meetings.models import (
    CommitmentCitation,
    MeetingCitation,
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
from tests.records.violations import NOT_IN_REVIEW, NOW, ONE_PARTY, TWICE, changed, existing_user, its_own, twin
from tracker.records.models import Source

MEMBER = "A member is a country or an organisation, exactly one of them."


VOICELESS = "A statement has one voice: a country, an organisation, a person or words."


def voiceless(model, make):
    """What makes a statement that nobody made."""

    def build():
        source = Source.objects.create(slug="paper", title="Paper")
        return model(**{model.owner_name: make()}, kind="comment", text="Said.", source=source)

    return build


def violations_of_claims(model, part):
    name = model._meta.model_name
    code = model.Field.values[0]
    return {
        f"{name}_has_field_and_value": (
            lambda: model(part=part(), source=make_source(), field=code),
            "A claim needs both: the field and the value as stated.",
        ),
        f"{name}_unique": (
            lambda: twin(model, part=part(), source=make_source(), locator="page 2", field=code, value="2020"),
            "This claim of this source is listed already.",
        ),
    }


def its_own_relation():
    agreement = make_agreement()
    return AgreementRelation(agreement=agreement, kind="amends", other=agreement)


VIOLATIONS = {
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
    "absence_ends_after_start": (
        lambda: Absence(person=make_person(), starts=date(2026, 5, 2), ends=date(2026, 5, 1)),
        "The absence ends before it starts.",
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
    "theme_not_its_own_parent": (lambda: its_own(make_theme(), "parent"), "A theme cannot be its own parent."),
    "agreements.WorkingGroup.slug": (
        lambda: WorkingGroup(slug=make_working_group().slug, name="Another", forum=make_forum()),
        "Working group with this Slug already exists.",
    ),
    "working_group_not_its_own_parent": (
        lambda: its_own(make_working_group(), "parent"),
        "A group cannot be its own parent.",
    ),
    "working_group_has_name_or_description": (
        lambda: WorkingGroup(slug="unnamed", forum=make_forum()),
        "Give the name, or describe the group where no source names it.",
    ),
    "working_group_one_convener": (
        lambda: changed(make_working_group(), convener=make_organisation(), convening_country=make_country()),
        "The convener is an organisation or a country, not both.",
    ),
    "group_member_country_or_organisation": (lambda: WorkingGroupMember(group=make_working_group()), MEMBER),
    "group_member_leaves_after_joining": (
        lambda: WorkingGroupMember(group=make_working_group(), country=make_country(), joined="2020", left="2018"),
        "The membership ends before it starts.",
    ),
    "group_member_country_once": (
        lambda: twin(WorkingGroupMember, group=make_working_group(), country=make_country()),
        TWICE,
    ),
    "group_member_organisation_once": (
        lambda: twin(WorkingGroupMember, group=make_working_group(), organisation=make_organisation()),
        TWICE,
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
        "A document cannot be counted within itself.",
    ),
    "agreement_renewal_of_what_renews_itself": (
        lambda: Agreement(title="Paper", type="mou", renewal="P2Y"),
        "Only what renews automatically is renewed for a period: say that it does.",
    ),
    "agreement_text_says_something": (
        lambda: AgreementTitle(agreement=make_agreement(), language="zh"),
        "Give the title, or say whether the text is authentic.",
    ),
    "agreement_title_unique": (
        lambda: twin(AgreementTitle, agreement=make_agreement(), language="zh", title="协定"),
        "Text in a language with this Agreement and Language already exists.",
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
    "agreement_country_signatory_once": (
        lambda: twin(AgreementParty, agreement=make_agreement(()), country=make_country(), signatory=make_person()),
        TWICE,
    ),
    "agreement_organisation_signatory_once": (
        lambda: twin(
            AgreementParty, agreement=make_agreement(()), organisation=make_organisation(), signatory=make_person()
        ),
        TWICE,
    ),
    "agreement_relation_unique": (
        lambda: twin(AgreementRelation, agreement=make_agreement(), kind="amends", other=make_agreement()),
        "Relation with this Agreement, Relation and Other agreement already exists.",
    ),
    "agreement_relation_to_another": (
        its_own_relation,
        "An agreement cannot be related to itself.",
    ),
    "agreement_event_one_actor": (
        lambda: AgreementEvent(
            agreement=make_agreement(), kind="signed", country=make_country(), organisation=make_organisation()
        ),
        "An event has one actor: a country, an organisation or a person.",
    ),
    "agreement_event_only_targets_move": (
        lambda: AgreementEvent(
            agreement=make_agreement(signed="2020"), kind="signed", previous_target=AgreementEvent.objects.get()
        ),
        "Only a planned event takes the place of an earlier target.",
    ),
    "agreement_event_only_targets_are_set": (
        lambda: AgreementEvent(agreement=make_agreement(), kind="signed", announced_on="2020"),
        "Only a target was set on a day: tick “planned”.",
    ),
    "agreement_party_leaves_after_joining": (
        lambda: AgreementParty(agreement=make_agreement(), words="enterprises", joined="2020", left="2018"),
        "The party leaves before it joins.",
    ),
    "status_period_ends_after_start": (
        lambda: AgreementStatusPeriod(
            agreement=make_agreement(), status="signed", start=date(2020, 1, 1), end=date(2020, 1, 1)
        ),
        "Constraint “status_period_ends_after_start” is violated.",
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

for _name, _make in {
    "agreement": make_agreement,
    "forum": make_forum,
    "organisation": make_organisation,
    "workinggroup": make_working_group,
}.items():
    VIOLATIONS[f"{_name}_to_be_published_is_in_review"] = (
        lambda make=_make: changed(make(), publish_at=NOW),
        NOT_IN_REVIEW,
    )
for _model, _make in {
    AgreementStatement: make_agreement,
    ForumStatement: make_forum,
    WorkingGroupStatement: make_working_group,
}.items():
    VIOLATIONS[f"{_model._meta.model_name}_has_one_voice"] = (voiceless(_model, _make), VOICELESS)
for _model, _part in {
    AgreementEventClaim: lambda: make_agreement(signed="2020").events.get(),
    MembershipClaim: lambda: Membership.objects.create(forum=make_forum(), country=make_country()),
    WorkingGroupStageClaim: lambda: WorkingGroupStage.objects.create(group=make_working_group(), stage="active"),
}.items():
    VIOLATIONS |= violations_of_claims(_model, _part)

"""Who cooperates, and on what paper."""

from .agreement import (
    Agreement,
    AgreementCitation,
    AgreementParty,
    AgreementQuerySet,
    AgreementRelation,
    AgreementTitle,
)
from .claim import AgreementEventClaim, MembershipClaim, WorkingGroupStageClaim
from .country import Country, InvolvingQuerySet, name_column, pair_code
from .event import AgreementEvent
from .forum import Forum, ForumCitation, ForumName, Membership, Presidency
from .names import TWICE, Party, at_most_one_of, countries_of, exactly_one_of
from .organisation import Organisation, OrganisationCitation, OrganisationName
from .person import Absence, Person
from .session_word import SessionWord, numbered
from .statement import AgreementStatement, ForumStatement, Statement, WorkingGroupStatement
from .status import AgreementStatusPeriod
from .theme import Theme
from .working_group import (
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupMember,
    WorkingGroupName,
    WorkingGroupStage,
)

__all__ = [
    "TWICE",
    "Absence",
    "Agreement",
    "AgreementCitation",
    "AgreementEvent",
    "AgreementEventClaim",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementRelation",
    "AgreementStatement",
    "AgreementStatusPeriod",
    "AgreementTitle",
    "Country",
    "Forum",
    "ForumCitation",
    "ForumName",
    "ForumStatement",
    "InvolvingQuerySet",
    "Membership",
    "MembershipClaim",
    "Organisation",
    "OrganisationCitation",
    "OrganisationName",
    "Party",
    "Person",
    "Presidency",
    "SessionWord",
    "Statement",
    "Theme",
    "WorkingGroup",
    "WorkingGroupCitation",
    "WorkingGroupMember",
    "WorkingGroupName",
    "WorkingGroupStage",
    "WorkingGroupStageClaim",
    "WorkingGroupStatement",
    "at_most_one_of",
    "countries_of",
    "exactly_one_of",
    "name_column",
    "numbered",
    "pair_code",
]

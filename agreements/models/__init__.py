"""Who cooperates, and on what paper."""

from .agreement import (
    Agreement,
    AgreementCitation,
    AgreementParty,
    AgreementQuerySet,
    AgreementRelation,
    AgreementTitle,
)
from .country import Country, InvolvingQuerySet, name_column, pair_code
from .event import AgreementEvent, AgreementStatusPeriod
from .forum import Forum, ForumCitation, ForumName, Membership, Presidency
from .names import TWICE, Party, countries_of, exactly_one_of
from .organisation import Organisation, OrganisationCitation, OrganisationName
from .person import Absence, Person
from .theme import Theme
from .working_group import WorkingGroup, WorkingGroupCitation, WorkingGroupName, WorkingGroupStage

__all__ = [
    "TWICE",
    "Absence",
    "Agreement",
    "AgreementCitation",
    "AgreementEvent",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementRelation",
    "AgreementStatusPeriod",
    "AgreementTitle",
    "Country",
    "Forum",
    "ForumCitation",
    "ForumName",
    "InvolvingQuerySet",
    "Membership",
    "Organisation",
    "OrganisationCitation",
    "OrganisationName",
    "Party",
    "Person",
    "Presidency",
    "Theme",
    "WorkingGroup",
    "WorkingGroupCitation",
    "WorkingGroupName",
    "WorkingGroupStage",
    "countries_of",
    "exactly_one_of",
    "name_column",
    "pair_code",
]

"""What happened, and what must follow."""

from .commitment import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Progress,
)
from .delegation import Delegate, Delegation
from .focal_point import Coordinator, FocalPoint, OrganisationFocalPoint
from .followup import AgreementNotice, FollowUpHold, FollowUpPolicy, MeetingNotice, Notice
from .lineage import CommitmentFigure, CommitmentLineage, DueChange
from .meeting import (
    AgendaItem,
    Basis,
    Comparator,
    Meeting,
    MeetingAgreement,
    MeetingCitation,
    ScheduleChange,
)
from .outcome import AgreementFigure, Figure, MeetingFigure, Outcome
from .progress import ProgressUpdate
from .schedule import Schedule

__all__ = [
    "AgendaItem",
    "AgreementFigure",
    "AgreementNotice",
    "Basis",
    "Commitment",
    "CommitmentCitation",
    "CommitmentFigure",
    "CommitmentLineage",
    "CommitmentParty",
    "Comparator",
    "Coordinator",
    "Delegate",
    "Delegation",
    "DueChange",
    "Figure",
    "FocalPoint",
    "FollowUpHold",
    "FollowUpPolicy",
    "Meeting",
    "MeetingAgreement",
    "MeetingCitation",
    "MeetingFigure",
    "MeetingNotice",
    "Notice",
    "OrganisationFocalPoint",
    "Outcome",
    "Progress",
    "ProgressUpdate",
    "Schedule",
    "ScheduleChange",
]

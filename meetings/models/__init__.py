"""What happened, and what must follow."""

from .commitment import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Progress,
    Schedule,
)
from .delegation import Delegate, Delegation
from .followup import FocalPoint, FollowUpPolicy, Notice, OrganisationFocalPoint
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

__all__ = [
    "AgendaItem",
    "AgreementFigure",
    "Basis",
    "Commitment",
    "CommitmentCitation",
    "CommitmentFigure",
    "CommitmentLineage",
    "CommitmentParty",
    "Comparator",
    "Delegate",
    "Delegation",
    "DueChange",
    "Figure",
    "FocalPoint",
    "FollowUpPolicy",
    "Meeting",
    "MeetingAgreement",
    "MeetingCitation",
    "MeetingFigure",
    "Notice",
    "OrganisationFocalPoint",
    "Outcome",
    "Progress",
    "ProgressUpdate",
    "Schedule",
    "ScheduleChange",
]

"""What happened, and what must follow."""

from .commitment import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Progress,
)
from .delegation import Delegate, Delegation
from .focal_point import Coordinator, FocalPoint, OrganisationFocalPoint
from .followup import FollowUpHold, FollowUpPolicy, Reminder
from .lineage import CommitmentFigure, CommitmentLineage, DueChange
from .meeting import (
    AgendaItem,
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
    "OrganisationFocalPoint",
    "Outcome",
    "Progress",
    "ProgressUpdate",
    "Reminder",
    "Schedule",
    "ScheduleChange",
]

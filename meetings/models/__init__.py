"""What happened, and what must follow."""

from .assessment import Assessment, Progress
from .commitment import Commitment
from .commitment_party import CommitmentCitation, CommitmentParty
from .delegation import Delegate, Delegation
from .focal_point import Coordinator, FocalPoint, OrganisationFocalPoint
from .followup import FollowUpHold, FollowUpPolicy, Reminder
from .headline import Headline, counted_apart
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
from .questions import YesNo
from .schedule import Schedule
from .statement import CommitmentStatement, MeetingStatement

__all__ = [
    "AgendaItem",
    "AgreementFigure",
    "Assessment",
    "Commitment",
    "CommitmentCitation",
    "CommitmentFigure",
    "CommitmentLineage",
    "CommitmentParty",
    "CommitmentStatement",
    "Comparator",
    "Coordinator",
    "Delegate",
    "Delegation",
    "DueChange",
    "Figure",
    "FocalPoint",
    "FollowUpHold",
    "FollowUpPolicy",
    "Headline",
    "Meeting",
    "MeetingAgreement",
    "MeetingCitation",
    "MeetingFigure",
    "MeetingStatement",
    "OrganisationFocalPoint",
    "Outcome",
    "Progress",
    "ProgressUpdate",
    "Reminder",
    "Schedule",
    "ScheduleChange",
    "YesNo",
    "counted_apart",
]

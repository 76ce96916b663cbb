"""What happened, and what must follow."""

from .assessment import Assessment, Progress
from .claim import (
    AgreementFigureClaim,
    CommitmentFigureClaim,
    DelegateClaim,
    MeetingFigureClaim,
    ScheduleChangeClaim,
)
from .commitment import Commitment
from .commitment_party import CommitmentCitation, CommitmentParty
from .delegation import Delegate, Delegation
from .focal_point import Coordinator, FocalPoint, OrganisationFocalPoint
from .followup import FollowUpHold, FollowUpPolicy, Reminder
from .headline import Headline, counted_apart
from .implementation import OPEN, UNREPORTED, Implementation
from .lineage import CommitmentFigure, CommitmentLineage, DueChange
from .meeting import Comparator, Meeting, MeetingAgreement, MeetingCitation
from .outcome import AgreementFigure, Figure, MeetingFigure, Outcome
from .programme import AgendaItem, ScheduleChange
from .progress import ProgressUpdate
from .questions import YesNo
from .report import Report
from .schedule import Schedule
from .statement import CommitmentStatement, MeetingStatement

__all__ = [
    "OPEN",
    "UNREPORTED",
    "AgendaItem",
    "AgreementFigure",
    "AgreementFigureClaim",
    "Assessment",
    "Commitment",
    "CommitmentCitation",
    "CommitmentFigure",
    "CommitmentFigureClaim",
    "CommitmentLineage",
    "CommitmentParty",
    "CommitmentStatement",
    "Comparator",
    "Coordinator",
    "Delegate",
    "DelegateClaim",
    "Delegation",
    "DueChange",
    "Figure",
    "FocalPoint",
    "FollowUpHold",
    "FollowUpPolicy",
    "Headline",
    "Implementation",
    "Meeting",
    "MeetingAgreement",
    "MeetingCitation",
    "MeetingFigure",
    "MeetingFigureClaim",
    "MeetingStatement",
    "OrganisationFocalPoint",
    "Outcome",
    "Progress",
    "ProgressUpdate",
    "Reminder",
    "Report",
    "Schedule",
    "ScheduleChange",
    "ScheduleChangeClaim",
    "YesNo",
    "counted_apart",
]

"""What third voices said about meetings and commitments."""

from django.db import models

from agreements.models import Statement

from .commitment import Commitment
from .meeting import Meeting


class MeetingStatement(Statement):
    owner_name = "meeting"
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="statements")


class CommitmentStatement(Statement):
    owner_name = "commitment"
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="statements")

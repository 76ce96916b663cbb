"""The editors' desk for meetings and what they produced: one module for each main record."""

from . import agreement, commitment, delegation, followup, hold, meeting, outcome, progress, reminder

__all__ = [
    "agreement",
    "commitment",
    "delegation",
    "followup",
    "hold",
    "meeting",
    "outcome",
    "progress",
    "reminder",
]

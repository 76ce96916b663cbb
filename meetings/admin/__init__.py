"""The editors' desk for meetings and what they produced: one module for each main record."""

from . import (
    agreement,
    appointment,
    claims,
    commitment,
    delegation,
    forum,
    hold,
    meeting,
    outcome,
    policy,
    progress,
    reminder,
    steps,
)

__all__ = [
    "agreement",
    "appointment",
    "claims",
    "commitment",
    "delegation",
    "forum",
    "hold",
    "meeting",
    "outcome",
    "policy",
    "progress",
    "reminder",
    "steps",
]

"""The editors' desk for meetings and what they produced: one module for each main record."""

from . import commitment, delegation, followup, meeting, outcome, progress

__all__ = ["commitment", "delegation", "followup", "meeting", "outcome", "progress"]

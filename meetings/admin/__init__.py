"""The editors' desk for meetings and what they produced: one module for each main record."""

from . import commitment, delegation, followup, hold, meeting, notice, outcome, progress

__all__ = ["commitment", "delegation", "followup", "hold", "meeting", "notice", "outcome", "progress"]

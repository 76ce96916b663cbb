"""Addresses of readers are erased when what they were left for is over: of each kind by its own rule."""

from collections.abc import Callable
from datetime import datetime

from .error_reports.erasing import erase_addresses_of_reporters

ERASERS: tuple[Callable[[datetime], int], ...] = (erase_addresses_of_reporters,)


def erase_addresses(now: datetime) -> int:
    """Return how many were erased."""
    return sum(erase(now) for erase in ERASERS)

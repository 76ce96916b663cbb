"""The product's own settings, on a clock that a scenario may set: FAULTS_CLOCK names a file that holds the moment."""

import os
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from tracker.settings import *  # noqa: F403

if os.environ.get("FAULTS_CLOCK"):
    _clock = Path(os.environ["FAULTS_CLOCK"])
    timezone.now = lambda: datetime.fromisoformat(_clock.read_text())

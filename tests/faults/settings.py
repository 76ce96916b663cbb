"""The product's own settings, on a clock that a scenario may set: FAULTS_CLOCK names a file that holds the moment. With
FAULTS_TELL a web process tells of each page how it was drawn."""

import os
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from tracker.settings import *  # noqa: F403
from tracker.settings import MIDDLEWARE as _MIDDLEWARE

if os.environ.get("FAULTS_CLOCK"):
    _clock = Path(os.environ["FAULTS_CLOCK"])
    timezone.now = lambda: datetime.fromisoformat(_clock.read_text())
if os.environ.get("FAULTS_TELL"):
    _keeps_pages, *_others = _MIDDLEWARE
    MIDDLEWARE = [_keeps_pages, "tests.faults.asked.TellHowDrawn", *_others]

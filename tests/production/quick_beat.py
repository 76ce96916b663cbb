"""The product's settings, with a beat that does not take a minute to wake somebody."""

from tracker.settings import *  # noqa: F403
from tracker.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {"relay mail": CELERY_BEAT_SCHEDULE["relay mail"] | {"schedule": 0.1}}

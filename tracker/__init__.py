"""The project package: settings, process entry points and the rooms that carry the domain apps."""

# Whoever sends a task, be it the web or a command, must find this app and not Celery's default one.
from tracker.celery import app as celery_app

__all__ = ["celery_app"]

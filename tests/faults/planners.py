"""Planners in processes of their own. Nothing of Django may be imported here before `prepare` has run in them."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context

import django


@contextmanager
def planners(count: int, database_url: str) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each of which runs `plan_at` for whoever asks."""
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=prepare, initargs=(database_url,)) as pool:
        yield pool


def prepare(database_url: str) -> None:
    os.environ["DATABASE_URL"] = database_url
    django.setup()


def plan_at(moment: datetime) -> int:
    """Return how many digests this call has queued."""
    from meetings.followups.planner import plan_digests

    return len(plan_digests(moment))

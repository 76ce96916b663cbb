"""Runs the same work in several threads at once, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def side_by_side(count, work):
    """Return what each of `count` simultaneous calls of `work` returned."""
    start = Barrier(count)

    def run(_):
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))

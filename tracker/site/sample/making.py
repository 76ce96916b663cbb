"""Makes sample data of a size: cooperation by cooperation, each written before the next begins, so that any number fits
into memory."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction
from django.utils import translation

from tracker.records.models import DataVersion, fill_search_entries, one_writer
from tracker.site.table_statistics import gather_table_statistics

from . import days
from .bodies import Cooperation, make_forum, make_group
from .papers import make_agreement
from .plan import Shares, Size, Zipf, pairs
from .promises import make_commitment
from .sessions import make_meetings
from .store import Store
from .world import World

# Cooperations that are written at once.
CHUNK = 50
KILOBYTES = 256 * 1024


def make_sample_data(size: Size, seed: int, now: datetime, tell: Callable[[str], None]) -> Store:
    """Fill an empty database, as one change, all or nothing. ``now`` is the moment that the history names."""
    chance = Random(seed)
    with transaction.atomic(), translation.override("en"):
        one_writer()
        _make_room()
        DataVersion.bump()
        store = Store(DataVersion.current(), now)
        world = World(chance, store, size)
        store.write()
        made = _make_all(world, size)
        while chunk := list(islice(made, CHUNK)):
            store.write()
            tell(f"{chunk[-1]:,} commitments of {size.commitments:,}")
        store.close()
    fill_search_entries()
    gather_table_statistics()
    return store


def _make_room():
    """So much is more than either database expects of one change. PostgreSQL would remember every row until the end, to
    look then whether what it points at is there; SQLite keeps 2 MB of its indexes in memory and reads them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        else:
            cursor.execute(f"PRAGMA cache_size = -{KILOBYTES}")


def _make_all(world, size):
    """Yield the number of commitments so far, after each cooperation."""
    chance, number, done = world.chance, size.cooperations, 0
    couples = pairs(chance, world.countries, size.pairs)
    places = Zipf(chance, len(couples))
    shares = zip(
        *(Shares(chance, total, number).parts for total in (size.agreements, size.meetings)),
        Shares(chance, size.commitments, number, fewest=0).parts,
        strict=True,
    )
    for place, (agreements, meetings, commitments) in enumerate(shares):
        about = _begin(world, couples[places.draw()])
        _fill(world, about, place < size.forums, agreements, meetings, commitments)
        done += commitments
        yield done


def _begin(world, couple):
    """Two sides, or now and then many."""
    sides = list(couple)
    if world.happens(0.08):
        others = world.chance.sample(world.countries, 1 + world.up_to(10))
        sides += [country for country in others if country not in sides]
    first_day = days.between(world.chance, days.LAST_REPORT.replace(year=days.FIRST_YEAR), days.LAST_REPORT)
    start = min(first_day, days.LAST_REPORT - timedelta(days=900))
    sources = [world.source(days.after(world.chance, start, 2000)) for _number in range(2 + world.up_to(2))]
    return Cooperation(sides, start, sources)


def _fill(world, about, has_forum, agreements, meetings, commitments):
    if has_forum:
        make_forum(world, about)
    for _number in range(agreements):
        make_agreement(world, about)
    for _number in range(world.up_to(2) if world.happens(0.5) else 0):
        make_group(world, about)
    make_meetings(world, about, meetings)
    for _number in range(commitments):
        make_commitment(world, about)

"""Lists are read while they change, in two web processes: no error, nothing later than a second, nothing that is not
public. Processes that are killed while they build their indexes leave no file that harms the next."""

import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from random import Random
from statistics import median
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

from tests.faults.hands import History, change_on
from tests.faults.lists import LISTS, Answer, ask, expected, read_on
from tests.faults.world import World
from tests.registers.asking import same
from tests.services.process import WatchedProcess
from tests.services.smtp import free_port
from tests.services.web import web_server
from tracker.records.models import one_reading
from tracker.registers import snapshot
from tracker.registers.index import Index

SHARE = 5  # of the commitments: after each change the database is asked what every list is to show
PROCESSES, THREADS = 2, 4
# Later than this nobody is to read what was before: so long a process goes by the data version that it has read.
LATEST = 1
SECONDS_TO_BUILD = 120
LONGEST_TO_KILL = 2
WRONG = (" ERROR ", " CRITICAL ", "Traceback")


def run(world: World) -> None:
    call_command("make_sample_data", commitments=max(world.options.commitments // SHARE, 1), yes=True, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    kill_in_mid_build(world)
    start_with_files(world)
    read_and_write(world)
    start_with_files_of_before(world)


@contextmanager
def a_web_process(world: World) -> Iterator[tuple[WatchedProcess, int]]:
    """One process with its threads, and the port where it listens."""
    port = free_port()
    with web_server(world.environment(FAULTS_TELL="1"), port, "--processes", "1", "--threads", str(THREADS)) as server:
        yield server, port


def asked_once(port: int, address: str, beside: str = "") -> Answer:
    with closing(HTTPConnection("localhost", port, timeout=60)) as client:
        return ask(client, address, beside)


def files(pattern: str) -> list[Path]:
    return sorted(Path(settings.INDEX_FOLDER).glob(pattern))


def kill_in_mid_build(world: World) -> None:
    """Kill processes that build, at any moment or as they write; each finds what the one before it left."""
    with one_reading():
        whole = {name: Index.build(register, localdate()) for name, register in LISTS.items()}
    right = {name: expected(f"/{name}/") for name in LISTS}
    in_mid_write, harmed, wrong = 0, 0, 0
    for number in range(world.options.starts):
        if number % 2 == 0:
            for file in files("*.npz"):
                file.unlink()
        known = set(files("*.new"))
        with a_web_process(world) as (server, port), ThreadPoolExecutor(len(LISTS)) as pool:
            asked = {name: pool.submit(asked_once, port, f"/{name}/") for name in LISTS}
            wait_for_the_moment(world, number, known)
            server.kill()
        answered = {name: job.result() for name, job in asked.items() if not job.exception()}
        wrong += sum(answer.shown != right[name] for name, answer in answered.items())
        in_mid_write += bool(set(files("*.new")) - known)
        found = {name: snapshot.read(LISTS[name]) for name in LISTS.keys() & {file.stem for file in files("*.npz")}}
        harmed += sum(index is None or not same(index, whole[name]) for name, index in found.items())
    world.figures.tell("web processes killed while they built", world.options.starts)
    world.figures.tell("of them, in mid-write", in_mid_write)
    world.figures.exactly("files that a new process would take and that are not whole", harmed, 0)
    world.figures.exactly("first lists of new processes that were wrong", wrong, 0)


def wait_for_the_moment(world: World, number: int, known: set[Path]) -> None:
    """In turn: until a file is seen half written, or all are there; for a while by chance, where some are there."""
    if number % 2:
        time.sleep(world.random.uniform(0, LONGEST_TO_KILL))
        return
    ends = time.monotonic() + SECONDS_TO_BUILD
    while not set(files("*.new")) - known and len(files("*.npz")) < len(LISTS) and time.monotonic() < ends:
        pass


def read_and_write(world: World) -> None:
    history, now = History(), time.monotonic()
    history.note(now, now)
    with a_web_process(world) as (one, port), a_web_process(world) as (other, other_port):
        ports = (port, other_port)
        for each in ports:
            warm_up(each)
        answers = read_while_written(world, history, ports)
        said = [*one.lines, *other.lines]
    tell(world, history, answers)
    judge(world, history, answers, said)


def read_while_written(world: World, history: History, ports: tuple[int, ...]) -> list[Answer]:
    """As many readers of each process as it has threads; one who writes."""
    is_over = Event()
    with ThreadPoolExecutor(len(ports) * THREADS + 1) as pool:
        readers = [
            pool.submit(read_on, port, Random(f"{world.options.seed} {place} {number}"), is_over)
            for place, port in enumerate(ports)
            for number in range(THREADS)
        ]
        writer = pool.submit(write, history, world.random, is_over)
        wait([writer, *readers], world.options.seconds, FIRST_COMPLETED)
        is_over.set()
        writer.result()
        return list(chain.from_iterable(reader.result() for reader in readers))


def warm_up(port: int) -> None:
    """Until every list is read from its index. A page drawn before that is kept: each time another one is asked for."""
    ends, number = time.monotonic() + SECONDS_TO_BUILD, 0
    while not all(asked_once(port, f"/{name}/", f"apart={number}").is_by_index for name in LISTS):
        number += 1
        if time.monotonic() > ends:
            raise TimeoutError("no index was built")
        time.sleep(0.2)


def write(history, chance, is_over):
    try:
        change_on(history, chance, is_over)
    finally:
        connection.close()


def tell(world: World, history: History, answers: list[Answer]) -> None:
    seconds = [answer.ended - answer.begun for answer in answers]
    world.figures.tell("changes committed", len(history.stands) - 1)
    world.figures.tell("changes refused by the database", history.refused)
    world.figures.tell("requests", len(answers))
    world.figures.tell("seconds of a request, median", median(seconds))
    world.figures.tell("seconds of the slowest request", max(seconds))


def judge(world: World, history: History, answers: list[Answer], said: list[str]) -> None:
    wrong = [line for line in said if any(mark in line for mark in WRONG)]
    world.figures.exactly("requests not answered with 200", sum(answer.status != 200 for answer in answers), 0)
    world.figures.exactly("errors in the logs of the web processes", len(wrong), 0)
    for line in wrong[:10]:
        print(f"  {line}", flush=True)
    lists = [answer for answer in answers if answer.shown]
    anew, kept = ([answer for answer in lists if answer.is_kept is is_kept] for is_kept in (False, True))
    world.figures.at_least("lists drawn anew that the index counted", sum(answer.is_by_index for answer in anew), 1)
    judge_lists(world, history, "drawn anew", 0, anew)
    judge_lists(world, history, "from memory", LATEST, kept)
    late = [(answer, row) for answer in kept for row in answer.rows if not history.was_public(row, answer, 0)]
    world.figures.tell("from memory: rows hidden less than a second before", len(late))


def judge_lists(world: World, history: History, words: str, late: int, lists: list[Answer]) -> None:
    """What was hidden before may be seen for so many seconds (``late``) at most."""
    figures = world.figures
    lags = [history.lag(answer) for answer in lists]
    known = [lag for lag in lags if lag is not None]
    never = [answer for answer, lag in zip(lists, lags, strict=True) if lag is None]
    hidden = [(answer, row) for answer in lists for row in answer.rows if not history.was_public(row, answer, late)]
    figures.tell(f"lists {words}", len(lists))
    figures.exactly(f"{words}: counted what never was", len(never), 0)
    figures.exactly(f"{words}: without what changed {LATEST} s before", sum(lag > LATEST for lag in known), 0)
    figures.exactly(f"{words}: rows not public {late} s before", len(hidden), 0)
    figures.tell(f"{words}: without what changed before the request", sum(lag > 0 for lag in known))
    figures.at_most(f"{words}: seconds by which they lagged at most", max(known, default=0.0), LATEST)
    for problem in [*never[:3], *hidden[:3]]:
        print(f"  {problem}"[:600], flush=True)


def start_with_files(world: World) -> None:
    """A process that finds files reads its first lists from the index."""
    with a_web_process(world) as (_server, port):
        warm_up(port)
    found = {file.stem for file in files("*.npz")}
    answers, wrong = first_lists(world)
    by_index = sum(answer.is_by_index for answer in answers)
    world.figures.exactly("lists of which a new process finds a file", len(found & LISTS.keys()), len(LISTS))
    world.figures.exactly("first lists of a new process, read from the index", by_index, len(LISTS))
    world.figures.exactly("first lists of a new process that were wrong", wrong, 0)
    world.figures.tell("seconds of the slowest of these", max(answer.ended - answer.begun for answer in answers))


def start_with_files_of_before(world: World) -> None:
    """Where it would take long to learn what has changed since, the database answers first."""
    answers, wrong = first_lists(world)
    by_index = sum(answer.is_by_index for answer in answers)
    world.figures.tell("first lists with former files, read from the index", by_index)
    world.figures.exactly("first lists with former files that were wrong", wrong, 0)


def first_lists(world: World) -> tuple[list[Answer], int]:
    """What a new process answers first, and how much of it is wrong."""
    with a_web_process(world) as (_server, port):
        answers = [asked_once(port, f"/{name}/") for name in LISTS]
    return answers, sum(answer.shown != expected(answer.address) for answer in answers)

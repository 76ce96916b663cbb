"""Every link of a thousand mails is opened, by scanners and browsers; then answered; forged ones are tried too."""

import hashlib
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import local
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from meetings.models import ProgressUpdate
from tests.faults.tokens import changed
from tests.faults.world import World
from tests.services.browser import chromium_program, running_chromium
from tests.services.smtp import ReceivedMail
from tests.services.web import web_server

LINK = re.compile(r"https?://[^\s\"'<>]+")
ANSWER_LINK = re.compile(r"/follow-up/([^/?#\s]{10,})/")
STOP_LINK = re.compile(r"/follow-up/stop/([^/?#\s]{10,})/")
BROWSED_MAILS = 50
THREADS = 4
FORM = "application/x-www-form-urlencoded"
_thread = local()


def run(world: World) -> None:
    count = world.options.mails
    world.populate(count, count)
    world.plan()
    world.start_worker(concurrency=2)
    world.until_all_is_sent()
    mails = world.sink.received()
    call_command("collectstatic", verbosity=0, interactive=False)
    links = {link for mail in mails for link in links_of(mail)}
    tokens = [token_of(mail) for mail in mails]
    world.figures.exactly("mails", len(mails), count)
    world.figures.exactly("links to answer, each its own", len(set(tokens)), count)
    with web_server(world.environment(), urlsplit(settings.SITE_URL).port):
        open_all(world, sorted(links))
        browse(world, mails)
        forge(world, tokens)
        mix_up(world, tokens, [found[1] for link in links if (found := STOP_LINK.search(link))])
        answer_all(world, tokens)


def links_of(mail: ReceivedMail) -> set[str]:
    """Every web address in the text, the HTML and the headers."""
    parts = [part.get_content() for part in mail.message.walk() if part.get_content_maintype() == "text"]
    found = LINK.findall(" ".join([*parts, *(str(mail.message.get(name, "")) for name in ("List-Unsubscribe",))]))
    return {link.replace("&amp;", "&").rstrip(".,;)") for link in found}


def token_of(mail: ReceivedMail) -> str:
    return ANSWER_LINK.search(mail.message.get_body(("plain",)).get_content())[1]


def open_all(world, links):
    before = tables()
    ours = [link for link in links if link.startswith(settings.SITE_URL)]
    requests = [(method, path_of(link), None) for link in ours for method in ("GET", "HEAD") * 2]
    answers = at_once(ask, requests)
    world.figures.tell("links in them, opened twice by GET and by HEAD", len(ours))
    world.figures.exactly("links to elsewhere", len(links) - len(ours), 0)
    world.figures.exactly("opened, not with 200", sum(status != 200 for status in answers), 0)
    world.figures.exactly("tables changed by opening links", len(differences(before)), 0)


def browse(world, mails):
    program = chromium_program()
    if program is None:
        world.figures.tell("no Chromium found: nothing was browsed", 0)
        return
    sample = world.random.sample(mails, min(BROWSED_MAILS, len(mails)))
    links = sorted({link for mail in sample for link in links_of(mail)})
    before = tables()
    with running_chromium(program) as browser:
        page = browser.new_page()
        statuses = [page.goto(link, wait_until="load").status for link in links]
    world.figures.tell(f"links of {len(sample)} mails opened by Chromium", len(links))
    world.figures.exactly("opened by Chromium, not with 200", sum(status != 200 for status in statuses), 0)
    world.figures.exactly("tables changed by Chromium", len(differences(before)), 0)


def forge(world, tokens):
    forged = changed(tokens, world.options.tokens, world.random)
    refused(
        world,
        "forged links",
        [
            ("POST", path, "answer=done") if number % 2 else ("GET", path, None)
            for number, path in enumerate(f"/follow-up/{token}/" for token in forged)
        ],
    )


def mix_up(world, tokens, stop_tokens):
    """Genuine links, each tried as the other kind."""
    answers = [("POST", f"/follow-up/{token}/", "answer=done") for token in stop_tokens]
    stops = [("POST", f"/follow-up/stop/{token}/", "List-Unsubscribe=One-Click") for token in tokens]
    refused(world, "links for another purpose", answers + stops)


def refused(world, words, requests):
    """Put to the figures whether all of these were refused, and nothing came of them."""
    before = tables()
    answers = at_once(ask, requests)
    taken = [pair for pair in zip(answers, requests, strict=True) if pair[0] not in (404, 410)]
    for status, request in taken[:10]:
        print(f"  {status} {request}", flush=True)
    world.figures.tell(f"{words} tried", len(answers))
    world.figures.exactly(f"{words}: not refused with 404 or 410", len(taken), 0)
    world.figures.exactly(f"{words}: tables changed", len(differences(before)), 0)


def answer_all(world, tokens):
    posts = [("POST", f"/follow-up/{token}/", "answer=done&text=Signed.") for token in tokens]
    taken = at_once(ask, posts)
    world.figures.exactly("answers taken", sum(status == 302 for status in taken), len(tokens))
    world.figures.exactly("answers recorded", ProgressUpdate.objects.exclude(answer="").count(), len(tokens))
    before = tables()
    again = at_once(ask, posts)
    world.figures.exactly("second answers, not told 409", sum(status != 409 for status in again), 0)
    world.figures.exactly("tables changed by second answers", len(differences(before)), 0)


def at_once(work: Callable, items: Iterable) -> list:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, items))


def ask(request: tuple[str, str, str | None]) -> int:
    """Return the status of the answer; each thread keeps its connection. A redirect is not followed."""
    method, path, body = request
    client = getattr(_thread, "client", None)
    if client is None:
        parts = urlsplit(settings.SITE_URL)
        client = _thread.client = HTTPConnection(parts.hostname, parts.port, timeout=60)
    client.request(method, path, body, {"Content-Type": FORM} if body else {})
    response = client.getresponse()
    response.read()
    return response.status


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def tables() -> dict[str, str]:
    """A digest of all rows of every table."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            rows = sorted(map(repr, cursor.fetchall()))
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found


def differences(before: dict[str, str]) -> list[str]:
    after = tables()
    changed_tables = [name for name in after if before.get(name) != after[name]]
    for name in changed_tables:
        print(f"  changed: {name}", flush=True)
    return changed_tables

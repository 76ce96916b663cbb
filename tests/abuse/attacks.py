"""What strangers try, each attack a function of the site, the chance, the tally and the moment at which it must end."""

import ssl
import time
from contextlib import suppress
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin

from tests.abuse.asking import Asker, Tally, ask_all
from tests.abuse.crafted import CRAFTED, keyed, listed, prefilled
from tests.abuse.hostile import keys, queries
from tests.abuse.site import Site
from tests.abuse.slow import HALF_BODY, HALF_HEADERS, slow_sockets
from tracker.registers.formats import FORMATS
from tracker.site.addresses import in_language
from tracker.site.registers import REGISTERS

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SLOW = 200
MUCH = 50_000_000
FORM = "application/x-www-form-urlencoded"


def parameters(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """Every parameter of every list, and one that none knows, with every hostile value, in every format."""
    found = []
    for register in REGISTERS:
        names = [*register.filterset.base_filters, "sort", "page", "nonsense"]
        places = [f"/{register.name}/", *(f"/{register.name}.{each.extension}" for each in FORMATS)]
        found += [f"{place}?{query}" for name in names for query in queries(name).values() for place in places]
    for address in chance.sample(found, 300):
        found.append(in_language(address, chance.choice(LANGUAGES[1:])))
    chance.shuffle(found)
    return ask_all(lambda: Asker(site), found, tally, ends)


def names(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """What is no name of a record, of a pair, of a link in a mail or of an account's page; on every kind of page."""
    starts = [f"/{register.name}/" for register in REGISTERS]
    starts += ["/", "/pairs/", "/follow-up/", "/follow-up/stop/", "/account/", "/static/", "/.well-known/"]
    found = [f"{start}{key}{end}" for start in starts for key in keys().values() for end in ("/", "", ".csv")]
    found += [f"/pairs/{key}-PAK/" for key in keys().values()]
    found += [f"/{key}/meetings/" for key in keys().values()]
    chance.shuffle(found)
    return ask_all(lambda: Asker(site), found, tally, ends)


def desk(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """Crafted addresses of the desk, by somebody who may open all of it; and by a stranger, who may open none."""
    found = []
    for model, options in admin.site._registry.items():
        found += [*keyed(model), *prefilled(model), *listed(model, options.list_filter)]
    for value in CRAFTED:
        found += [f"/admin/r/{value}/{value}/", f"/admin/{value}/", f"/admin/meetings/reminder/tomorrow/?day={value}"]
    chance.shuffle(found)
    visitor = logged_in(site)
    left = ask_all(lambda: _as(site, visitor), found, tally, ends)
    return left + ask_all(lambda: Asker(site), found[:300], tally, ends)


def logged_in(site: Site) -> Asker:
    visitor = Asker(site)
    visitor.ask("/admin/login/")
    code, _body = try_password(visitor, "admin", site.accounts["admin"])
    if code != 302:
        raise RuntimeError(f"The log-in of the demo administrator was answered {code}.")
    return visitor


def _as(site, visitor):
    asker = Asker(site)
    asker.cookies = dict(visitor.cookies)
    return asker


def try_password(asker: Asker, name: str, password: str) -> tuple[int, bytes]:
    sent = urlencode({"username": name, "password": password, "csrfmiddlewaretoken": asker.token()})
    headers = {"Content-Type": FORM, "Referer": f"{asker.site.url}/"}
    return asker.ask("/admin/login/", sent.encode(), **headers)


def slow(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """Half-sent headers and half-sent bodies, held open for a while."""
    heads = slow_sockets(site.url, HALF_HEADERS, SLOW, site.connect)
    bodies = slow_sockets(site.url, HALF_BODY, SLOW, site.connect)
    with heads, bodies:
        tally.codes[0] += 2 * SLOW
        until = min(ends, time.monotonic() + 15)
        asker = Asker(site)
        while time.monotonic() < until:
            started = time.monotonic()
            code, _body = asker.ask("/pairs/CHN-PAK/")
            tally.add("/pairs/CHN-PAK/", code, time.monotonic() - started)
    return 0


def bodies(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """Fifty megabytes, said beforehand or not, as a form, as a file, as nothing known, wherever one might take it."""
    places = ["/", "/commitments/", "/follow-up/x/", "/admin/login/", "/admin/meetings/meeting/add/", "/nowhere/"]
    kinds = [FORM, "multipart/form-data; boundary=x", "application/octet-stream"]
    lengths = ["Content-Length: 50000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2FAF080\r\n"]
    tries = [(place, kind, length) for place in places for kind in kinds for length in lengths]
    chance.shuffle(tries)
    while tries and time.monotonic() < ends:
        place, kind, length = tries.pop()
        started = time.monotonic()
        code = _pour(site, place, f"Content-Type: {kind}\r\n{length}")
        tally.add(f"{place} {length.partition(':')[0]}", code, time.monotonic() - started)
    return len(tries)


def _pour(site, place, headers):
    """The status of the answer, 0 where the server hung up without one; 598 where it took all before it answered."""
    piece = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"x" * 100_000
    taken = 0
    with site.connect() as sent:
        sent.settimeout(10)
        with suppress(OSError):
            sent.sendall(f"POST {place} HTTP/1.1\r\nHost: {site.host}\r\n{headers}".encode())
            # A proxy goes on reading for a while what it throws away: its answer counts, not how much it reads.
            while taken < MUCH and not (answer := _read_so_far(sent)):
                sent.sendall(piece)
                taken += len(piece)
            if taken >= MUCH:
                return 598
            return int(answer.split(b" ")[1])
        with suppress(OSError):  # it hung up; the answer may have come before
            return int(sent.recv(100).split(b" ")[1])
    return 0


def _read_so_far(sent):
    """What has come; with TLS something may come that is no answer."""
    sent.settimeout(0)
    try:
        return sent.recv(100)
    except (BlockingIOError, ssl.SSLWantReadError):
        return b""
    finally:
        sent.settimeout(10)


def guessing(site: Site, chance: Random, tally: Tally, ends: float) -> int:
    """Sixty passwords for one account, which has to be told after a few; then names that nobody has."""
    for number in range(60):
        asker = Asker(site)
        asker.ask("/admin/login/")
        started = time.monotonic()
        name = "reviewer" if number < 40 else f"nobody{number}"
        code, _body = try_password(asker, name, f"guess-{number}-{chance.random()}")
        tally.add(f"log-in of {name}", code, time.monotonic() - started)
        if time.monotonic() > ends:
            return 60 - number
    tried = tally.codes[200]
    if tried > 30 or tally.codes[429] < 30:
        tally.bad.append(f"{tried} passwords were tried, {tally.codes[429]} refused")
    return 0


# In this order: after the last one this address cannot log in for a while.
ATTACKS = {
    "parameters": parameters,
    "names": names,
    "desk": desk,
    "slow": slow,
    "bodies": bodies,
    "guessing": guessing,
}

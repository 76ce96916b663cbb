"""The public site as a robot sees it: every page and export that links lead to, from the start page on."""

import re

from django.utils.timezone import localdate

from tests.registers.taking_away import as_text
from tracker.registers.citing import CITATION_FORMATS
from tracker.registers.plan import model_of
from tracker.site.addresses import in_language, language_of
from tracker.site.api.fields import names_of
from tracker.site.breakdown import WAYS
from tracker.site.registers import REGISTERS

LINK = re.compile(r'href="(/[^"#]*)')
BESIDE = re.compile(r'<http://testserver([^>]*)>; rel="describedby"')
NOT_PUBLIC = ("/static/", "/admin/")
# What changes with every change of the data, or with the day, and not with what is public.
PASSING = re.compile(
    r"\"data_version\": \d+|\"schema:version\": \"\d+\"|data version \d+"
    r"|(?<=data_version</t></is></c><c r=\"B5\"><v>)\d+|\"data_version\":\d+"
    # The same in citations and descriptions: their keys, and each name that a format has for it.
    r"|Data version \d+|\bVersion \d+(?=\) \[Data set\])|(?<=-v)\d+\b|(?<=prism\.edition\" content=\")\d+"
    r"|ET  - \d+|version = \{\d+\}|(?<=\"version\": \")\d+"
)
RECORD = re.compile(rf"((?:/ur|/zh-hans)?/(?:{'|'.join(register.name for register in REGISTERS)})/)[^/?.]+/")
API = ("/api/v1/", "/api/schema/")
CITED_AS = tuple(each.extension for each in CITATION_FORMATS)
START = {"/", "/about/"} | {f"/{register.name}.{kind}" for register in REGISTERS for kind in ("csv", "json", "atom")}
START |= {f"/{register.name}.ics" for register in REGISTERS if register.calendar}
START |= {f"/statistics/?by={way}" for way in WAYS} | {"/compare/?country=", "/compare/?forum="}


def links(body, language="en"):
    """The addresses of pages in a language that a page links to; of lists only the plain one and its further pages."""
    found = {link.replace("&amp;", "&") for link in LINK.findall(body) if not link.startswith(NOT_PUBLIC)}
    found = {link for link in found if language_of(link.partition("?")[0]) == language}
    return {link for link in found if "?" not in link or re.fullmatch(r"[^?]*\?page=\d+", link)}


def lasting(content):
    """The text of a response without what passes."""
    return PASSING.sub("", as_text(content))


def crawl(client, start=START, *, language="en", follow=True):
    """Return ``{address: response}`` of all that links lead to and of the exports, in one language; each has its
    ``body`` as text."""
    waiting, seen = {in_language(address, language) for address in start}, {}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        response.body = lasting(content)
        seen[address] = response
        waiting |= {*BESIDE.findall(response.get("Link", "")), *as_of_today(address, seen)} - seen.keys()
        if follow and "text/html" in response["Content-Type"]:
            path = address.partition("?")[0]
            further = {path + link if link.startswith("?") else link for link in links(response.body, language)}
            waiting |= further - seen.keys()
    return seen


def as_of_today(address, seen):
    """The first record of each register is looked at as of a day too: no link leads there on its first day."""
    found = RECORD.fullmatch(address)
    if found is None or any(each.startswith(found[1]) and f"/{localdate()}" in each for each in seen):
        return []
    return [f"{address}{localdate()}{ending}" for ending in ("/", ".json", *(f".{kind}" for kind in CITED_AS))]


def crawl_api(client, language="en", size=5):
    """The same of all that the API answers: every page of every list, with all that a record has, and every record."""
    waiting, seen = set(API), {}
    for register in REGISTERS:
        waiting.add(f"/api/v1/{register.name}/?page_size={size}&fields={','.join(names_of(register))}")
    waiting = {f"{address}{'&' if '?' in address else '?'}lang={language}" for address in waiting}
    while waiting:
        address = waiting.pop()
        response = seen[address] = client.get(address)
        response.body = lasting(response.content)
        if response["Content-Type"] == "application/json":
            content = response.json()
            found = {each["api_address"] for each in content.get("records", ())} | {content.get("next")} - {None}
            waiting |= {each.removeprefix("http://testserver") for each in found} - seen.keys()
    return seen


def api_addresses(records):
    """Where the API would have these records."""
    kinds = {model_of(register): register for register in REGISTERS}
    for record in records:
        if register := kinds.get(type(record)):
            yield f"/api/v1/{register.name}/{getattr(record, register.key)}/"


def citations(page):
    """The files that cite a page, and, of a source, the document that it is."""
    yield from (f"{page.removesuffix('/')}.{kind}" for kind in CITED_AS)
    yield from (f"{page}document.{kind}" for kind in CITED_AS if page.startswith("/sources/"))

"""Whole pages for readers who have not logged in, kept in memory for as long as nothing that they show has changed.

A page is a function of the data version, the day and its address, in which the language stands
(``docs/decisions/data-version.md``). Kept are those alone that name the version that they show (``Edition``).
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate

from tracker.records.models import held_version

Key = tuple[str, ...]
# What a page may depend on beside its address: the start page alone does.
KNOWN_TO_VARY = {"Accept-Language", "Referer"}


@dataclass(frozen=True)
class KeptPage:
    """A page as it was answered, with all its headers."""

    version: int
    day: date
    headers: dict[str, str]
    body: bytes

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, headers=self.headers)


class CachePages:
    """Comes first of all: who is answered from memory needs nothing of what the others do. What they would refuse, a
    host, or a page without encryption, was refused when it might have been kept, and so is not here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages = KeptPages(settings.CACHE_PAGES_BYTES)

    def __call__(self, request):
        address = _address_of_a_reader(request) if settings.CACHE_PAGES_BYTES else None
        if address is None:
            return self.get_response(request)
        page = self.pages.find(address, request, held_version(), localdate())
        if page is None:
            response = self.get_response(request)
            if request.method != "GET" or not _may_be_kept(request, response):
                return response
            page = self.pages.keep(address, request, response)
        answer = page.answer()
        return get_conditional_response(request, etag=answer["ETag"], response=answer)


def _address_of_a_reader(request) -> Key | None:
    """Scheme, host and path with its query; None where somebody may have logged in, or something is sent."""
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    if request.method not in ("GET", "HEAD") or not names.isdisjoint(request.COOKIES):
        return None
    try:
        return request.scheme, request.get_host(), request.get_full_path()
    except DisallowedHost:
        return None


def _may_be_kept(request, response):
    names = set(_names_of(response))
    is_whole = response.status_code == 200 and not response.streaming
    return is_whole and hasattr(request, "edition") and not response.cookies and names <= KNOWN_TO_VARY


def _names_of(response):
    return [name.strip() for name in response.get("Vary", "").split(",") if name.strip()]


class KeptPages:
    """Those that were asked for last, up to a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        # By path, the headers on which its page depends: the start page alone does.
        self._vary: dict[str, list[str]] = {}
        self._lock = Lock()

    def find(self, address, request, version, day) -> KeptPage | None:
        key = self._key(address, request)
        with self._lock:
            page = self._pages.get(key)
            if page is None or (page.version, page.day) != (version, day):
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, address, request, response) -> KeptPage:
        names = _names_of(response)
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        # Browsers and proxies ask each time whether it is still the same.
        response["Cache-Control"] = "no-cache"
        page = KeptPage(request.edition.kept_version, request.edition.read_on, dict(response.items()), response.content)
        with self._lock:
            if names:
                self._vary[request.path_info] = names
            key = self._key(address, request)
            former = self._pages.pop(key, None)
            self._pages[key] = page
            self.bytes += len(page.body) - (len(former.body) if former else 0)
            while self.bytes > self.most_bytes:
                _key, oldest = self._pages.popitem(last=False)
                self.bytes -= len(oldest.body)
        return page

    def _key(self, address, request):
        return (*address, *(request.headers.get(name, "") for name in self._vary.get(request.path_info, ())))

"""Somebody with a browser's memory: keeps cookies, follows redirects only when told to."""

import re
from http.client import HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.services.nginx import Nginx


class Visitor:
    def __init__(self, nginx: Nginx, source: str = "127.0.0.1") -> None:
        self.nginx, self.source, self.cookies = nginx, source, SimpleCookie()
        self.page = ""

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: dict[str, str], **headers: str) -> HTTPResponse:
        """Send a form of the page that was opened last, as a browser would say that it did."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        data = ({"csrfmiddlewaretoken": token[1]} if token else {}) | data
        named = {"Content_Type": "application/x-www-form-urlencoded", "Origin": self.nginx.site_url}
        return self._ask("POST", path, urlencode(data).encode(), named | headers)

    def follow(self, path: str, most: int = 4) -> tuple[int, list[str]]:
        """The last status, and the places to which redirects led; a loop ends at `most`."""
        places: list[str] = []
        while True:
            response = self.get(path)
            place = response.getheader("Location")
            if place is None or len(places) == most:
                return response.status, places
            places.append(place)
            path = place.removeprefix(self.nginx.site_url)

    def _ask(self, method, path, body, headers):
        sent = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())}
        response, content = self.nginx.ask(method, path, body, self.source, **(sent | headers))
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        self.page = content.decode(errors="replace")
        return response

"""What holds for every answer to a program, whatever its outcome."""

import re
import time
from http import HTTPStatus

from django.http import HttpResponse

from tracker.registers.formats import FORMATS

from . import throttling
from .problems import CONTENT_TYPE, problem

API, DOCUMENTATION = "/api/", "/api/docs/"
ENDINGS = {"json", "atom", "ics", "zip", *(format.extension for format in FORMATS)}
# Lists and records in a format; not what is sent to one person, nor static files.
FILE = re.compile(rf"/(?!static/|admin/|account/|follow-up/).*\.(?:{'|'.join(sorted(ENDINGS))})\Z")
METHODS = "GET, HEAD, OPTIONS"
SHOWN = "Content-Disposition, Data-Version, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
A_DAY = 24 * 3600


def is_of_api(request) -> bool:
    return request.path_info.startswith(API) and not request.path_info.startswith(DOCUMENTATION)


class OpenToPrograms:
    """Pages of other sites may read what this site gives to programs: it is public, and no cookie is looked at.

    Of the API in addition: requests are counted and limited, and whatever goes wrong, before a view was reached too, is
    said as a problem.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_api = is_of_api(request)
        if not (is_api or FILE.match(request.path_info)):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = _permission(request)
        else:
            response = self._counted(request) if is_api else self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SHOWN
        return response

    def _counted(self, request):
        # Whoever is logged in is answered as everybody is: no session is looked up, and nothing depends on one.
        request.COOKIES = {}
        count = throttling.count(request, time.time())
        is_over = count is not None and count.is_over
        response = problem(request, HTTPStatus.TOO_MANY_REQUESTS) if is_over else self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and response.get("Content-Type") != CONTENT_TYPE:
            response = problem(request, response.status_code)
        response["RateLimit-Policy"] = throttling.policy()
        if count is not None:
            count.note_in(response)
        response.headers.setdefault("Cache-Control", "no-cache" if response.status_code < 400 else "no-store")
        return response


def _permission(request):
    """The answer to a browser that asks whether a page may send its request: CORS, Fetch Standard."""
    headers = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": str(A_DAY),
    }
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)

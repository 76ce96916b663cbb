"""For web processes of `make faults`: says with each page when it was drawn, and whether the database counted."""

import time

from django.db import connection
from django.http import HttpRequest, HttpResponse

COUNTED_BY, DRAWN_AT = "X-Counted-By", "X-Drawn-At"
DATABASE, INDEX = "database", "index"
# Only what counts facets by the database says so in its statement.
MARK = '"facet_name"'


class TellHowDrawn:
    """Comes after what keeps pages, so that a kept page goes on telling of the time when it was drawn."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found, begun = [], time.monotonic()

        def look(execute, sql, params, many, context):
            if MARK in sql:
                found.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            response = self.get_response(request)
        response[COUNTED_BY], response[DRAWN_AT] = DATABASE if found else INDEX, str(begun)
        return response

"""For web processes of `make faults`: says with each answer whether the database had to count for it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Counted-By"
DATABASE, INDEX = "database", "index"
# Only what counts facets by the database says so in its statement.
MARK = '"facet_name"'


class TellWhoCounted:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = []

        def look(execute, sql, params, many, context):
            if MARK in sql:
                found.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            response = self.get_response(request)
        response[HEADER] = DATABASE if found else INDEX
        return response

"""How large a form of the desk may be: said in words before anybody types, and looked at before any work."""

import re

from django.core.exceptions import SuspiciousOperation
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import HttpRequest

from .typed import number

# In each table of a form; what is more is entered on the pages of the rows, or in a second step.
MOST_ROWS = 500
COUNT = re.compile(rf".+-{TOTAL_FORM_COUNT}")


class TooManyRows(SuspiciousOperation):
    """The form says that it has more rows than any form here can have."""


def refuse_too_many_rows(request: HttpRequest) -> None:
    for name in filter(COUNT.fullmatch, request.POST):
        if number(request.POST, name) > MOST_ROWS:
            raise TooManyRows(f"{name} is more than {MOST_ROWS}.")

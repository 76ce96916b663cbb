"""What is answered to a request that cannot be read: an address, or a form that is too large."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.shortcuts import render

from tracker.records.admin.limits import MOST_ROWS, TooManyRows

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyRows)


def bad_request(request, exception=None):
    template = "too_large.html" if isinstance(exception, TOO_LARGE) else "400.html"
    return render(request, template, {"most_rows": MOST_ROWS}, status=400)

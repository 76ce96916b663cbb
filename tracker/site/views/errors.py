"""What is said of a request that cannot be taken as it is."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.urls import reverse
from django.views.defaults import bad_request as bad_address

from tracker.records.admin.limits import MOST_ROWS, TooManyRows

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, TooManyRows)


def bad_request(request, exception):
    """A form that is too large is no fault of the address."""
    if isinstance(exception, TOO_MUCH) and request.method not in ("GET", "HEAD"):
        is_desk = request.path.startswith(reverse("admin:index"))
        return render(request, "413.html", {"most_rows": MOST_ROWS if is_desk else None}, status=413)
    return bad_address(request, exception)

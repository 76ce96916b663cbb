"""What is said of a request that cannot be taken as it is."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.views.defaults import bad_request as bad_address

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception):
    """A form that is too large is no fault of the address."""
    if isinstance(exception, TOO_MUCH) and request.method not in ("GET", "HEAD"):
        return render(request, "413.html", status=413)
    return bad_address(request, exception)

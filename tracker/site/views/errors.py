"""What is said of a request that cannot be taken as it is."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.urls import reverse
from django.views.defaults import bad_request as bad_address
from django.views.defaults import page_not_found
from django.views.defaults import server_error as failed

from tracker.records.admin.limits import MOST_ROWS, TooManyRows
from tracker.registers.record import Gone, NoneYet

from ..api.middleware import is_of_api
from ..api.problems import problem

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, TooManyRows)


def bad_request(request, exception):
    """A form that is too large is no fault of the address."""
    if isinstance(exception, TOO_MUCH) and request.method not in ("GET", "HEAD"):
        is_desk = request.path.startswith(reverse("admin:index"))
        return render(request, "413.html", {"most_rows": MOST_ROWS if is_desk else None}, status=413)
    return bad_address(request, exception)


def not_found(request, exception):
    """Of a record that was public, what may be said of it; of what is not there so far, why."""
    if isinstance(exception, Gone):
        return render(request, "410.html", {"withdrawal": exception.withdrawal}, status=410)
    if isinstance(exception, NoneYet):
        return render(request, "404.html", {"said": exception.said}, status=404)
    return page_not_found(request, exception)


def server_error(request):
    """A program is told so without a page, which might fail as well."""
    return problem(request, 500) if is_of_api(request) else failed(request)

"""What is wrong with a request, as programs read it: problem details, RFC 9457."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from tracker.registers.record import Gone

CONTENT_TYPE = "application/problem+json"
# Where the database is away: it may be back soon.
SECONDS_TO_COME_BACK = 30


class Refused(APIException):
    """Parameters that cannot be read: ``{name: [message]}``."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = errors
        super().__init__()


def titles() -> dict[int, str]:
    """What is wrong, by status: all that the API answers with."""
    return {
        400: _("The address cannot be read"),
        404: _("There is nothing at this address"),
        405: _("The API is read-only"),
        406: _("No answer of that kind"),
        410: _("The record was withdrawn"),
        429: _("Too many requests"),
        500: _("An error of ours"),
        503: _("Not available for now"),
    }


def details() -> dict[int, str]:
    """What to do about it."""
    return {
        400: _("Correct or leave out the parameters that are named."),
        404: _("No public record or list has this address."),
        405: _("Ask with GET, HEAD or OPTIONS."),
        406: _("Ask for JSON, or leave out “Accept”."),
        410: _("It was public and is no longer. Its name is not given to anything else."),
        429: _("Wait as many seconds as “Retry-After” says."),
        500: _("It has been noted. Ask again later."),
        503: _("Ask again in some seconds."),
    }


def problem(
    request: HttpRequest, status: int, errors: Mapping[str, Sequence[str]] | None = None, **members: str
) -> HttpResponse:
    """The answer; ``errors`` are messages by parameter, and ``members`` what else there is to say."""
    content = {
        "type": type_of(status) if status in titles() else "about:blank",
        "title": titles().get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": details().get(status, ""),
        "instance": request.get_full_path(),
        **members,
    }
    if errors:
        content["errors"] = [
            {"parameter": name, "detail": str(message)} for name, messages in errors.items() for message in messages
        ]
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = CONTENT_TYPE
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return response


def type_of(status: int) -> str:
    """The address where it is explained, whatever the language of the answer."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{address_of_documentation()}#status-{status}"


def address_of_documentation() -> str:
    """In the present language."""
    return settings.SITE_URL + reverse("api-docs")


def answer_to(error: Exception, context: Mapping) -> HttpResponse | None:
    """The problem that an exception in a view of the API is; None of what nobody has foreseen, which is logged."""
    request = context["request"]._request
    if isinstance(error, APIException):
        return problem(request, error.status_code, getattr(error, "errors", None))
    if isinstance(error, Gone):
        gone = error.withdrawal
        return problem(request, HTTPStatus.GONE, name=gone.name, day=gone.day.isoformat(), reason=gone.reason)
    if isinstance(error, Http404):
        return problem(request, HTTPStatus.NOT_FOUND)
    if isinstance(error, OperationalError | InterfaceError):
        return problem(request, HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def nothing_there(request, rest):
    """Any other address under that of the API: one whose last slash was left out leads on."""
    try:
        found = resolve(request.path_info + "/").func is not nothing_there
    except Resolver404:
        found = False
    if found and not request.path_info.endswith("/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(request.path + "/" + (f"?{query}" if query else ""))
    return problem(request, HTTPStatus.NOT_FOUND)

"""Requests that no page can answer are refused before they reach a view or the database; the others are answered in the
language of their address."""

from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from tracker.records.admin.refused import has_worked_here

from .addresses import START, in_language, language_of, language_wished

# Of digits: a number of more is too large, whatever it is.
LONGEST_LENGTH = 12


class RejectNullCharacters:
    """Answer 400 to an address with a NUL character: PostgreSQL cannot hold one, and no address of ours has one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            return HttpResponseBadRequest(_("The address holds a NUL character."), content_type="text/plain")
        return self.get_response(request)


class FurtherHeaders:
    """What browsers are told with every answer, beyond what Django tells them: no page here uses a camera or the like,
    and no other site shows our files as its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class LimitBodies:
    """Refuse a body that only the desk has a use for, before any of it is looked at; and an address of a thousand
    parameters. Whoever is not logged in as staff, or sends it elsewhere, gets by with what every public form needs.

    Django knows one limit for all, and applies none to files.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request):
        if request.META.get("QUERY_STRING", "").count("&") >= settings.PUBLIC_PARAMETERS:
            raise TooManyFieldsSent("The address has too many parameters.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()):
            raise SuspiciousOperation("The length of the body is no number.")
        if len(length) > LONGEST_LENGTH or int(length) > self._most(request, int(length)):
            raise RequestDataTooBig("The body is too large.")
        return self.get_response(request)

    def _most(self, request, length):
        # Nobody's session is looked up for the sake of a small body.
        if length <= settings.PUBLIC_BODY_BYTES or not request.path_info.startswith(self.desk):
            return settings.PUBLIC_BODY_BYTES
        is_staff = request.user.is_active and request.user.is_staff
        return (
            settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_staff or has_worked_here(request) else settings.PUBLIC_BODY_BYTES
        )


class LanguageOfTheAddress:
    """Answer in the language that the address names, whatever the browser wishes, and without a cookie.

    The start page alone heeds the wish: who comes from elsewhere is led to the start page in their language. Who
    follows a link of ours has chosen already. A page that is about one person may choose otherwise, as it knows theirs.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request.path_info)
        translation.activate(request.LANGUAGE_CODE)
        response = self._led_on(request) or self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        if request.path_info == START:
            patch_vary_headers(response, ["Accept-Language", "Referer"])
        return response

    def _led_on(self, request):
        """The redirect from the start page to that in the language of the browser, where this is due."""
        wish = language_wished(request.headers.get("Accept-Language", ""))
        if request.path_info != START or wish == request.LANGUAGE_CODE or _comes_from_here(request):
            return None
        return HttpResponseRedirect(in_language(START, wish), headers={"Cache-Control": "no-store"})


def _comes_from_here(request):
    """Whether a page of this site led here: with our ``Referrer-Policy`` browsers say so within the site alone."""
    _scheme, _mark, rest = request.headers.get("Referer", "").partition("://")
    return rest.partition("/")[0] == request.get_host()

"""Requests that no page can answer are refused before they reach a view or the database; the others are answered in the
language of their address."""

from urllib.parse import unquote

from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from .addresses import START, in_language, language_of, language_wished


class RejectNullCharacters:
    """Answer 400 to an address with a NUL character: PostgreSQL cannot hold one, and no address of ours has one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            return HttpResponseBadRequest(_("The address holds a NUL character."), content_type="text/plain")
        return self.get_response(request)


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
